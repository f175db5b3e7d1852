"""Tasks are added, changed, ticked off, opened again and removed; the log says each time by whom."""

from dataclasses import asdict, dataclass
from datetime import date
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext

from accounts.users.models import User
from consortia.consortium import emails
from consortia.consortium.acting import Actor, actor, hold, note
from consortia.consortium.actions import RefusedError
from consortia.consortium.models import Consortium, Member
from consortia.consortium.stale import ChangedError
from consortia.to_do.models import Task
from partners.organisations.models import Membership

# So many in one consortium.
MOST = 500


@dataclass(frozen=True)
class Said:
    """What a task says: keys of a member and of a person of it, or nobody; the day is one in Brussels."""

    what: str
    member: int | None = None
    person: int | None = None
    due_on: date | None = None

    @classmethod
    def of(cls, task: Task) -> "Said":
        return cls(task.what, task.member_id, task.person_id, task.due_on)

    @property
    def stands_for(self) -> str:
        """Another one when somebody changed it."""
        return sha256(repr(self).encode()).hexdigest()[:32]

    @property
    def columns(self) -> dict[str, Any]:
        told = asdict(self)
        return {"member_id": told.pop("member"), "person_id": told.pop("person"), **told}


@transaction.atomic
def add(consortium: Consortium, said: Said, *, key: UUID, by: User) -> bool:
    """False when the same `key` added it before. Raises RefusedError."""
    held = hold(consortium)
    acting = actor(held, by, "add_task")
    own = acting.demand("add_task")
    if Task.objects.filter(key=key).exists():
        return False
    if held.tasks.count() >= MOST:
        refusal = gettext("There are %(number)d tasks, which is the most. Remove one that is not needed.")
        raise RefusedError(refusal % {"number": MOST})
    _check_who(held, said)
    Task.objects.create(
        consortium=held, key=key, added_by=own, changed_by=by, changed_by_name=own.organisation.name, **said.columns
    )
    note(acting, "add_task", note=said.what)
    return True


@transaction.atomic
def change(task: Task, said: Said, *, was: str, by: User) -> bool:
    """In place of what was read (`was`: `Said.stands_for`); False when it stands already.

    Raises RefusedError and ChangedError.
    """
    acting, now = _held(task, "change_task", by)
    acting.demand("change_task")
    if now is None:
        raise RefusedError(gettext("Somebody removed this task meanwhile. Add a new one to keep your words."))
    if Said.of(now) == said:
        return False
    if Said.of(now).stands_for != was:
        raise ChangedError(now.changed_by_name, now.changed_by, now.changed_at)
    _check_who(acting.consortium, said)
    told_anew = {} if (now.member_id, now.person_id) == (said.member, said.person) else {"reminded_for": None}
    _changed(now, acting, **said.columns, **told_anew)
    note(acting, "change_task", note=said.what)
    return True


@transaction.atomic
def finish(task: Task, *, by: User) -> bool:
    """False when it is done already. Raises RefusedError."""
    acting, now = _held(task, "finish_task", by)
    acting.demand("finish_task")
    if now is None or now.done_at is not None:
        return False
    _changed(now, acting, done_at=Now())
    note(acting, "finish_task", note=now.what)
    return True


@transaction.atomic
def reopen(task: Task, *, by: User) -> bool:
    """It is not done after all; False when that stands already. Raises RefusedError."""
    acting, now = _held(task, "reopen_task", by)
    acting.demand("reopen_task")
    if now is None or now.done_at is None:
        return False
    _changed(now, acting, done_at=None)
    note(acting, "reopen_task", note=now.what)
    return True


@transaction.atomic
def remove(task: Task, *, by: User) -> bool:
    """False when it is gone already. Raises RefusedError."""
    acting, now = _held(task, "remove_task", by)
    acting.demand("remove_task", is_own=now is None or is_own(now, acting.member))
    if now is None:
        return False
    emails.take_back(acting.consortium, now.about)
    note(acting, "remove_task", note=now.what)
    now.delete()
    return True


def is_own(task: Task, member: Member | None) -> bool:
    """Whether this organisation added it."""
    return member is not None and task.added_by_id == member.pk


def give_way(gone: Member, stays: Member) -> None:
    """Two organisations in it became one: what one of them does or added is the other's."""
    Task.objects.filter(member=gone).update(member=stays)
    Task.objects.filter(added_by=gone).update(added_by=stays)


def _held(task: Task, action: str, by: User) -> tuple[Actor, Task | None]:
    """Who acts, and the task as it is by now."""
    held = hold(task.consortium)
    now = held.tasks.filter(pk=task.pk).select_related("changed_by").first()
    mine = held.members.standing().filter(organisation__memberships__user=by)
    adds = now and action == "remove_task" and not mine.filter(is_lead=True).exists()
    added = mine.filter(pk=now.added_by_id or 0).first() if now and adds else None
    return actor(held, by, action, member=added.pk if added else None), now


def _changed(task: Task, acting: Actor, **columns: Any) -> None:
    """A waiting reminder tells what was before, and is taken back."""
    name = acting.member.organisation.name if acting.member else ""
    if emails.take_back(acting.consortium, task.about):
        # It had not left: the day is told anew.
        columns = {"reminded_for": None} | columns
    Task.objects.filter(pk=task.pk).update(changed_by=acting.user, changed_by_name=name, changed_at=Now(), **columns)


def _check_who(consortium: Consortium, said: Said) -> None:
    member = consortium.members.standing().filter(pk=said.member).first() if said.member else None
    if said.member and member is None:
        raise RefusedError(gettext("This organisation is not in the consortium any more. Choose another."))
    theirs = Membership.objects.filter(user=said.person, organisation=member.organisation_id if member else None)
    if said.person and not theirs.exists():
        raise RefusedError(gettext("This person does not act for the organisation any more. Choose another."))
