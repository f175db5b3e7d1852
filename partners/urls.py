from django.urls import path

from partners.directory import views

app_name = "partners"

urlpatterns = [
    path("", views.directory, name="directory"),
    path("<slug:slug>/", views.organisation, name="organisation"),
]
