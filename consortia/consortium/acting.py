"""Somebody acts in a consortium: held while it is done, asked of the table, written into the log."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models.functions import Now
from django.shortcuts import get_object_or_404

from accounts.users.models import User
from consortia.consortium.actions import ACTIONS, RefusedError, Role, State, refusal, role_in, state_of
from consortia.consortium.models import Consortium, Entry, Member
from partners.organisations.models import Membership


@dataclass(frozen=True)
class Actor:
    """A person in a consortium, acting for one of its members."""

    user: User
    consortium: Consortium
    member: Member | None
    role: Role
    state: State

    def refusal(self, action: str, about: Member | None = None) -> str:
        """Why not, in words; empty when it is allowed."""
        return refusal(action, self.state, self.role, about)

    def demand(self, action: str, about: Member | None = None) -> Member:
        """The member for which it is done; raises RefusedError."""
        said = self.refusal(action, about)
        if said or self.member is None:
            raise RefusedError(said)
        return self.member


def hold(consortium: Consortium) -> Consortium:
    """Make others who change it wait until this transaction ends; what it is by then."""
    rows = Consortium.objects.select_for_update(of=("self",), no_key=True).select_related("call")
    return rows.get(pk=consortium.pk)


def actors(consortium: Consortium, user: User, *, now: datetime | None = None) -> list[Actor]:
    """One for each organisation in it that the person acts for, the lead first; `now` as in `state_of`."""
    own = list(Membership.objects.filter(user=user))
    members = consortium.members.standing().select_related("organisation")
    mine = members.filter(organisation__in=[each.organisation_id for each in own])
    state = state_of(consortium, now)
    return [Actor(user, consortium, member, role_in(member, own), state) for member in mine]


def actor(
    consortium: Consortium, user: User, action: str, *, member: int | None = None, now: datetime | None = None
) -> Actor:
    """As whom it is done: for that member, else as the first whom the table lets, else as the first."""
    every = actors(consortium, user, now=now)
    mine = [each for each in every if member is None or (each.member and each.member.pk == member)]
    allowed = [each for each in mine if each.role in ACTIONS[action].roles]
    nobody = Actor(user, consortium, None, Role.NOBODY, state_of(consortium, now))
    return next(iter(allowed or mine), nobody)


def note(actor: Actor, action: str, *, about: Member | None = None, note: str = "") -> None:
    """Into the log, in the transaction of what was done."""
    Entry.objects.create(
        consortium=actor.consortium,
        action=action,
        organisation_name=actor.member.organisation.name if actor.member else "",
        about_name=about.organisation.name if about else "",
        note=note,
        by=actor.user,
    )
    Consortium.objects.filter(pk=actor.consortium.pk).update(changed_at=Now())


def seen_by(user: User, key: UUID) -> Consortium:
    """The consortium with this key, for the people of the organisations in it; for others, staff too, there is none."""
    visible = Consortium.objects.of_person(user).select_related("call").prefetch_related("call__deadlines")
    return get_object_or_404(visible, uuid=key)
