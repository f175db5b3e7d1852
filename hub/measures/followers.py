"""Who follows what, counted; nobody's address is shown."""

from django.db.models import CharField, F, Func, Value
from django.utils.translation import gettext_lazy as _

from hub.dates.words import day
from hub.measures.breakdowns import by_language
from hub.measures.registry import Area, Breakdown, Kind, Listed, Measure, Rows
from hub.measures.spans import Span
from hub.newsletter.topics import TOPIC as NEWSLETTER
from notifications.subscriptions import topics
from notifications.subscriptions.models import Subscription


def _following(span: Span) -> Rows:
    prefix = Func(F("topic"), Value(":"), Value(1), function="split_part", output_field=CharField())
    rows = Subscription.objects.active().filter(confirmed_at__lt=span.end)
    return rows.annotate(topic_kind=prefix)


def _reading(span: Span) -> Rows:
    return _following(span).filter(topic=NEWSLETTER)


def _names() -> dict[str, str]:
    return {prefix: str(name) for prefix, name in topics.kinds().items()}


def _shown(follower: Subscription) -> Listed:
    """What somebody follows and since when, and no address."""
    prefix = follower.topic.partition(":")[0]
    return Listed(_names().get(prefix, prefix), note=day(follower.confirmed_at) if follower.confirmed_at else "")


def _latest_first(rows: Rows) -> Rows:
    return rows.order_by("-confirmed_at", "-pk")


FOLLOWERS = Measure(
    code="followers",
    area=Area.REACH,
    name=_("Followers"),
    definition=_(
        "Addresses that asked for news by mail and confirmed it, once for each thing that they follow: who follows two "
        "calls counts twice. Whoever stopped does not count."
    ),
    unit=_("followers"),
    kind=Kind.STANDING,
    records=_following,
    fetched=_latest_first,
    listed=_shown,
    breakdowns=(Breakdown("topic", _("Topic"), "topic_kind", _names), by_language("language")),
    people=True,
)

READERS = Measure(
    code="newsletter_readers",
    area=Area.REACH,
    name=_("Readers of the newsletter"),
    definition=_("Addresses that get the newsletter: confirmed and not stopped, each once."),
    unit=_("readers"),
    kind=Kind.STANDING,
    records=_reading,
    fetched=_latest_first,
    listed=_shown,
    breakdowns=(by_language("language"),),
    people=True,
)

MEASURES = (FOLLOWERS, READERS)
