"""Who wants to take part in calls, and which action tracks are covered (`hub.measures`)."""

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from calls.chain.models import Call
from consortia.interest.models import Contribution, Interest
from hub.measures.breakdowns import by_choice, by_language, by_term
from hub.measures.registry import Area, Kind, Listed, Measure, Rows
from hub.measures.spans import Span


def _confirmed(span: Span) -> Rows:
    return Interest.objects.confirmed().filter(confirmed_at__lt=span.end)


def _interest(interest: Interest) -> Listed:
    """Which organisation and which call, and nobody's name or address."""
    url = reverse("wagtailsnippets_consortia_interest:inspect", args=[interest.pk])
    return Listed(interest.organisation_name, url, str(interest.call))


INTERESTS = Measure(
    code="interests",
    area=Area.COLLABORATION,
    name=_("Interests in calls"),
    definition=_(
        "Organisations that said they want to take part in a call and confirmed it, once for each call. What was "
        "withdrawn, or waits to be confirmed, does not count."
    ),
    unit=_("interests"),
    kind=Kind.STANDING,
    records=_confirmed,
    fetched=lambda rows: rows.select_related("call").order_by("-confirmed_at", "-pk"),
    listed=_interest,
    breakdowns=(
        by_term("sector", _("Sector"), "sector"),
        by_term("track", _("Action track"), "tracks", several=True),
        by_choice("role", _("Role"), "role", Interest.Role),
        by_term("country", _("Country"), "organisation__country"),
        by_term("region", _("Region"), "organisation__region"),
        by_language("language"),
    ),
)


def _asked(_span: Span) -> Rows:
    """Each action track of each call, as long as the call is on the portal."""
    rows: Rows = Call.tracks.through.objects.filter(call__in=Call.objects.public())
    return rows


def _covered(span: Span) -> Rows:
    offered = Contribution.objects.filter(
        track=OuterRef("term"),
        interest__call=OuterRef("call"),
        interest__status=Interest.Status.CONFIRMED,
        interest__confirmed_at__lt=span.end,
    )
    return _asked(span).filter(Exists(offered))


COVERED = Measure(
    code="tracks_covered",
    area=Area.COLLABORATION,
    name=_("Action tracks that somebody covers"),
    definition=_(
        "Action tracks that calls on the portal ask for and to which at least one interested organisation contributes, "
        "as a share of all that they ask for. A track that two calls ask for counts twice; calls that name none do not "
        "count."
    ),
    unit=_("per cent"),
    kind=Kind.STANDING,
    records=_covered,
    whole=_asked,
    fetched=lambda rows: rows.select_related("call", "term").order_by("-call", "pk"),
    listed=lambda row: Listed(str(row.term), reverse("consortia_admin_board", args=[row.call_id]), str(row.call)),
    breakdowns=(by_term("track", _("Action track"), "term"),),
)

MEASURES = (INTERESTS, COVERED)
