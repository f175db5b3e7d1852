"""What organisations undertake together, from drafts to proposals (`hub.measures`)."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from consortia.consortium.models import Consortium, Member
from consortia.declaration.models import Declaration
from consortia.proposal.models import Proposal
from hub.measures.breakdowns import by_choice, by_term
from hub.measures.registry import Area, Kind, Listed, Measure, Rows
from hub.measures.spans import Span
from partners.organisations.models import Organisation


def _consortia(_span: Span) -> Rows:
    return Consortium.objects.all()


def _named(consortium: Consortium, note: str) -> Listed:
    """Its name only where its organisations let the centre see it, or declared it."""
    is_named = consortium.status == Consortium.Status.DECLARED or consortium.shown_to_centre != Consortium.Shown.NUMBER
    url = reverse("consortia_admin_board", args=[consortium.call_id])
    return Listed(consortium.name if is_named else str(_("A consortium that does not show its name")), url, note)


def _consortium(consortium: Consortium) -> Listed:
    return _named(consortium, f"{consortium.get_status_display()}, {consortium.call}")


_TRACK = by_term("track", _("Action track of the call"), "call__tracks", several=True)

CONSORTIA = Measure(
    code="consortia",
    area=Area.COLLABORATION,
    name=_("Consortia"),
    definition=_(
        "Consortia for calls, drafts and those that were declared or given up. They are kept for two years after the "
        "last change."
    ),
    unit=_("consortia"),
    kind=Kind.STANDING,
    records=_consortia,
    fetched=lambda rows: rows.select_related("call").order_by("-call", "pk"),
    listed=_consortium,
    breakdowns=(by_choice("status", _("Status"), "status", Consortium.Status), _TRACK),
)


def _declared(span: Span) -> Rows:
    begun = Declaration.objects.filter(declared_at__lt=span.end)
    return begun.standing() | begun.filter(ended_at__gte=span.end)


def _of_consortium(record: Declaration | Proposal) -> Listed:
    return _named(record.consortium, str(record.consortium.call))


_ITS_TRACK = by_term("track", _("Action track of the call"), "consortium__call__tracks", several=True)

DECLARED = Measure(
    code="partnerships_declared",
    area=Area.COLLABORATION,
    name=_("Declared partnerships"),
    definition=_(
        "Consortia whose declaration stands on that day. Declarations that were withdrawn or are void do not count."
    ),
    unit=_("partnerships"),
    kind=Kind.STANDING,
    records=_declared,
    fetched=lambda rows: rows.select_related("consortium__call").order_by("-declared_at", "-pk"),
    listed=_of_consortium,
    breakdowns=(_ITS_TRACK,),
)


def _submitted(span: Span) -> Rows:
    return Proposal.objects.counting().filter(**span.within("submitted_at"))


PROPOSALS = Measure(
    code="proposals_submitted",
    area=Area.COLLABORATION,
    name=_("Submitted proposals"),
    definition=_(
        "Proposals that consortia submitted, by the day of the last submission: each consortium counts once, as "
        "long as its declaration stands."
    ),
    unit=_("proposals"),
    kind=Kind.HAPPENED,
    records=_submitted,
    fetched=lambda rows: rows.select_related("consortium__call").order_by("-submitted_at", "-pk"),
    listed=_of_consortium,
    breakdowns=(_ITS_TRACK,),
)


def _in_partnerships(span: Span) -> Rows:
    # Of drafts staff see no organisations unless these let them, also where one was declared before.
    declared = Consortium.objects.filter(status=Consortium.Status.DECLARED, pk__in=_declared(span).values("consortium"))
    taking_part = Member.objects.filter(status=Member.Status.JOINED, consortium__in=declared.order_by().values("pk"))
    return Organisation.objects.filter(pk__in=taking_part.order_by().values("organisation"))


def _organisation(organisation: Organisation) -> Listed:
    url = reverse("wagtailsnippets_partners_organisation:edit", args=[organisation.pk])
    return Listed(organisation.name, url, str(organisation.sector))


ORGANISATIONS = Measure(
    code="organisations_in_partnerships",
    area=Area.COLLABORATION,
    name=_("Organisations in declared partnerships"),
    definition=_(
        "Organisations that take part in at least one partnership whose declaration stands, each once. Those who are "
        "only asked, or left, do not count."
    ),
    unit=_("organisations"),
    kind=Kind.STANDING,
    records=_in_partnerships,
    fetched=lambda rows: rows.select_related("sector").order_by("name", "pk"),
    listed=_organisation,
    breakdowns=(
        by_term("sector", _("Sector"), "sector"),
        by_term("country", _("Country"), "country"),
        by_term("region", _("Region"), "region"),
        by_choice("size", _("Size"), "size", Organisation.Size),
    ),
)

MEASURES = (CONSORTIA, DECLARED, PROPOSALS, ORGANISATIONS)
