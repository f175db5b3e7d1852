"""From interests to proposals: one query for each stage, which its figure counts and its list shows."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from calls.chain.models import Call
from consortia.consortium.models import Consortium, ConsortiumQuerySet
from consortia.interest.models import Interest, InterestQuerySet
from consortia.outcomes.models import Outcome
from consortia.proposal.models import Proposal

Status = Consortium.Status
# What every consortium passes through before and after has figures of its own.
INTERESTS = "interests"


def interests(call: Call) -> InterestQuerySet:
    """Those that count."""
    return Interest.objects.confirmed().filter(call=call)


def drafts(call: Call) -> ConsortiumQuerySet:
    """Those that nobody declared or gave up, whatever they let the centre see."""
    return Consortium.objects.filter(call=call, status=Status.DRAFT)


def declared(call: Call) -> ConsortiumQuerySet:
    """Those whose declaration stands."""
    return Consortium.objects.filter(call=call, status=Status.DECLARED)


def recommended(call: Call) -> ConsortiumQuerySet:
    """Of these, those whose text of now was recommended, with conditions or without, once that is released."""
    found = (
        Outcome.objects.released().of_what_stands().filter(consortium__call=call).exclude(verdict=Outcome.Verdict.NOT)
    )
    return declared(call).filter(pk__in=found.values("consortium"))


def submitted(call: Call) -> ConsortiumQuerySet:
    """Those with a proposal that counts."""
    return declared(call).filter(pk__in=Proposal.objects.counting().order_by().values("consortium"))


@dataclass(frozen=True)
class Stage:
    """How far consortia are; `rows` is what the stage is made of, in no order."""

    code: str
    label: Promise
    rows: Callable[[Call], ConsortiumQuerySet]


STAGES = {
    stage.code: stage
    for stage in (
        Stage("drafts", _("Drafts"), drafts),
        Stage("declared", pgettext_lazy("consortia", "Declared"), declared),
        Stage("recommended", pgettext_lazy("consortia", "Recommended"), recommended),
        Stage("submitted", pgettext_lazy("consortia", "Submitted"), submitted),
    )
}
