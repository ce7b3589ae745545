from django.contrib.auth.views import LogoutView
from django.urls import URLPattern, path, re_path

from surveys.views import (
    answer,
    audits,
    comments,
    groups,
    health,
    mails,
    people,
    people_import,
    public,
    signin,
    surveys_setup,
    trustee,
    waves,
)

urlpatterns: list[URLPattern] = [
    # answer
    # However many slashes a program has put before it.
    re_path("^(?:/+)?a/+(?P<token>.+)$", answer.answer, name="answer"),
    path("anonymity/", public.anonymity, name="anonymity"),
    path("anonymity/stored/", public.stored, name="stored"),
    # sign-in
    path("login/", signin.SignIn.as_view(), name="login"),
    path("logout/", LogoutView.as_view(), name="logout"),
    path("password/", signin.ChangePassword.as_view(), name="password-change"),
    # waves and surveys
    path("waves/", waves.waves, name="waves"),
    path("waves/<uuid:wave_id>/", groups.wave, name="wave"),
    path("waves/<uuid:wave_id>/group/<int:department>/", groups.choose, name="wave-group-choice"),
    path("waves/<uuid:wave_id>/group/<int:department>/drop/", groups.drop_choice, name="wave-drop-choice"),
    path("waves/<uuid:wave_id>/mails/again/", mails.again, name="wave-mails-again"),
    path("mails/try/", mails.try_server, name="mail-server-try"),
    path("surveys/", surveys_setup.surveys, name="surveys"),
    path("surveys/new/", surveys_setup.survey, name="survey-new"),
    path("surveys/<int:pk>/", surveys_setup.survey, name="survey"),
    path("surveys/built-in/", surveys_setup.use_built_in, name="survey-built-in"),
    # comments
    path("comments/<uuid:wave>/", comments.comments, name="comments-report"),
    path("comments/<uuid:wave>/<uuid:comment>/hide/", comments.hide, name="comment-hiding-report"),
    # trustee
    path("trustee/", trustee.trustee, name="trustee"),
    path("trustee/survey/<int:pk>/", trustee.passphrase, name="trustee-passphrase"),
    path("trustee/survey/<int:pk>/remove/", trustee.remove, name="trustee-remove"),
    path("trustee/wave/<uuid:wave>/", trustee.wave, name="trustee-wave"),
    # people
    path("people/", people.people, name="people"),
    path("people/import/", people_import.upload, name="people-import"),
    path("people/import/preview/", people_import.preview, name="people-preview"),
    path("people/import/cancel/", people_import.cancel, name="people-cancel"),
    # audits
    path("audits/", audits.latest, name="audits"),
    path("audits/<int:pk>/", audits.audit, name="audit"),
    # health
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]
