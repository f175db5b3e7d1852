"""Two things that happen to an interest at the same moment."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from consortia.interest import links
from consortia.interest.models import Interest
from consortia.interest.registration import register_interest, withdraw
from hub.vocabularies.models import Term
from notifications.outbox.models import Message
from tests.factories.consortia import InterestFactory
from tests.factories.hub import DeadlineFactory
from tests.factories.partners import public_call
from tests.meanwhile import while_uncommitted

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_form_that_meets_a_withdrawal_begins_anew_instead_of_correcting_what_is_gone() -> None:
    call = DeadlineFactory.create(due_at=timezone.now() + timedelta(days=7), governs="interest").call
    sector, _new = Term.objects.get_or_create(vocabulary="sector", code="citizens", defaults={"label": "Citizens"})
    interest = InterestFactory.create(
        call=call, sector=sector, email="ideas@example.org", organisation_name="House of Ideas"
    )

    def send_form() -> Interest:
        return register_interest(
            call,
            organisation_name="House of Ideas",
            sector=sector,
            contact_name="Coordinator",
            email="ideas@example.org",
            language="en",
            consent_wording="Agreed.",
            tracks=[],
            offers="We would like to.",
        )

    while_uncommitted(lambda: withdraw(Interest.objects.get(pk=interest.pk)), send_form)
    interest.refresh_from_db()
    assert (interest.status, interest.proposed) == (Interest.Status.PENDING, None)
    assert Message.objects.filter(kind="consortia/confirm_interest").exists()


@pytest.mark.usefixtures("set_up_anew")
def test_two_spellings_of_an_organisation_at_once_are_one_interest_and_one_mail() -> None:
    call = public_call(due_at=timezone.now() + timedelta(days=7), governs="interest")
    sector = Term.objects.get(vocabulary="sector", code="citizens")

    def send_form(name: str) -> Interest:
        return register_interest(
            call,
            organisation_name=name,
            sector=sector,
            contact_name="Coordinator",
            email="ville@example.org",
            language="en",
            consent_wording="Agreed.",
            tracks=[],
        )

    second = while_uncommitted(lambda: send_form("Ville de Liège"), lambda: send_form("ville de liege"))
    assert Interest.objects.get() == second
    assert second.organisation_name == "ville de liege"
    assert Message.objects.filter(kind="consortia/confirm_interest").count() == 1


def corrected(offers: str) -> tuple[Interest, Callable[[str], Interest], Callable[[], Any]]:
    """A confirmed interest for which other answers wait; who sends the form again, and who presses the link."""
    call = public_call(due_at=timezone.now() + timedelta(days=7), governs="interest")
    interest = InterestFactory.create(call=call, email="ideas@example.org", organisation_name="House of Ideas")

    def send_form(offers: str) -> Interest:
        return register_interest(
            call,
            organisation_name="House of Ideas",
            sector=interest.sector,
            contact_name="Coordinator",
            email="ideas@example.org",
            language="en",
            consent_wording="Agreed.",
            tracks=[],
            offers=offers,
        )

    send_form(offers)
    link = links.correction_token(Interest.objects.get(pk=interest.pk))
    with translation.override("en"):
        path = reverse("consortia:correct_interest", args=[link])
    return interest, send_form, lambda: Client().post(path)


def receipts() -> int:
    return Message.objects.filter(kind="consortia/interest_received").count()


def questions() -> int:
    return Message.objects.filter(kind="consortia/confirm_correction").count()


@pytest.mark.usefixtures("set_up_anew")
def test_a_link_pressed_twice_at_once_takes_the_answers_once_and_says_so_twice() -> None:
    interest, _send_form, press = corrected("We bring a building.")
    answers: list[HttpResponse] = []
    answers.append(while_uncommitted(lambda: answers.append(press()), press))
    assert [answer.status_code for answer in answers] == [302, 302]
    interest.refresh_from_db()
    assert (interest.offers, interest.proposed) == ("We bring a building.", None)
    assert receipts() == 1


@pytest.mark.usefixtures("set_up_anew")
def test_a_link_pressed_while_other_answers_arrive_takes_neither_unseen() -> None:
    interest, send_form, press = corrected("We bring a building.")
    refused = while_uncommitted(lambda: send_form("We bring a boat."), press)
    assert refused.status_code == 404, "nothing was replaced, and the page does not say so"
    interest.refresh_from_db()
    assert interest.offers == ""
    assert (interest.proposed or {})["offers"] == "We bring a boat."
    assert (receipts(), questions()) == (0, 2)


@pytest.mark.usefixtures("set_up_anew")
def test_the_same_form_while_its_answers_are_taken_asks_nothing_more() -> None:
    interest, send_form, press = corrected("We bring a building.")
    while_uncommitted(press, lambda: send_form("We bring a building."))
    interest.refresh_from_db()
    assert (interest.offers, interest.proposed) == ("We bring a building.", None)
    assert (receipts(), questions()) == (1, 1)
