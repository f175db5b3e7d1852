"""An indicator for each measure of the apps, so that a new portal can give account from its first day."""

from hub.measures import registry
from monitoring.indicators.models import Indicator


def install() -> str:
    """Adds the missing ones, in the order of the measures; what staff changed stays. Tells what it did."""
    known = set(Indicator.objects.values_list("code", flat=True))
    new = [
        Indicator(
            code=measure.code,
            is_counted=True,
            area=measure.area,
            direction=measure.better,
            is_public=measure.is_open,
            position=place,
        )
        for place, measure in enumerate(registry.all_measures(), start=1)
        if measure.code not in known
    ]
    Indicator.objects.bulk_create(new)
    return f"Indicators added: {len(new)}." if new else ""
