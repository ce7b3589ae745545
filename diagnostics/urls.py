from django.urls import URLPattern, path

from diagnostics.views import method, pairs, remedies, reports

urlpatterns: list[URLPattern] = [
    path("", reports.latest, name="report"),
    path("report/<uuid:wave>/", reports.company, name="wave-report"),
    path("report/<uuid:wave>/method/", method.method, name="method-report"),
    path("report/<uuid:wave>/pairs/", pairs.pair_map, name="pair-report"),
    path("report/<uuid:wave>/<str:key>/", reports.department, name="department-report"),
    path("report/<uuid:wave>/<str:key>/with/<str:other>/", remedies.pair, name="proposals-report"),
    path("remedies/", remedies.listed, name="remedies"),
    path("remedies/new/<uuid:wave>/", remedies.plan, name="remedy-new"),
    path("remedies/<uuid:pk>/", remedies.detail, name="remedy"),
    path("remedies/<uuid:pk>/change/", remedies.change, name="remedy-change"),
]
