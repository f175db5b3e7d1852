"""Verbs: a practice moves to a stage, a policy hook comes into a status, and a wrong row of either is corrected."""

from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.users.models import User
from hub.dates import brussels
from hub.vocabularies.models import Term
from partners.organisations.models import Organisation
from practices.mainstreaming.models import HookStatus, PolicyHook, StageMove, Status
from practices.mainstreaming.steps import Known, Step, first_of
from practices.practice.models.practice import Practice

AnyStep = TypeVar("AnyStep", bound=Step)


@dataclass(frozen=True)
class Told:
    """On whose word a step is known, and where that can be read."""

    source_url: str
    source_title: str
    word: str = ""
    organisation: Organisation | None = None
    known: str = Known.DAY

    def fields(self, on: date) -> dict[str, Any]:
        """What a row holds of it."""
        word = self.word or (self.organisation.name if self.organisation else "")
        return {
            "on": first_of(on, self.known),
            "known": self.known,
            "word": word,
            "organisation": self.organisation,
            "source_url": self.source_url,
            "source_title": self.source_title,
        }


@transaction.atomic
def move(
    practice: Practice,
    *,
    to: Term,
    on: date,
    source_url: str,
    source_title: str,
    word: str = "",
    organisation: Organisation | None = None,
    known: str = Known.DAY,
    before: Term | None = None,
    by: User | None = None,
) -> StageMove:
    """The practice came into a stage on that day. Where it was `before` counts only for the first move that is known.

    Said twice it is one move. Raises `ValidationError` when it would be none.
    """
    _hold(practice)
    told = Told(source_url, source_title, word, organisation, known)
    row = StageMove(practice=practice, stage=to, before=before, by=by, **told.fields(on))
    return _entered(row, StageMove.objects.filter(practice=practice), of="stage_id")


@transaction.atomic
def correct_move(
    wrong: StageMove, *, reason: str, to: Term | None, on: date, told: Told, before: Term | None = None, by: User | None
) -> StageMove:
    """Puts another row in the place of a wrong one, with the reason; without a stage it says that it never happened."""
    _hold(wrong.practice)
    row = StageMove(
        practice=wrong.practice, stage=to, before=before, corrects=wrong, reason=reason, by=by, **told.fields(on)
    )
    return _entered(row, StageMove.objects.filter(practice=wrong.practice), of="stage_id")


@transaction.atomic
def set_status(
    hook: PolicyHook,
    *,
    to: Status | str,
    on: date,
    source_url: str,
    source_title: str,
    word: str = "",
    organisation: Organisation | None = None,
    known: str = Known.DAY,
    by: User | None = None,
) -> HookStatus:
    """The policy hook came into a status on that day; said twice it is one row."""
    _hold(hook)
    told = Told(source_url, source_title, word, organisation, known)
    row = HookStatus(hook=hook, status=to, by=by, **told.fields(on))
    return _entered(row, HookStatus.objects.filter(hook=hook), of="status")


@transaction.atomic
def correct_status(
    wrong: HookStatus, *, reason: str, to: Status | str, on: date, told: Told, by: User | None
) -> HookStatus:
    """Puts another row in the place of a wrong one; without a status it says that it never happened."""
    _hold(wrong.hook)
    row = HookStatus(hook=wrong.hook, status=to, corrects=wrong, reason=reason, by=by, **told.fields(on))
    return _entered(row, HookStatus.objects.filter(hook=wrong.hook), of="status")


def _hold(subject: Model) -> None:
    """Two people who enter something at once come one after the other."""
    list(type(subject)._default_manager.select_for_update(of=("self",), no_key=True).filter(pk=subject.pk).values("pk"))


def _entered(row: AnyStep, history: Any, *, of: str) -> AnyStep:
    """The row, checked against the rest of its history; if it stands there already, that one."""
    _check_day(row)
    if row.corrects_id is None:
        if again := history.counting().filter(**_same(row, of)).first():
            found: AnyStep = again
            return found
    elif again := history.filter(corrects=row.corrects_id).first():
        if all(getattr(again, name) == value for name, value in _same(row, of).items()):
            return again
        raise ValidationError(_("Somebody has corrected this row meanwhile. Look at the history and correct that one."))
    _check_neighbours(row, history, of=of)
    row.full_clean(exclude=["by"], validate_constraints=False)
    row.save(force_insert=True)
    row.refresh_from_db()
    return row


def _same(row: Step, of: str) -> dict[str, Any]:
    return {name: getattr(row, name) for name in (of, "on", "known", "source_url")}


def _check_day(row: Step) -> None:
    if row.on > timezone.localdate(timezone=brussels.BRUSSELS):
        raise ValidationError({"on": _("This day is still to come. A history tells what has happened.")})


def _check_neighbours(row: Step, history: Any, *, of: str) -> None:
    """A step leads somewhere else than the one before, and the one after it somewhere else again."""
    value = getattr(row, of)
    if not value:
        return
    rest = history.counting().exclude(pk=row.corrects_id).in_order()
    earlier = rest.filter(on__lte=row.on).last()
    later = rest.filter(on__gt=row.on).first()
    if earlier and getattr(earlier, of) == value:
        said = _("The history says this since %(day)s already. If that day is wrong, correct that row.")
        raise ValidationError(said % {"day": earlier.when})
    if later and getattr(later, of) == value:
        said = _("The history says this from %(day)s on. If that day is wrong, correct that row.")
        raise ValidationError(said % {"day": later.when})
