from django.contrib.auth.views import LogoutView
from django.urls import URLPattern, path

from surveys.views import answer, health, people, people_import, public, signin, surveys_setup, waves

urlpatterns: list[URLPattern] = [
    # answer
    path("a/<str:token>", answer.answer, name="answer"),
    path("anonymity/", public.anonymity, name="anonymity"),
    # sign-in
    path("login/", signin.SignIn.as_view(), name="login"),
    path("logout/", LogoutView.as_view(), name="logout"),
    path("password/", signin.ChangePassword.as_view(), name="password-change"),
    # waves and surveys
    path("waves/", waves.waves, name="waves"),
    path("surveys/", surveys_setup.surveys, name="surveys"),
    path("surveys/new/", surveys_setup.survey, name="survey-new"),
    path("surveys/<int:pk>/", surveys_setup.survey, name="survey"),
    path("surveys/built-in/", surveys_setup.use_built_in, name="survey-built-in"),
    # people
    path("people/", people.people, name="people"),
    path("people/import/", people_import.upload, name="people-import"),
    path("people/import/preview/", people_import.preview, name="people-preview"),
    path("people/import/cancel/", people_import.cancel, name="people-cancel"),
    # health
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]
