from django.urls import URLPattern, path

from surveys.views import answer, health, public

urlpatterns: list[URLPattern] = [
    # answer
    path("a/<str:token>", answer.answer, name="answer"),
    path("anonymity/", public.anonymity, name="anonymity"),
    # health
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]
