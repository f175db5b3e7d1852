"""What the library counts, for whoever gives account (`hub.measures`)."""

from django.utils.translation import gettext_lazy as _

from hub.measures.breakdowns import by_choice, by_language, by_term
from hub.measures.registry import Area, Kind, Listed, Measure, Rows
from hub.measures.spans import Span
from practices.practice.models.practice import Assessor, Practice
from practices.practice.presentation import title_of

# From this rung of the ladder on a comparison shows that the practice is the cause of the change.
CAUSE = "3"

KIND = by_term("kind", _("Kind"), "kind")
THEME = by_term("theme", _("Theme"), "terms", is_shared=True)
BREAKDOWNS = (
    KIND,
    THEME,
    by_term("target", _("Target group"), "terms", is_shared=True),
    by_term("sector", _("Sector"), "terms", is_shared=True),
    by_term("country", _("Country"), "terms", is_shared=True),
    by_term("region", _("Region"), "terms", is_shared=True),
    by_term("track", _("Action track"), "terms", is_shared=True),
    by_term("stage", _("Stage"), "stage"),
    by_term("evidence", _("Evidence"), "evidence"),
)
LANGUAGE = by_language("texts__language", several=True)


def public_practices(span: Span) -> Rows:
    """Those in the library; of an earlier day, those of them that were published by then."""
    return Practice.objects.public().filter(first_published_at__lt=span.end)


def fetched(rows: Rows) -> Rows:
    """With what `shown` reads."""
    return rows.select_related("kind").prefetch_related("texts").order_by("slug")


def shown(practice: Practice) -> Listed:
    """One of them in a list."""
    return Listed(title_of(practice), practice.get_absolute_url(), str(practice.kind))


PRACTICES = Measure(
    code="practices",
    area=Area.REACH,
    name=_("Practices in the library"),
    definition=_("Practices, methods and tools that everybody can read on that day. Drafts do not count."),
    unit=_("practices"),
    kind=Kind.STANDING,
    records=public_practices,
    fetched=fetched,
    listed=shown,
    breakdowns=(*BREAKDOWNS, LANGUAGE),
    is_open=True,
)


def _assessed(span: Span) -> Rows:
    return public_practices(span).filter(assessed_on__lte=span.until, assessment_due_on__gt=span.until)


ASSESSED = Measure(
    code="practices_assessed",
    area=Area.QUALITY,
    name=_("Practices with an assessment"),
    definition=_(
        "Practices that were assessed and whose assessment is not due again, as a share of those in the library."
    ),
    unit=_("per cent"),
    kind=Kind.STANDING,
    records=_assessed,
    whole=public_practices,
    fetched=fetched,
    listed=shown,
    breakdowns=(*BREAKDOWNS, by_choice("assessed_by", _("Assessed by"), "assessed_by", Assessor)),
    is_open=True,
)


def _shown_to_work(span: Span) -> Rows:
    return public_practices(span).filter(evidence__code__gte=CAUSE)


SHOWN_TO_WORK = Measure(
    code="practices_shown_to_work",
    area=Area.QUALITY,
    name=_("Practices shown to be the cause of a change"),
    definition=_(
        "Practices whose evidence is a comparison, or stronger (levels 3 to 5), as a share of those in the library. "
        "Practices whose evidence is not known are part of the whole."
    ),
    unit=_("per cent"),
    kind=Kind.STANDING,
    records=_shown_to_work,
    whole=public_practices,
    fetched=fetched,
    listed=shown,
    breakdowns=BREAKDOWNS,
    is_open=True,
)

MEASURES = (PRACTICES, ASSESSED, SHOWN_TO_WORK)
