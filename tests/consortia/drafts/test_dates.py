"""Everybody in a consortium hears when a date of its call moves."""

from datetime import timedelta

import pytest
from django.test import Client

from calls.moving import deadlines
from consortia.consortium.actions import Role
from consortia.drafting import beginning, membership
from notifications.outbox.models import Message
from tests.consortia.drafts.drafting import Draft, draft

__all__ = ["draft"]
pytestmark = pytest.mark.django_db


def moved(draft: Draft) -> set[str]:
    row = draft.call.deadlines.get()
    reason = {"en": "Later.", "nl": "Later.", "fr": "Plus tard.", "de": "Später."}
    deadlines.move(row, due_at=row.due_at + timedelta(days=7), reason=reason, by=None)
    return set(Message.objects.filter(kind="calls/deadline_moved").values_list("to_email", flat=True))


def test_who_takes_part_or_is_asked_hears_once(draft: Draft) -> None:
    membership.remove(draft.consortium, draft.joined, by=draft.people[Role.LEAD_OWNER])
    told = moved(draft)
    inside = {draft.people[role].email for role in Role if role.startswith(("lead", "invited"))}
    assert inside <= told
    assert not told & {draft.people[role].email for role in Role if role.startswith(("member", "nobody"))}


def test_a_draft_that_was_given_up_is_no_ground(draft: Draft) -> None:
    beginning.give_up(draft.consortium, by=draft.people[Role.LEAD_OWNER])
    assert not moved(draft) & {person.email for person in draft.people.values()}


def test_staff_see_how_many_take_part_each_organisation_once(draft: Draft, editor: Client) -> None:
    shown = editor.get("/admin/snippets/calls/call/").context["object_list"]
    counts = {each.pk: each.taking_part for each in shown}
    # The lead by its interest; who joined and who is asked by the draft.
    assert counts[draft.call.pk] == 3
