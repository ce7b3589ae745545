from django.urls import URLPattern, path

from surveys.views import health

urlpatterns: list[URLPattern] = [
    # health
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]
