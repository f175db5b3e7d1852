"""How long something took, for figures that are the median of it."""

from django.db.models import DurationField, ExpressionWrapper, F, FloatField
from django.db.models.functions import Extract


def days_between(start: str, end: str) -> ExpressionWrapper:
    """From one moment of a record to another, in days with their fractions."""
    took = ExpressionWrapper(F(end) - F(start), output_field=DurationField())
    return ExpressionWrapper(Extract(took, "epoch") / 86_400.0, output_field=FloatField())
