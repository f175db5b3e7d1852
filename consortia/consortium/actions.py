"""Who may do what in which state: one table. Verbs ask it, pages draw their buttons from it, tests are made from it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from calls.chain.standing import call_state
from consortia.consortium.models import Consortium, Member
from partners.organisations.models import Membership


class State(StrEnum):
    """Where a consortium stands; whether its call goes on is no column of it."""

    DRAFT = "draft"
    DECLARED = "declared"
    CALL_OVER = "call_over"
    GIVEN_UP = "given_up"


class Role(StrEnum):
    """As whom somebody acts: by the standing of the organisation, and by the own role there."""

    LEAD_OWNER = "lead_owner"
    LEAD_EDITOR = "lead_editor"
    MEMBER_OWNER = "member_owner"
    MEMBER_EDITOR = "member_editor"
    INVITED_OWNER = "invited_owner"
    INVITED_EDITOR = "invited_editor"
    NOBODY = "nobody"


@dataclass(frozen=True)
class Action:
    """A line of the table: its button, who may, in which states, and what the organisation it is about must be."""

    button: Promise
    roles: frozenset[Role]
    # Whoever else tries is told this: the rule, and what would satisfy it.
    who: Promise
    states: frozenset[State] = frozenset({State.DRAFT})
    # For what is done about another organisation.
    about: Member.Status | None = None
    # Who does not lead does it only to what is their own.
    own: bool = False
    # What is said of a draft, where that is not told by `_STATES`.
    before: Promise | None = None


LEAD = frozenset({Role.LEAD_OWNER, Role.LEAD_EDITOR})
TAKES_PART = LEAD | {Role.MEMBER_OWNER, Role.MEMBER_EDITOR}
ALL = TAKES_PART | {Role.INVITED_OWNER, Role.INVITED_EDITOR}
# What the organisations work with beside the text that they sign.
WORKING = frozenset({State.DRAFT, State.DECLARED})
LEAD_ALONE = frozenset({Role.LEAD_OWNER})
NOT_OVER = frozenset({State.DRAFT, State.CALL_OVER})
# Nobody is kept in: a declaration is void once an organisation leaves.
MAY_LEAVE = NOT_OVER | {State.DECLARED}

_THOSE_IN_IT = _("Only organisations that take part change the words. Confirm first.")
_THE_LEAD = _("Only the organisation that leads does this. Ask its people.")
_OWNERS_OF_LEAD = _("Only an owner of the organisation that leads does this. Ask one of them.")
_OWNERS = _("Only owners of an organisation sign for it. Ask one of yours.")
_WORK = _("Only organisations that take part do this. Confirm first.")
_DECLARE_FIRST = _("It is a draft: the partnership is declared first, and then its proposal is written.")
_OWNERS_LEAVE = _("Only an owner of an organisation that takes part, and does not lead, lets it leave.")
_OWNERS_DECLINE = _("Only owners decline, and not for the lead: hand the lead over first, or give the draft up.")

ACTIONS: dict[str, Action] = {
    "change_words": Action(_("Change name and summary"), TAKES_PART, _THOSE_IN_IT),
    "invite": Action(_("Invite an organisation"), LEAD, _THE_LEAD),
    "withdraw_invitation": Action(_("Take the invitation back"), LEAD, _THE_LEAD, about=Member.Status.INVITED),
    "set_part": Action(_("Change role and action tracks"), ALL, _("Only the people of an organisation do this.")),
    "confirm": Action(
        pgettext_lazy("sign-off", "Confirm"),
        frozenset({Role.LEAD_OWNER, Role.MEMBER_OWNER, Role.INVITED_OWNER}),
        _OWNERS,
    ),
    "decline": Action(
        pgettext_lazy("sign-off", "Decline"), frozenset({Role.MEMBER_OWNER, Role.INVITED_OWNER}), _OWNERS_DECLINE
    ),
    "leave": Action(_("Leave the consortium"), frozenset({Role.MEMBER_OWNER}), _OWNERS_LEAVE, MAY_LEAVE),
    "remove": Action(_("Remove it"), LEAD_ALONE, _OWNERS_OF_LEAD, about=Member.Status.JOINED),
    "hand_over": Action(_("Hand the lead over"), LEAD_ALONE, _OWNERS_OF_LEAD, about=Member.Status.JOINED),
    "give_up": Action(_("Give the draft up"), LEAD_ALONE, _OWNERS_OF_LEAD, NOT_OVER),
    "share": Action(_("Change what the centre sees"), LEAD_ALONE, _OWNERS_OF_LEAD, NOT_OVER | {State.DECLARED}),
    "declare": Action(_("Declare the partnership"), LEAD_ALONE, _OWNERS_OF_LEAD),
    "withdraw_declaration": Action(
        _("Withdraw the declaration"), LEAD_ALONE, _OWNERS_OF_LEAD, frozenset({State.DECLARED})
    ),
    "fill_part": Action(
        _("Fill in a part of the proposal"), TAKES_PART, _WORK, frozenset({State.DECLARED}), before=_DECLARE_FIRST
    ),
    # Also by editors: it is done again as often as wanted until the deadline, and nobody should have to wait for one.
    "submit": Action(_("Submit the proposal"), LEAD, _THE_LEAD, frozenset({State.DECLARED}), before=_DECLARE_FIRST),
    "add_document": Action(_("Add a document"), TAKES_PART, _WORK, WORKING),
    "replace_document": Action(_("Add a new version"), TAKES_PART, _WORK, WORKING),
    "remove_document": Action(_("Remove the document"), TAKES_PART, _WORK, WORKING, own=True),
    "remove_version": Action(_("Remove an older version"), TAKES_PART, _WORK, WORKING, own=True),
    "add_note": Action(_("Write a note"), TAKES_PART, _WORK, WORKING),
    "change_note": Action(_("Change the note"), TAKES_PART, _WORK, WORKING),
    "remove_note": Action(_("Remove the note"), TAKES_PART, _WORK, WORKING, own=True),
    "add_task": Action(_("Add a task"), TAKES_PART, _WORK, WORKING),
    "change_task": Action(_("Change the task"), TAKES_PART, _WORK, WORKING),
    "finish_task": Action(_("It is done"), TAKES_PART, _WORK, WORKING),
    "reopen_task": Action(_("It is not done yet"), TAKES_PART, _WORK, WORKING),
    "remove_task": Action(_("Remove the task"), TAKES_PART, _WORK, WORKING, own=True),
}

_STATES = {
    State.DRAFT: _("It is a draft: there is no declaration to withdraw."),
    State.DECLARED: _(
        "It is declared, and what was declared stays as it is. To change something, let those who lead withdraw the "
        "declaration, which is possible until the deadline, and declare again."
    ),
    State.CALL_OVER: _("The call is over: drafts stay as they are. Wait for the next call."),
    State.GIVEN_UP: _("This draft was given up. Begin a new one to go on."),
}
_ABOUT = {
    Member.Status.INVITED: _("This is only for an organisation that was invited and has not answered."),
    Member.Status.JOINED: _("This is only for another organisation that takes part. Let it confirm first."),
}


class RefusedError(Exception):
    """It is not allowed; the words name the rule and what would satisfy it."""


def refusal(action: str, state: State, role: Role, about: Member | None = None, *, is_own: bool = True) -> str:
    """Why not, in words; empty when it is allowed. `is_own`: whether what it is done to is the actor's."""
    line = ACTIONS[action]
    if role == Role.NOBODY:
        return str(_("Only people of the organisations in it do this."))
    if state not in line.states:
        return str(line.before if line.before and state == State.DRAFT else _STATES[state])
    if role not in line.roles:
        return str(line.who)
    if line.own and role not in LEAD and not is_own:
        return str(_("Only who added it and the organisation that leads remove it. Ask them."))
    if line.about and (about is None or about.is_lead or about.status != line.about):
        return str(_ABOUT[line.about])
    return ""


def state_of(consortium: Consortium, now: datetime | None = None) -> State:
    """Of now; by the database's clock where seconds decide. Prefetch the call's `deadlines` for several."""
    if consortium.status != Consortium.Status.DRAFT:
        return State(consortium.status)
    is_over = call_state(consortium.call, now).code in {"closed", "withdrawn"}
    return State.CALL_OVER if is_over else State.DRAFT


def role_in(member: Member | None, memberships: Iterable[Membership]) -> Role:
    """As whom a person with these memberships acts for this member."""
    own = next((each for each in memberships if member and each.organisation_id == member.organisation_id), None)
    if member is None or own is None or member.status not in Member.STANDING:
        return Role.NOBODY
    standing = "lead" if member.is_lead else "member" if member.status == Member.Status.JOINED else "invited"
    return Role(f"{standing}_{'owner' if own.role == Membership.Role.OWNER else 'editor'}")
