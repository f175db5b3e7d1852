"""Asking for an introduction, answering, taking back: once, told to who has to know, addresses only after a yes."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connections, transaction
from django.utils import timezone

from accounts.privacy.keeping import erase_what_is_due
from consortia.interest.models import Interest
from consortia.interest.registration import withdraw as withdraw_interest
from consortia.introductions import answering, asking, emails
from consortia.introductions.models import Introduction
from notifications.delivery.rendering import render
from notifications.outbox.models import Message
from partners.organisations.models import Membership, Organisation
from tests.consortia.partnering import Meeting, address, mails, meeting, new_meeting, party
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
__all__ = ["meeting"]


def words(mail: Message) -> str:
    rendered = render(mail, now=timezone.now())
    return f"{rendered.subject}\n{rendered.text}\n{rendered.html}"


def test_all_who_act_for_the_other_organisation_hear_and_see_no_address(meeting: Meeting) -> None:
    second = UserFactory.create(email="second@asked.example", language="nl")
    Membership.objects.create(organisation=meeting.asked.organisation, user=second)
    unproved = UserFactory.create(verified=False)
    Membership.objects.create(organisation=meeting.asked.organisation, user=unproved)
    made = meeting.ask("Let us build a fund.")
    sent = mails("asked")
    assert set(sent) == {"person@asked.example", "second@asked.example"}
    assert sent["second@asked.example"].language == "nl"
    told = words(sent["person@asked.example"])
    for each in ("Let us build a fund.", "Ann OfAsks", "Asks", address("introduction", made.pk)):
        assert each in told, each
    assert "person@asks.example" not in told
    assert "reply_to" not in sent["person@asked.example"].context


def test_asked_again_it_is_the_same_one_from_either_side(meeting: Meeting) -> None:
    first = meeting.ask()
    assert meeting.ask("Other words") == first
    back = asking.ask(
        meeting.call,
        on_behalf_of=meeting.asked.organisation,
        to=meeting.asks.organisation,
        message="We, too",
        by=meeting.asked.person,
    )
    assert back == first
    assert Introduction.objects.get().message == "Shall we?"
    assert len(mails("asked")) == 1


@pytest.mark.django_db(transaction=True)
def test_both_ask_at_once_and_there_is_one(set_up_anew: None) -> None:
    there = new_meeting()
    sides = [(there.asks, there.asked), (there.asked, there.asks)] * 3

    def ask(pair: Any) -> int:
        one, other = pair
        try:
            made = asking.ask(
                there.call, on_behalf_of=one.organisation, to=other.organisation, message="x", by=one.person
            )
            return made.pk
        finally:
            connections.close_all()

    with ThreadPoolExecutor(6) as pool:
        assert len(set(pool.map(ask, sides))) == 1
    assert Introduction.objects.count() == 1
    assert Message.objects.filter(kind="consortia/introduction_asked").count() == 1


def test_a_yes_shows_each_the_contact_of_the_other(meeting: Meeting) -> None:
    made = meeting.ask()
    assert answering.accept(made, by=meeting.asked.person, note="Gladly.")
    made.refresh_from_db()
    assert (made.status, made.answered_by, made.note) == ("accepted", meeting.asked.person, "Gladly.")
    sent = mails("accepted")
    assert set(sent) == {"person@asks.example", "person@asked.example"}
    for receiver, contact in (("asks", "asked"), ("asked", "asks")):
        mail = sent[f"person@{receiver}.example"]
        assert mail.context["reply_to"] == f"person@{contact}.example"
        assert f"person@{contact}.example" in words(mail)
        assert f"Ann Of{contact.capitalize()}" in words(mail)
        assert "Gladly." in words(mail)


def test_a_no_is_told_politely_and_without_an_address(meeting: Meeting) -> None:
    made = meeting.ask()
    assert answering.decline(made, by=meeting.asked.person, note="Next time.")
    assert set(mails("declined")) == {"person@asks.example"}
    told = words(mails("declined")["person@asks.example"])
    assert "Next time." in told
    assert "person@asked.example" not in told
    assert "Ann OfAsked" not in told
    assert mails("accepted") == {}


@pytest.mark.parametrize("back", [False, True])
def test_after_a_no_neither_asks_again_for_that_call(meeting: Meeting, back: bool) -> None:
    answering.decline(meeting.ask(), by=meeting.asked.person)
    if back:
        meeting.asks, meeting.asked = meeting.asked, meeting.asks
    with pytest.raises(asking.DeclinedError):
        meeting.ask()


def test_it_is_answered_once(meeting: Meeting) -> None:
    made = meeting.ask()
    assert answering.accept(made, by=meeting.asked.person)
    assert not answering.decline(made, by=meeting.asked.person)
    assert not answering.accept(made, by=meeting.asked.person)
    assert not asking.withdraw(made)
    assert Introduction.objects.get().status == "accepted"
    assert len(mails("accepted")) == 2
    assert mails("declined") == {}


def test_taken_back_it_asks_nobody_any_more_and_may_be_asked_again(meeting: Meeting) -> None:
    made = meeting.ask()
    assert asking.withdraw(made)
    assert mails("asked")["person@asked.example"].status == Message.Status.WITHDRAWN
    assert not answering.accept(made, by=meeting.asked.person)
    assert mails("accepted") == {}
    assert meeting.ask("Better words") != made


def test_once_answered_the_question_goes_to_nobody_else(meeting: Meeting) -> None:
    answering.decline(meeting.ask(), by=meeting.asked.person)
    assert mails("asked")["person@asked.example"].status == Message.Status.WITHDRAWN


def test_who_asked_and_left_since_is_not_shown(meeting: Meeting) -> None:
    made = meeting.ask()
    Membership.objects.filter(user=meeting.asks.person).delete()
    stays = UserFactory.create(email="stays@asks.example")
    Membership.objects.create(organisation=meeting.asks.organisation, user=stays)
    answering.accept(made, by=meeting.asked.person)
    sent = mails("accepted")
    assert set(sent) == {"stays@asks.example", "person@asked.example"}
    assert "person@asks.example" not in words(sent["person@asked.example"])


def _withdraw_own(meeting: Meeting) -> None:
    withdraw_interest(meeting.asks.interest)


def _hide_other(meeting: Meeting) -> None:
    Interest.objects.filter(pk=meeting.asked.interest.pk).update(is_shown=False)


def _unlist_other(meeting: Meeting) -> None:
    Organisation.objects.filter(pk=meeting.asked.organisation.pk).update(status="hidden")


def _close(meeting: Meeting) -> None:
    meeting.call.deadlines.update(due_at=timezone.now() - timedelta(days=1))


def _withdraw_call(meeting: Meeting) -> None:
    meeting.call.withdrawn_at = timezone.now()


def _nobody_there(meeting: Meeting) -> None:
    Membership.objects.filter(organisation=meeting.asked.organisation).delete()


def _ask_oneself(meeting: Meeting) -> None:
    meeting.asked = meeting.asks


@pytest.mark.parametrize(
    "against",
    [_withdraw_own, _hide_other, _unlist_other, _close, _withdraw_call, _nobody_there, _ask_oneself],
    ids=lambda each: each.__name__,
)
def test_it_takes_two_who_take_part_in_a_call_that_goes_on(meeting: Meeting, against: Any) -> None:
    against(meeting)
    with pytest.raises(asking.NotPossibleError):
        meeting.ask()
    assert not Introduction.objects.exists()
    assert not mails("asked")


def test_the_database_keeps_one_for_each_pair_and_call(meeting: Meeting) -> None:
    made = meeting.ask()
    for one, other in ((meeting.asks, meeting.asked), (meeting.asked, meeting.asks), (meeting.asks, meeting.asks)):
        with pytest.raises(IntegrityError), transaction.atomic():
            Introduction.objects.create(
                call=made.call, from_organisation=one.organisation, to_organisation=other.organisation, message="x"
            )


def test_it_goes_after_a_year(meeting: Meeting) -> None:
    old, young = meeting.ask(), party(meeting.call, "Third")
    Introduction.objects.update(asked_at=timezone.now() - timedelta(days=366))
    meeting.asked = young
    kept = meeting.ask()
    erase_what_is_due()
    assert list(Introduction.objects.all()) == [kept]
    assert old.pk != kept.pk


def test_who_deletes_the_account_leaves_no_name(meeting: Meeting) -> None:
    made = meeting.ask()
    answering.accept(made, by=meeting.asked.person)
    meeting.asks.person.delete()
    made.refresh_from_db()
    assert made.asked_by is None


def test_to_what_is_hidden_nobody_is_introduced(meeting: Meeting) -> None:
    """Neither by an answer nor by a mail that still waits; what is hidden asks nobody either."""
    made, hidden = meeting.ask(), Organisation.objects.filter(pk=meeting.asks.organisation.pk)
    hidden.update(status="hidden")
    assert not answering.accept(made, by=meeting.asked.person)
    assert mails("accepted") == {}
    waiting = mails("asked")["person@asked.example"]
    assert emails.withdraw_stale([waiting.pk]) == 1
    waiting.refresh_from_db()
    assert waiting.status == Message.Status.WITHDRAWN
    hidden.update(status="listed")
    assert asking.withdraw(made)
    hidden.update(status="hidden")
    meeting.asks.organisation.refresh_from_db()
    with pytest.raises(asking.NotPossibleError):
        meeting.ask()


def test_a_question_that_is_gone_is_not_mailed_and_one_that_waits_is(meeting: Meeting) -> None:
    made = meeting.ask()
    waiting = mails("asked")["person@asked.example"]
    assert emails.withdraw_stale([waiting.pk]) == 0
    Introduction.objects.filter(pk=made.pk).delete()
    assert emails.withdraw_stale([waiting.pk]) == 1
