"""What the centre reports, as everybody reads it."""

from django.urls import path

from monitoring.reports import views

app_name = "reports"

urlpatterns = [
    path("", views.reports, name="reports"),
    path("<int:pk>/", views.report, name="report"),
    path("<int:pk>/<slug:kind>/", views.file, name="file"),
]
