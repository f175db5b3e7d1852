"""Where a call takes proposals of recommended consortia only: which others it takes none of, and what they are told."""

from collections.abc import Collection
from dataclasses import dataclass

from django.utils.translation import gettext

from consortia.consortium.models import Consortium
from consortia.outcomes.models import Outcome
from consortia.rules.models import CallRules


@dataclass(frozen=True)
class Refusal:
    """Why a call takes no proposal of a consortium, in words, and whether it is turned down or only has to wait."""

    words: str
    is_turned_down: bool


def refusal(consortium: Consortium) -> str:
    """Why its call takes no proposal of it, in words; nothing where it does."""
    found = refusals([consortium]).get(consortium.pk)
    return found.words if found else ""


def refusals(consortia: Collection[Consortium]) -> dict[int, Refusal]:
    """The same for several, by their keys, only those that are refused; in two queries."""
    rules = CallRules.objects.filter(call__in={each.call_id for each in consortia}, recommended_only=True)
    calls = set(rules.values_list("call", flat=True))
    asked = [each for each in consortia if each.call_id in calls]
    if not asked:
        return {}
    told = Outcome.objects.released().of_what_stands().filter(consortium__in=asked)
    verdicts = dict(told.values_list("consortium", "verdict"))
    said = {
        None: Refusal(_waiting(), is_turned_down=False),
        Outcome.Verdict.NOT.value: Refusal(_not_recommended(), is_turned_down=True),
    }
    return {each.pk: said[verdict] for each in asked if (verdict := verdicts.get(each.pk)) in said}


def _waiting() -> str:
    """Nothing is released, or only about a text that was declared before."""
    return gettext(
        "In this call only recommended consortia submit a proposal, and what is recommended about this declaration is "
        "not released yet. Fill the parts in meanwhile."
    )


def _not_recommended() -> str:
    return gettext(
        "In this call only consortia that are recommended, with conditions or without, submit a proposal, and this one "
        "is not. The reasons stand on its page; write to the centre if you have questions about them."
    )
