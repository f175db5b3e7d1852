"""Two profiles become one: of two introductions to the same third in one call the one that was answered goes on."""

from itertools import product
from typing import Any

import pytest
from django.utils import timezone

from consortia.introductions import asking
from consortia.introductions.models import Introduction
from notifications.outbox.models import Message
from partners.merging.merging import merge
from partners.merging.plan import plan
from partners.organisations.models import Organisation
from tests.consortia.partnering import Meeting, mails, meeting, party

pytestmark = pytest.mark.django_db
__all__ = ["meeting"]

WEIGHT = ["waiting", "accepted", "declined"]


def keep(meeting: Meeting, *sides: Organisation, status: str) -> Introduction:
    answered = {"answered_at": timezone.now()} if status in {"accepted", "declined"} else {}
    one, other = sides
    return Introduction.objects.create(
        call=meeting.call, from_organisation=one, to_organisation=other, message="x", status=status, **answered
    )


def merged(kept: Organisation, gone: Organisation, by: Any) -> None:
    merge(kept, gone, seen=plan(kept, gone).digest, by=by)


@pytest.mark.parametrize("asks", [True, False])
@pytest.mark.parametrize(("kept", "gone"), list(product(WEIGHT, WEIGHT)))
def test_a_no_goes_on_then_a_yes(meeting: Meeting, editor_user: Any, kept: str, gone: str, *, asks: bool) -> None:
    stays, goes = meeting.asks.organisation, party(meeting.call, "Twin").organisation
    third = meeting.asked.organisation
    keep(meeting, stays, third, status=kept)
    keep(meeting, *((goes, third) if asks else (third, goes)), status=gone)
    merged(stays, goes, editor_user)
    left = Introduction.objects.get()
    assert left.status == max(kept, gone, key=WEIGHT.index)
    assert {left.from_organisation, left.to_organisation} == {stays, third}


def test_what_was_taken_back_and_other_calls_go_over(meeting: Meeting, editor_user: Any) -> None:
    stays, goes = meeting.asks.organisation, party(meeting.call, "Twin").organisation
    third = meeting.asked.organisation
    keep(meeting, stays, third, status="accepted")
    keep(meeting, goes, third, status="withdrawn")
    keep(meeting, goes, party(meeting.call, "Fourth").organisation, status="declined")
    merged(stays, goes, editor_user)
    assert sorted(Introduction.objects.filter(from_organisation=stays).values_list("status", flat=True)) == [
        "accepted",
        "declined",
        "withdrawn",
    ]


def test_the_question_between_the_two_is_asked_no_more(meeting: Meeting, editor_user: Any) -> None:
    meeting.ask()
    merged(meeting.asks.organisation, meeting.asked.organisation, editor_user)
    assert not Introduction.objects.exists()
    assert mails("asked")["person@asked.example"].status == Message.Status.WITHDRAWN


def test_the_question_that_gives_way_is_not_mailed(meeting: Meeting, editor_user: Any) -> None:
    made, twin = meeting.ask(), party(meeting.call, "Twin")
    keep(meeting, twin.organisation, meeting.asked.organisation, status="declined")
    merged(meeting.asks.organisation, twin.organisation, editor_user)
    assert mails("asked")["person@asked.example"].status == Message.Status.WITHDRAWN
    with pytest.raises(asking.DeclinedError):
        meeting.ask()
    assert not Introduction.objects.filter(pk=made.pk).exists()
