"""The peer's pages, and those of signing in."""

from django.urls import include, path

urlpatterns = [
    path("accounts/", include("django.contrib.auth.urls")),
    path("survey/", include("survey.urls")),
]
