from django.urls import URLPattern
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from accounts.day import work
from monitoring.by_hand import screens as by_hand
from monitoring.dashboard import screens as dashboard
from monitoring.logbook import screens as logbook
from monitoring.report_pages import screens as reports
from monitoring.staff.admin import MonitoringGroup
from monitoring.staff.work import work as of_figures


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern]:
    """Figures, those by hand, reports and the logbook."""
    return [*dashboard.urlpatterns, *by_hand.urlpatterns, *reports.urlpatterns, *logbook.urlpatterns]


register_snippet(MonitoringGroup)
work.register(of_figures)
