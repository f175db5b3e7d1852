from django.urls import URLPattern
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from monitoring.dashboard import screens
from monitoring.staff.admin import MonitoringGroup


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern]:
    """The figures."""
    return [*screens.urlpatterns]


register_snippet(MonitoringGroup)
