from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MonitoringConfig(AppConfig):
    """Giving account: figures that open their records."""

    name = "monitoring"
    verbose_name = _("Monitoring")
    # Only staff read the logbook, and what a template asks for.
    not_shown = ("LogbookEntry", "LogbookVersion", "Template", "TemplatePart")

    def ready(self) -> None:
        _register_personal_data()
        from accounts.privacy import keeping
        from hub.changes import consequences
        from hub.changes.relations import of_relations
        from hub.content_memory import kept_pages
        from hub.installation import setting_up
        from monitoring.by_hand.losses import of_indicators
        from monitoring.comments.keeping_times import COMMENTS
        from monitoring.comments.models import Comment
        from monitoring.figures.asking import PARAMETERS, PeriodForm
        from monitoring.indicators.installing import install
        from monitoring.indicators.models import Indicator
        from monitoring.reports import installing as reports
        from monitoring.reports.losses import of_reports
        from monitoring.reports.models import Report, Template

        setting_up.register(install)
        setting_up.register(reports.install)
        consequences.register(Indicator, teller=of_indicators)
        consequences.register(Report, teller=of_reports)
        consequences.register(Template, teller=of_relations)
        kept_pages.register("reports:reports", parameters=["page"])
        kept_pages.register("reports:report")
        consequences.register(Comment, teller=of_relations)
        keeping.register(COMMENTS)
        kept_pages.register("monitoring:figures")
        kept_pages.register("monitoring:figure", parameters=PeriodForm.base_fields)
        kept_pages.register("monitoring:records", parameters=[*PARAMETERS, "page"])


def _register_personal_data() -> None:
    from accounts.personal_data import declarations
    from monitoring.personal_data import DECLARED

    declarations.register(DECLARED)
