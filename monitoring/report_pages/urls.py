"""What the centre reports, as everybody reads it."""

from django.urls import path

from monitoring.report_pages import views

app_name = "reports"

urlpatterns = [
    path("", views.reports, name="reports"),
    path("<uuid:family>/", views.report, name="report"),
    path("<uuid:family>/<slug:kind>/", views.file, name="file"),
]
