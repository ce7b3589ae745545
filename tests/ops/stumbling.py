"""Pages that fail by a value in each way that a client could bring about: a ROOT_URLCONF for tests."""

from django.contrib.auth.decorators import login_not_required
from django.urls import include, path

from surveys.models import Department

WAYS = {
    "too-large": lambda: float(10**400),
    "no-text": "\udcff".encode,
    "nul": lambda: Department.objects.filter(name="\0").exists(),
    "own-mistake": lambda: {}["missing"],
}


@login_not_required
def stumble(_request, name):
    WAYS[name]()


urlpatterns = [path("stumble/<str:name>", stumble), path("", include("config.urls"))]
handler400 = "config.middleware.bad_request"
