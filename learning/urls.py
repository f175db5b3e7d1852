"""Everything below the agenda of questions; each room has its part."""

from django.urls import URLPattern

app_name = "learning"

urlpatterns: list[URLPattern] = []
