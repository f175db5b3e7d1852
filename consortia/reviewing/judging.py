"""A reviewer writes a judgement criterion by criterion, and hands it in once."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext

from calls.chain.models import Call
from consortia.conflicts.reading import reading
from consortia.consortium.acting import hold
from consortia.consortium.actions import RefusedError
from consortia.consortium.models import Consortium
from consortia.outcomes import shown
from consortia.reviewers.models import Reviewer
from consortia.reviewing.models import Criterion, Judgement, Mark
from consortia.sign_off import versions


class ChangedError(Exception):
    """The draft was saved elsewhere since this page was loaded; `judgement` is what stands."""

    def __init__(self, judgement: Judgement) -> None:
        super().__init__()
        self.judgement = judgement


@dataclass(frozen=True)
class Said:
    """Of one criterion."""

    value: int | None
    reason: str


def own(reviewer: Reviewer, consortium: Consortium) -> Judgement | None:
    """The judgement of this reviewer, if there is one."""
    rows = Judgement.objects.filter(reviewer=reviewer, consortium=consortium)
    return rows.prefetch_related("marks__criterion").first()


def has_handed_in(judgement: Judgement | None, consortium: Consortium) -> bool:
    """Whether it counts: one that was handed in for an earlier text is opened again."""
    return bool(judgement and judgement.handed_in_at and judgement.version == versions.latest(consortium).number)


def refusal(reviewer: Reviewer, consortium: Consortium) -> str:
    """Why this person does not judge it now, in words; empty when they may."""
    if reviewer.is_chair:
        return gettext("Chairs settle what reviewers judge; they do not judge themselves.")
    if consortium.status != Consortium.Status.DECLARED:
        return gettext("It is not declared any more, so there is nothing to judge.")
    if shown.told(consortium).exists():
        return gettext("The recommendations are released: judgements stay as they are.")
    if not reading(reviewer, consortium).may_read:
        return gettext("Judge it once you have no conflict with it, and said so.")
    if has_handed_in(own(reviewer, consortium), consortium):
        return gettext("You handed your judgement in: it stays as it is.")
    return ""


@transaction.atomic
def save(
    reviewer: Reviewer, consortium: Consortium, said: Mapping[int, Said], *, seen: int, hand_in: bool = False
) -> Judgement:
    """Keep the draft, by the keys of the criteria, or hand it in; handed in again it is the same.

    `seen` is the revision that was read, 0 for none. Raises RefusedError and ChangedError.
    """
    Call.objects.select_for_update(no_key=True).get(pk=consortium.call_id)
    held = hold(consortium)
    known = Judgement.objects.select_for_update().filter(reviewer=reviewer, consortium=held).first()
    if known and hand_in and has_handed_in(known, held) and _marks(known) == dict(said):
        return known
    if why := refusal(reviewer, held):
        raise RefusedError(why)
    if known and known.revision != seen:
        if _marks(known) == dict(said) and not hand_in:
            return known
        raise ChangedError(known)
    criteria = list(Criterion.objects.filter(call=held.call_id))
    if hand_in and (lacks := _lacking(criteria, said)):
        raise RefusedError(lacks)
    judgement = known or Judgement(reviewer=reviewer, consortium=held)
    judgement.revision, judgement.version = seen + 1, versions.latest(held).number
    judgement.save()
    Judgement.objects.filter(pk=judgement.pk).update(changed_at=Now(), handed_in_at=Now() if hand_in else None)
    for criterion in criteria:
        if each := said.get(criterion.pk):
            facts = {"value": each.value, "reason": each.reason}
            Mark.objects.update_or_create(judgement=judgement, criterion=criterion, defaults=facts)
    judgement.refresh_from_db()
    return judgement


def _marks(judgement: Judgement) -> dict[int, Said]:
    return {each.criterion_id: Said(each.value, each.reason) for each in judgement.marks.all()}


def _lacking(criteria: list[Criterion], said: Mapping[int, Said]) -> str:
    """Which criteria have no judgement or no reason yet; empty when it can be handed in."""
    if not criteria:
        return gettext("The call has no criteria yet. Ask the centre to set them.")
    lacking = [
        str(each) for each in criteria if not (said.get(each.pk) and said[each.pk].value and said[each.pk].reason)
    ]
    told = gettext("A judgement with a reason is missing for: %(criteria)s.")
    return told % {"criteria": ", ".join(lacking)} if lacking else ""
