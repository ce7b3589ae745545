from django.contrib.auth.views import LogoutView
from django.urls import URLPattern, path

from surveys.views import answer, health, public, signin, surveys_setup, waves

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
    # health
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]
