from django.urls import URLPattern, path

from diagnostics.views import method, reports

urlpatterns: list[URLPattern] = [
    path("", reports.latest, name="report"),
    path("report/<uuid:wave>/", reports.company, name="wave-report"),
    path("report/<uuid:wave>/method/", method.method, name="wave-method"),
    path("report/<uuid:wave>/<str:key>/", reports.department, name="department-report"),
]
