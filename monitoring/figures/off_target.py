"""Which indicators are off target: its day is near or over, and the figure kept last has not reached it."""

from datetime import timedelta

from django.db.models import Case, DateField, DecimalField, F, OuterRef, Q, Subquery, When
from django.db.models.functions import Cast, Coalesce, NullIf, Round

from hub.measures import registry
from hub.measures.small_numbers import FEWEST
from monitoring.figures.asking import today
from monitoring.indicators.models import Direction, IndicatorQuerySet, Target
from monitoring.snapshots.models import Snapshot

# A target is looked at this long before its day.
NEAR = timedelta(days=14)
_FIGURE = DecimalField(max_digits=14, decimal_places=2)
# As `Snapshot.figure` says it.
_KEPT = Case(
    When(amount__isnull=False, then=F("amount")),
    When(whole__isnull=False, then=Round(Cast(100 * F("number"), _FIGURE) / NullIf(F("whole"), 0), 1)),
    default=Cast(F("number"), _FIGURE),
    output_field=_FIGURE,
)


def off_target(indicators: IndicatorQuerySet) -> IndicatorQuerySet:
    """Those of these, each with the day of its target as `aimed_by`.

    Looked at is the target that pages show: the next, else the last. Where few people are shown to nobody, a target of
    as few tells nothing either.
    """
    targets = Target.objects.filter(indicator=OuterRef("pk"))
    coming, past = targets.filter(by__gte=today()).order_by("by"), targets.order_by("-by")
    day = Coalesce(Subquery(coming.values("by")[:1]), Subquery(past.values("by")[:1]), output_field=DateField())
    aim = Target.objects.filter(indicator=OuterRef("pk"), by=OuterRef("aimed_by")).values("figure")[:1]
    kept = Snapshot.objects.whole().told().filter(indicator=OuterRef("pk")).order_by("-day", "-correction")
    found = indicators.annotate(aimed_by=day).filter(aimed_by__lte=today() + NEAR)
    found = found.alias(
        aim=Subquery(aim), kept=Subquery(kept.annotate(told_then=_KEPT).values("told_then")[:1], _FIGURE)
    )
    people = [measure.code for measure in registry.all_measures() if measure.people and not measure.whole]
    few = (Q(is_counted=True, code__in=people) | Q(by_gender=True)) & Q(aim__lt=FEWEST)
    falls_short = Q(direction=Direction.MORE, kept__lt=F("aim")) | Q(direction=Direction.LESS, kept__gt=F("aim"))
    return found.filter(falls_short).exclude(few)
