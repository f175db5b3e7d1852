"""An organisation reports that it uses a practice, says later how it went on, and takes the report back."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.users.models import User
from hub.dates import brussels
from hub.vocabularies.models import Term
from notifications.outbox import outbox
from partners.organisations.locking import hold
from partners.organisations.models import Organisation
from practices.practice.models.practice import Practice
from practices.reuse import emails
from practices.reuse.models.reuses import STANDING, Reuse
from practices.reuse.models.rows import ReuseCheck, ReuseFigure, ReuseSource
from practices.reuse.models.versions import ReuseVersion

# So many versions one organisation may send within a day: each is read by somebody.
MOST_A_DAY = 30
# What a version says, apart from when, by whom and of which state of the practice's page.
_SAID = tuple(
    each.name
    for each in ReuseVersion._meta.concrete_fields
    if each.name not in {"id", "reuse", "number", "at", "by", "practice_revision", "practice_as_of"}
)


@dataclass(frozen=True)
class Place:
    """Where a practice is used."""

    country: Term | None
    region: Term | None = None
    name: str = ""


@dataclass
class Account:
    """What is said of a reuse, valid and unsaved."""

    version: ReuseVersion
    figures: Sequence[ReuseFigure] = field(default_factory=list)
    sources: Sequence[ReuseSource] = field(default_factory=list)

    def said(self) -> list[Any]:
        """All of it, to tell whether two say the same."""
        own = [getattr(self.version, name) for name in _SAID]
        figures = [(each.what, each.value, each.unit, each.year, each.source) for each in self.figures]
        return [own, figures, [(each.title, each.url) for each in self.sources]]


@dataclass
class ChangedError(Exception):
    """Somebody of the organisation sent a version that was not there when the form was drawn."""

    newest: ReuseVersion


class RemovedError(Exception):
    """The centre took the report down; nothing is added to it."""


class NoSourceError(Exception):
    """What the centre enters about others needs a source."""


class TooManyError(Exception):
    """This organisation sent so many versions within a day that the next one has to wait."""


@transaction.atomic
def report(
    practice: Practice,
    *,
    organisation: Organisation,
    place: Place,
    account: Account,
    may_ask: bool,
    by: User,
    seen: int = 0,
) -> Reuse:
    """Somebody is to check it before others read it; sent twice it is one. `seen` is the newest version that `by` knew.

    Raises ChangedError, TooManyError and ValidationError.
    """
    hold(organisation)
    theirs = Reuse.objects.filter(practice=practice, organisation=organisation)
    reuse = _at(theirs, place)
    if reuse is None:
        reuse = Reuse.objects.create(
            practice=practice, organisation=organisation, created_by=by, may_ask=may_ask, **_columns(place)
        )
    elif not reuse.is_standing:
        # Nobody reads it any more: where it is now is what is said now.
        reuse.region, reuse.place = place.region, place.name
        reuse.save(update_fields=["region", "place"])
    return _tell(reuse, account, may_ask=may_ask, by=by, seen=seen)


@transaction.atomic
def update(reuse: Reuse, *, account: Account, may_ask: bool, by: User, seen: int) -> Reuse:
    """How it went on: a new version, which is checked; until then visitors read the one before.

    Raises ChangedError, RemovedError, TooManyError and ValidationError.
    """
    if reuse.organisation:
        hold(reuse.organisation)
    return _tell(held(reuse), account, may_ask=may_ask, by=by, seen=seen)


@transaction.atomic
def enter(practice: Practice, *, adopter: str, place: Place, account: Account, by: User | None = None) -> Reuse:
    """The centre enters what others than its members did, with a source; visitors read it at once.

    Entered again with other words it is a new version. Raises NoSourceError and ValidationError.
    """
    if not account.sources:
        raise NoSourceError
    list(Practice.objects.select_for_update(no_key=True).filter(pk=practice.pk).values_list("pk"))
    others = Reuse.objects.filter(practice=practice, organisation=None, adopter__iexact=adopter)
    reuse = _at(others, place)
    if reuse is None:
        reuse = Reuse.objects.create(practice=practice, adopter=adopter, created_by=by, **_columns(place))
    newest = newest_of(reuse)
    if newest and _told(newest).said() == account.said():
        return reuse
    version = _add(reuse, account, by=by, after=newest)
    ReuseCheck.objects.create(
        version=version, verdict=ReuseCheck.Verdict.ACCEPTED, checked_as=ReuseCheck.As.CENTRE, by=by
    )
    reuse.state, reuse.shown = Reuse.State.ACCEPTED, version
    reuse.save(update_fields=["state", "shown"])
    return reuse


@transaction.atomic
def withdraw(reuse: Reuse) -> bool:
    """Its organisation takes it back: it stays on record, and nobody else reads it; False when that was so before."""
    standing = Reuse.objects.standing().filter(pk=reuse.pk)
    if not standing.update(state=Reuse.State.WITHDRAWN, shown=None, ask_at=None, asked_at=None):
        return False
    outbox.withdraw(reuse.about, reason=emails.WITHDRAWN)
    return True


def newest_of(reuse: Reuse) -> ReuseVersion | None:
    """What was said last, checked or not."""
    return reuse.versions.order_by("-number").first()


def held(reuse: Reuse) -> Reuse:
    """As it is now; others wait until this transaction ends."""
    rows = Reuse.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("organisation", "practice__owner").get(pk=reuse.pk)


def _at(rows: Any, place: Place) -> Reuse | None:
    """The one of these about the same place: a standing one, else one that was withdrawn."""
    there = rows.filter(country=place.country, place__iexact=place.name).select_for_update(of=("self",), no_key=True)
    found: Reuse | None = there.filter(state__in=STANDING).first()
    return found or there.filter(state=Reuse.State.WITHDRAWN).order_by("-pk").first()


def _columns(place: Place) -> dict[str, Any]:
    return {"country": place.country, "region": place.region, "place": place.name}


def _tell(reuse: Reuse, account: Account, *, may_ask: bool, by: User, seen: int) -> Reuse:
    if reuse.state == Reuse.State.REMOVED:
        raise RemovedError
    newest, was_waiting = newest_of(reuse), reuse.is_waiting
    if newest and reuse.state in {Reuse.State.WAITING, Reuse.State.ACCEPTED} and _told(newest).said() == account.said():
        Reuse.objects.filter(pk=reuse.pk).exclude(may_ask=may_ask).update(may_ask=may_ask)
        return reuse
    if newest and reuse.is_standing and newest.number != seen:
        raise ChangedError(newest)
    today = ReuseVersion.objects.filter(reuse__organisation=reuse.organisation, at__gt=Now() - timedelta(days=1))
    if today.count() >= MOST_A_DAY:
        raise TooManyError
    version = _add(reuse, account, by=by, after=newest)
    reuse.state, reuse.may_ask, reuse.ask_at, reuse.asked_at = Reuse.State.WAITING, may_ask, None, None
    reuse.save(update_fields=["state", "may_ask", "ask_at", "asked_at"])
    if not (was_waiting and newest):
        emails.to_check(reuse, version)
    return reuse


def _add(reuse: Reuse, account: Account, *, by: User | None, after: ReuseVersion | None) -> ReuseVersion:
    version = account.version
    if version.begins_after(brussels.local(timezone.now()).date()):
        raise ValidationError({"since_year": _("This is in the future. Report it once it has begun.")})
    version.pk, version.reuse, version.by = None, reuse, by
    # A form is filled in with the version before, whose moment is not that of this one.
    version.at = version._meta.get_field("at").get_default()
    version.number = after.number + 1 if after else 1
    version.practice_revision = reuse.practice.live_revision_id
    version.practice_as_of = reuse.practice.last_published_at
    # What the constraints say, fields and `clean` say first, in words and without a question to the database for each.
    version.full_clean(exclude=["reuse", "by"], validate_constraints=False)
    version.save(force_insert=True)
    rows: list[Any] = [*account.figures, *account.sources]
    for row in rows:
        row.pk, row.version = None, version
        row.full_clean(exclude=["version"], validate_constraints=False)
        row.save(force_insert=True)
    return version


def _told(version: ReuseVersion) -> Account:
    return Account(version, list(version.figures.all()), list(version.sources.all()))
