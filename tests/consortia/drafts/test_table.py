"""The table of actions holds for the verbs: every action, in every state, by every role; nothing else changes it."""

from collections.abc import Callable
from datetime import timedelta
from itertools import product
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from accounts.users.models import User
from consortia.consortium.actions import ACTIONS, RefusedError, Role, State, refusal
from consortia.consortium.models import Consortium, Member
from consortia.declaration import declaring
from consortia.drafting import beginning, changing, membership
from consortia.filling import writing
from consortia.proposal import submitting
from consortia.sharing import setting
from consortia.sign_off import answering, versions
from tests.consortia.drafts.drafting import Draft, draft, organisation
from tests.consortia.drafts.working import WORK
from tests.consortia.proposal.proposing import filled, text_part

pytestmark = pytest.mark.django_db
__all__ = ["draft"]

# Written by hand beside the table of the code: who may, of L(ead), M(ember), I(nvited), each as O(wner) or E(ditor).
# What organisations work with beside the text that they sign.
WORKING = (
    *(
        "add_document",
        "replace_document",
        "remove_document",
        "remove_version",
        "add_note",
        "change_note",
        "remove_note",
    ),
    *("add_task", "change_task", "finish_task", "reopen_task", "remove_task"),
)
MAY = {
    "change_words": "LO LE MO ME",
    "invite": "LO LE",
    "withdraw_invitation": "LO LE",
    "set_part": "LO LE MO ME IO IE",
    "confirm": "LO MO IO",
    "decline": "MO IO",
    "leave": "MO",
    "remove": "LO",
    "hand_over": "LO",
    "give_up": "LO",
    "share": "LO",
    "declare": "LO",
    "withdraw_declaration": "LO",
    "submit": "LO LE",
    "fill_part": "LO LE MO ME",
    **dict.fromkeys(WORKING, "LO LE MO ME"),
}
WHEN = {
    State.DRAFT: set(MAY) - {"withdraw_declaration", "fill_part", "submit"},
    State.DECLARED: {"leave", "share", "withdraw_declaration", "fill_part", "submit", *WORKING},
    State.CALL_OVER: {"leave", "give_up", "share"},
    State.GIVEN_UP: set(),
}
# What was done already, in the state that it led to: no refusal, and nothing is done.
DONE = {("give_up", State.GIVEN_UP), ("declare", State.DECLARED)}
SHORT = dict(zip(["LO", "LE", "MO", "ME", "IO", "IE"], Role, strict=False))


def _own(draft: Draft, role: Role) -> Member:
    """The member for which somebody of that role acts; a stranger tries for the invited one."""
    kinds = {"lead": draft.lead, "member": draft.joined, "invited": draft.invited}
    return kinds.get(role.split("_")[0], draft.invited)


def _set_part(draft: Draft, member: Member, by: User) -> Any:
    seen = changing.seen_part(member)
    return changing.set_part(draft.consortium, member, role="associate", tracks=[], seen=seen, by=by)


def _declare(draft: Draft, member: Member, by: User) -> bool:
    before = draft.consortium.declarations.count()
    declaring.declare(draft.consortium, by=by)
    return draft.consortium.declarations.count() > before


def _fill_part(draft: Draft, member: Member, by: User) -> Any:
    return writing.write(draft.consortium, text_part(draft.call), text="We build.", was=0, by=by)


def _submit(draft: Draft, member: Member, by: User) -> bool:
    """What somebody filled in before."""
    filled(draft.consortium, text_part(draft.call))
    before = draft.consortium.proposals.count()
    submitting.submit(draft.consortium, by=by)
    return draft.consortium.proposals.count() > before


VERBS: dict[str, Callable[[Draft, Member, User], Any]] = {
    "change_words": lambda draft, own, by: changing.change_words(
        draft.consortium, name="Other", summary={"en": "x"}, seen=changing.seen_words(draft.consortium), by=by
    ),
    "invite": lambda draft, own, by: membership.invite(draft.consortium, organisation(f"New{uuid4().hex}")[0], by=by),
    "withdraw_invitation": lambda draft, own, by: membership.withdraw_invitation(
        draft.consortium, draft.invited, by=by
    ),
    "set_part": _set_part,
    "confirm": lambda draft, own, by: answering.confirm(
        draft.consortium, own, number=versions.latest(draft.consortium).number, by=by
    ),
    "decline": lambda draft, own, by: answering.decline(draft.consortium, own, reason="No.", by=by),
    "leave": lambda draft, own, by: membership.leave(draft.consortium, own, by=by),
    "remove": lambda draft, own, by: membership.remove(draft.consortium, draft.joined, by=by),
    "hand_over": lambda draft, own, by: membership.hand_over(draft.consortium, draft.joined, by=by),
    "give_up": lambda draft, own, by: beginning.give_up(draft.consortium, by=by),
    "share": lambda draft, own, by: setting.share(
        draft.consortium, shown=Consortium.Shown.NAMES, seen=draft.consortium.shown_to_centre, by=by
    ),
    "declare": _declare,
    "withdraw_declaration": lambda draft, own, by: declaring.withdraw(draft.consortium, by=by),
    "fill_part": _fill_part,
    "submit": _submit,
    **WORK,
}


