"""What an interest says: how it contributes, what it offers and seeks, and whether others may see it."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from consortia.interest import answers
from consortia.interest.models import Contribution, Interest
from consortia.interest.registration import confirm
from hub.vocabularies.models import Term
from notifications.delivery.rendering import render
from notifications.outbox.models import Message
from tests.consortia.test_interests import address, filled_in, in_a_week
from tests.factories.consortia import InterestFactory
from tests.factories.partners import OrganisationFactory, public_call, term
from tests.public_forms import Page, typed

pytestmark = pytest.mark.django_db

SAID = {
    "role": "associate",
    "tracks": ["financing", "training"],
    "how_financing": "We lend money.",
    "looks_for": "Somebody who counts.",
    "seeks_sectors": ["academia"],
    "seeks_tracks": ["impact-inclusion"],
    "is_shown": "on",
}


def said(interest: Interest) -> dict[str, Any]:
    interest.refresh_from_db()
    return {
        "role": interest.role,
        "how": {each.track.code: each.how for each in interest.contributions.select_related("track")},
        "offers": interest.offers,
        "looks_for": interest.looks_for,
        "seeks": sorted(interest.seeks.values_list("code", flat=True)),
        "is_shown": interest.is_shown,
    }


ALL_OF_IT = {
    "role": "associate",
    "how": {"financing": "We lend money.", "training": ""},
    "offers": "We bring a building.",
    "looks_for": "Somebody who counts.",
    "seeks": ["academia", "impact-inclusion"],
    "is_shown": True,
}


def test_the_form_keeps_all_that_was_said_and_the_mails_tell_it(client: Client) -> None:
    call = public_call(due_at=in_a_week())
    client.post(address("interest", call.pk), filled_in(**SAID))
    interest = Interest.objects.get()
    assert said(interest) == ALL_OF_IT
    link = Message.objects.get().context["confirm_url"].removeprefix("http://localhost:8000")
    page = client.get(link).content.decode()
    for words in ("We lend money.", "Somebody who counts.", "Academia", "Join as an associate"):
        assert words in page
    confirm(interest)
    receipt = render(Message.objects.get(kind="consortia/interest_received"), now=timezone.now())
    for text in (receipt.html, receipt.text):
        assert "We lend money." in text
        assert "partners/new/profile/" in text


def test_a_correction_carries_all_of_it(client: Client) -> None:
    call = public_call(due_at=in_a_week())
    interest = InterestFactory.create(call=call, email="ideas@example.org", organisation_name="House of Ideas")
    Contribution.objects.create(interest=interest, track=term("track", "government"), how="With a law.")
    client.post(address("interest", call.pk), filled_in(**SAID))
    link = Message.objects.get(kind="consortia/confirm_correction").context["confirm_url"]
    page = client.get(link.removeprefix("http://localhost:8000")).content.decode()
    assert "We lend money." in page
    assert "With a law." not in page
    assert said(interest)["how"] == {"government": "With a law."}, "looking changes nothing"
    client.post(link.removeprefix("http://localhost:8000"))
    assert said(interest) == ALL_OF_IT
    client.post(address("interest", call.pk), filled_in(**SAID))
    assert Message.objects.filter(kind="consortia/confirm_correction").count() == 1, "the same answers once more"


def test_answers_that_waited_since_before_are_taken_as_far_as_they_go() -> None:
    """Links of the last days carry what the form asked then."""
    interest = InterestFactory.create(call=public_call())
    track = term("track", "training")
    old = {"sector": interest.sector_id, "contact_name": "Who", "role": "lead", "tracks": [track.pk], "offers": "Boat."}
    answers.put(interest, old)
    assert said(interest)["how"] == {"training": ""}
    assert interest.role == "lead"


@pytest.mark.parametrize(
    ("broken", "words"),
    [
        ({"how_financing": "x" * 301}, "300"),
        ({"tracks": ["training"]}, "Tick the action track as well"),
        ({"seeks_sectors": ["nothing"]}, "nothing is not one of the available"),
        ({"role": "boss"}, "boss is not one of the available"),
    ],
)
def test_a_refused_form_loses_nothing(client: Client, broken: dict[str, Any], words: str) -> None:
    sent = filled_in(**SAID | broken)
    answer = client.post(address("interest", public_call(due_at=in_a_week()).pk), sent)
    page = answer.content.decode()
    assert words in page.replace("&quot;", "")
    assert not Interest.objects.exists()
    shown = typed(Page(page).sent)
    for name in ("how_financing", "offers", "looks_for", "tracks", "seeks_tracks", "is_shown"):
        wanted = ["on"] if sent[name] == "on" else sent[name]
        assert shown[name] == typed({name: wanted})[name]


def test_too_late_everything_comes_back_for_copying(client: Client) -> None:
    call = public_call(due_at=timezone.now())
    page = client.post(address("interest", call.pk), filled_in(**SAID)).content.decode()
    for words in ("We lend money.", "Somebody who counts.", "Join as an associate, without funding", "Academia"):
        assert words in page


def test_the_form_offers_the_tracks_of_the_call(client: Client) -> None:
    call = public_call(due_at=in_a_week())
    call.tracks = [term("track", "financing"), term("track", "regional")]
    call.save()
    page = client.get(address("interest", call.pk)).content.decode()
    fields = [f"how_{code}" for code in Term.objects.of("track").values_list("code", flat=True)]
    assert [name for name in fields if f'name="{name}"' in page] == ["how_financing", "how_regional"]


def test_only_what_counts_and_is_allowed_is_shown() -> None:
    call = public_call()
    listed, hidden = OrganisationFactory.create(), OrganisationFactory.create(status="hidden")
    shown = [
        InterestFactory.create(call=call, organisation=listed, is_shown=True),
        InterestFactory.create(call=call, is_shown=True),
    ]
    InterestFactory.create(call=call, organisation=hidden, is_shown=True)
    InterestFactory.create(call=call)
    InterestFactory.create(call=call, is_shown=True, status="withdrawn")
    InterestFactory.create(call=call, is_shown=True, status="pending", confirmed_at=None)
    assert set(Interest.objects.shown()) == set(shown)
