"""The figures that everybody reads."""

from django.urls import path
from django.utils.translation import pgettext_lazy

from monitoring.dashboard import views

app_name = "monitoring"

urlpatterns = [
    path("", views.figures, name="figures"),
    path("<slug:slug>/", views.figure, name="figure"),
    path(pgettext_lazy("url", "<slug:slug>/list/"), views.records, name="records"),
]