def _allowed(action: str, state: State, role: Role) -> bool:
    may = role in {SHORT[each] for each in MAY[action].split()}
    return may and action in WHEN[state]


def _bring_into(draft: Draft, state: State, action: str = "") -> None:
    if state == State.DECLARED or action == "declare":
        draft.make_ready()
    if state == State.DECLARED:
        draft.declare()
        # So that somebody acts for an invited one: none is left in a consortium that is declared.
        Member.objects.filter(pk=draft.invited.pk).update(status="invited")
    if state == State.CALL_OVER:
        draft.call.deadlines.update(due_at=timezone.now() - timedelta(days=2))
    if state == State.GIVEN_UP:
        Consortium.objects.filter(pk=draft.consortium.pk).update(status="given_up")
    draft.consortium = Consortium.objects.get(pk=draft.consortium.pk)


def _standing(draft: Draft) -> Any:
    members = draft.consortium.members.order_by("pk").values_list("pk", "status", "is_lead", "role")
    found = Consortium.objects.filter(pk=draft.consortium.pk).values_list("name", "status", "shown_to_centre")
    return list(members), list(found), draft.consortium.entries.count(), versions.latest(draft.consortium).number


def test_the_table_is_the_one_here() -> None:
    assert set(ACTIONS) == set(MAY) == set(VERBS)
    for action, state, role in product(ACTIONS, State, Role):
        about = Member(status=ACTIONS[action].about or "")
        assert (not refusal(action, state, role, about)) == _allowed(action, state, role), (action, state, role)


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("action", ACTIONS)
def test_the_verbs_keep_to_it(draft: Draft, action: str, state: State) -> None:
    _bring_into(draft, state, action)
    before = _standing(draft)
    for role in sorted(Role, key=lambda role: _allowed(action, state, role)):
        own, by = _own(draft, role), draft.people[role]
        if _allowed(action, state, role):
            VERBS[action](draft, own, by)
            assert _standing(draft) != before, role
            return
        if (action, state) in DONE and (role == Role.LEAD_OWNER or (action == "give_up" and role != Role.NOBODY)):
            assert not VERBS[action](draft, own, by)
        else:
            with pytest.raises(RefusedError) as refused:
                VERBS[action](draft, own, by)
            assert str(refused.value), role
        assert _standing(draft) == before, role


@pytest.mark.parametrize("action", ACTIONS)
def test_sent_twice_it_is_done_once(draft: Draft, action: str) -> None:
    role = SHORT[MAY[action].split()[-1 if action == "confirm" else 0]]
    own, by = _own(draft, role), draft.people[role]
    new = organisation("New")[0]
    verb = VERBS[action]
    needs_declaration = action in {"withdraw_declaration", "fill_part", "submit"}
    if action == "declare" or needs_declaration:
        draft.make_ready()
    if needs_declaration:
        draft.declare()
    if action == "invite":
        verb = lambda draft, own, by: membership.invite(draft.consortium, new, by=by)  # noqa: E731
    assert verb(draft, own, by)
    after = _standing(draft)
    # A page that was loaded before: the second press of the same button.
    assert not verb(draft, own, by)
    assert _standing(draft) == after


@pytest.mark.parametrize("action", ["withdraw_invitation", "remove", "hand_over"])
def test_what_is_about_another_asks_what_it_is(draft: Draft, action: str) -> None:
    wrong = draft.joined if action == "withdraw_invitation" else draft.invited
    for about in (wrong, draft.lead):
        if action == "hand_over" and about == draft.lead:
            continue
        with pytest.raises(RefusedError):
            getattr(membership, action)(draft.consortium, about, by=draft.people[Role.LEAD_OWNER])
