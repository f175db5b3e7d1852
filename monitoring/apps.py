from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MonitoringConfig(AppConfig):
    """Giving account: figures that open their records."""

    name = "monitoring"
    verbose_name = _("Monitoring")

    def ready(self) -> None:
        from hub.changes import consequences
        from hub.changes.relations import of_relations
        from hub.installation import setting_up
        from monitoring.indicators.installing import install
        from monitoring.indicators.models import Indicator

        setting_up.register(install)
        consequences.register(Indicator, teller=of_relations)
