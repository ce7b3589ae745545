from django.urls import include, path

urlpatterns = [
    path("", include("surveys.urls")),
    path("", include("diagnostics.urls")),
]
