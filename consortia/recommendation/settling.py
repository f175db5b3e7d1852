"""A chair settles what is recommended about a consortium, with the reasons for its partners."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext

from consortia.conflicts.reading import reading
from consortia.consortium.acting import hold
from consortia.consortium.actions import RefusedError
from consortia.consortium.models import Consortium
from consortia.outcomes import shown
from consortia.outcomes.models import Outcome
from consortia.recommendation.side_by_side import table
from consortia.reviewers.models import Reviewer
from consortia.sign_off import versions


class ChangedError(Exception):
    """Another chair settled it since the page was loaded; `outcome` is what stands."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__()
        self.outcome = outcome


@dataclass(frozen=True)
class Settled:
    """What a chair says; conditions only where the outcome has some."""

    verdict: str
    reasons: str
    conditions: str = ""


def refusal(chair: Reviewer, consortium: Consortium) -> str:
    """Why this person does not settle it now, in words; empty when they may."""
    if not chair.is_chair or chair.ended_at:
        return gettext("Only a chair of this call settles a recommendation.")
    if consortium.status != Consortium.Status.DECLARED:
        return gettext("It is not declared any more, so there is nothing to settle.")
    if shown.told(consortium).exists():
        return gettext("The recommendations are released: they stay as they are.")
    if not reading(chair, consortium).may_read:
        return gettext("Settle it once you have no conflict with it, and said so; or ask another chair.")
    if not table(consortium).counted:
        return gettext("Nobody without a conflict has handed a judgement in yet. Ask the reviewers.")
    return ""


@transaction.atomic
def settle(chair: Reviewer, consortium: Consortium, settled: Settled, *, seen: int) -> bool:
    """Put this in place of what was `seen` (its revision, 0 for nothing); False when it stands already.

    Raises RefusedError and ChangedError.
    """
    held = hold(consortium)
    if said := refusal(chair, held):
        raise RefusedError(said)
    version = versions.latest(held).number
    # What was released of an earlier text stays beside it.
    known = stands(held)
    if known and (known.verdict, known.reasons, known.conditions, known.version) == (
        settled.verdict,
        settled.reasons,
        settled.conditions,
        version,
    ):
        return False
    if known and known.revision != seen:
        raise ChangedError(known)
    facts = {**vars(settled), "version": version, "revision": seen + 1, "settled_by": chair.user, "settled_at": Now()}
    Outcome.objects.update_or_create(consortium=held, released_at=None, defaults=facts)
    return True


def stands(consortium: Consortium) -> Outcome | None:
    """What a chair settled last and nobody was told yet, maybe about an earlier text: another outcome replaces it."""
    return Outcome.objects.filter(consortium=consortium, released_at=None).select_related("settled_by").first()
