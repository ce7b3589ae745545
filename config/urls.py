from django.urls import include, path

urlpatterns = [
    path("", include("surveys.urls")),
    path("", include("diagnostics.urls")),
]
handler400 = "config.middleware.bad_request"
