from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MonitoringConfig(AppConfig):
    """Giving account: figures that open their records."""

    name = "monitoring"
    verbose_name = _("Monitoring")

    def ready(self) -> None:
        from accounts.privacy import keeping
        from hub.changes import consequences
        from hub.changes.relations import of_relations
        from hub.content_memory import kept_pages
        from hub.installation import setting_up
        from monitoring.comments.keeping_times import COMMENTS
        from monitoring.comments.models import Comment
        from monitoring.figures.asking import PARAMETERS, PeriodForm
        from monitoring.indicators.installing import install
        from monitoring.indicators.models import Indicator

        setting_up.register(install)
        consequences.register(Indicator, Comment, teller=of_relations)
        keeping.register(COMMENTS)
        kept_pages.register("monitoring:figures")
        kept_pages.register("monitoring:figure", parameters=PeriodForm.base_fields)
        kept_pages.register("monitoring:records", parameters=[*PARAMETERS, "page"])
