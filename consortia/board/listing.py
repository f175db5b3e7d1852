"""The list of a call's consortia: narrowed and searched by what they let the centre see, each with its facts."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Case, CharField, Count, OuterRef, Prefetch, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, Lower
from django.urls import reverse

from calls.chain.models import Call
from consortia.board.facets import Chosen, narrowed
from consortia.board.stages import STAGES, Stage
from consortia.consortium.models import Consortium, ConsortiumQuerySet, Member
from consortia.declaration.models import Declaration
from consortia.sharing.shown import sight
from consortia.sign_off.unsigned import unsigned

# Behind every name, whatever letters it has.
_LAST = "\U0010ffff"


@dataclass(frozen=True)
class Asked:
    """What is looked for; nothing means all that is in draft or declared."""

    stage: Stage | None = None
    chosen: Chosen = field(default_factory=Chosen)
    words: str = ""
    # Only drafts where a signature is missing.
    unsigned: bool = False

    @property
    def needs_names(self) -> bool:
        """Whether drafts that let the centre see no more than their number cannot be among what is found."""
        return bool(self.chosen or self.words or self.unsigned)


def found(call: Call, asked: Asked) -> ConsortiumQuerySet:
    """In no order; a stage alone is the very query that its figure counts."""
    rows = asked.stage.rows(call) if asked.stage else STAGES["drafts"].rows(call) | STAGES["declared"].rows(call)
    if asked.needs_names:
        rows = rows.named_to_centre()
    if asked.words:
        named = Member.objects.standing().filter(organisation__name__icontains=asked.words).order_by()
        rows = rows.filter(Q(name__icontains=asked.words) | Q(pk__in=named.values("consortium")))
    if asked.unsigned:
        waiting = unsigned(Member.objects.standing()).order_by()
        rows = rows.filter(status=Consortium.Status.DRAFT, pk__in=waiting.values("consortium"))
    return narrowed(rows, asked.chosen)


def hidden(call: Call, asked: Asked) -> int:
    """How many drafts of the stage no search and no facet can find."""
    rows = found(call, Asked(asked.stage))
    return rows.exclude(pk__in=rows.named_to_centre().order_by().values("pk")).count()


def listed(call: Call, asked: Asked) -> ConsortiumQuerySet:
    """The same by name, those without one to show last, with what a row says; in a fixed number of queries."""
    named = Consortium.objects.named_to_centre().filter(pk=OuterRef("pk")).values("name")
    members = Member.objects.standing().select_related(
        "organisation__sector", "organisation__country", "organisation__region"
    )
    receipts = Declaration.objects.standing().filter(consortium=OuterRef("pk")).values("receipt__number")
    standing = Member.objects.standing().filter(consortium=OuterRef("pk")).order_by().values("consortium")
    missing = unsigned(Member.objects.standing().filter(consortium=OuterRef("pk"))).order_by().values("consortium")
    return (
        found(call, asked)
        .annotate(
            place=Coalesce(Lower(Subquery(named)), Value(_LAST)),
            number=Coalesce(Subquery(standing.annotate(number=Count("pk")).values("number")), 0),
            unsigned=Coalesce(Subquery(missing.annotate(number=Count("pk")).values("number")), 0),
            receipt=Case(
                When(status=Consortium.Status.DECLARED, then=Subquery(receipts[:1])), output_field=CharField()
            ),
        )
        .prefetch_related(Prefetch("members", members.prefetch_related("tracks"), to_attr="standing"))
        .order_by("place", "pk")
    )


@dataclass(frozen=True)
class Row:
    """One consortium as staff see it; a draft that hides itself has a state and a number of organisations alone."""

    consortium: Any

    @property
    def url(self) -> str:
        return reverse("consortia_admin_consortium", args=[self.consortium.uuid])

    @property
    def is_named(self) -> bool:
        return sight(self.consortium).has_names

    @property
    def name(self) -> str:
        return str(self.consortium.name) if self.is_named else ""

    @property
    def state(self) -> str:
        return str(self.consortium.get_status_display())

    @property
    def number(self) -> int:
        return int(self.consortium.number)

    @property
    def signed(self) -> int | None:
        return self.number - int(self.consortium.unsigned) if self.is_named else None

    @property
    def receipt(self) -> str:
        return self.consortium.receipt or ""

    @property
    def members(self) -> list[Member]:
        """The lead first."""
        return list(self.consortium.standing) if self.is_named else []

    @property
    def lead(self) -> str:
        return next((each.organisation.name for each in self.members if each.is_lead), "")

    @property
    def organisations(self) -> str:
        return ", ".join(each.organisation.name for each in self.members)

    @property
    def tracks(self) -> str:
        return _each_once(track for each in self.members for track in each.tracks.all())

    @property
    def sectors(self) -> str:
        return _each_once(each.organisation.sector for each in self.members)

    @property
    def places(self) -> str:
        return _each_once(each.organisation.region or each.organisation.country for each in self.members)


def _each_once(terms: Iterable[Any]) -> str:
    """By their order in the vocabulary."""
    once = {term.pk: term for term in terms}
    return ", ".join(str(term) for term in sorted(once.values(), key=lambda term: (term.position, term.pk)))
