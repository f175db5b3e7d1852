"""Name and address together are the person: colleagues share a mailbox, and the same person may correct answers."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.users.models import User
from events.seats import persons
from events.seats.models import Registration
from events.seats.registration import EventFullError, register
from notifications.delivery.rendering import render
from notifications.outbox.models import Message
from tests.factories.events import EventFactory, RegistrationFactory, event_with_page
from tests.public_forms import PERSON, Page, PublicForm, public_forms

pytestmark = pytest.mark.django_db

ADDRESS = "office@example.org"
ANSWERS: dict[str, Any] = {"email": ADDRESS, "language": "en", "consent_wording": "Agreed."}


@pytest.fixture
def form() -> PublicForm:
    return public_forms()["SignUpForm"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Jan Peeters", "J. Peeters"),
        ("Jan Peeters", "Peeters Jan"),
        ("Jan Peeters", "Jan P. Peeters"),
        ("Jan Peeters", "Jan Peters"),
        ("Zoë van den Berg", "Z. Berg"),
        ("Peeters", "Jan Peeters"),
    ],
)
def test_what_may_be_the_same_person_is_a_question(one: str, other: str) -> None:
    assert persons.alike(one, [other]) == [other]
    assert persons.alike(other, [one]) == [one]


@pytest.mark.parametrize(
    ("one", "other"),
    [("Jan Peeters", "An Vermeulen"), ("Jan Peeters", "Marie Peeters"), ("J. P.", "Jan Peeters"), ("Jan", "Piet")],
)
def test_others_are_others(one: str, other: str) -> None:
    assert persons.alike(one, [other]) == []


@pytest.mark.parametrize("again", ["jan  peeters", "JAN PEETERS", "Ján Peeters", "Jan-Peeters", "Jan Peeters\u00a0"])
def test_the_same_name_in_another_spelling_is_the_same_person(again: str) -> None:
    event = EventFactory.create()
    first = register(event, name="Jan Peeters", **ANSWERS)
    assert register(event, name=again, **ANSWERS).pk == first.pk


def test_a_colleague_gets_a_seat_a_mail_and_a_link_of_their_own(client: Client, form: PublicForm) -> None:
    for name in ("Jan Peeters", "Marie Claes"):
        assert client.post(form.path, form.filled_in(name=name)).status_code == 302
    assert sorted(Registration.objects.confirmed().values_list("name", flat=True)) == ["Jan Peeters", "Marie Claes"]
    mails = Message.objects.filter(kind="events/registered", to_email=PERSON)
    assert {mail.context["name"] for mail in mails} == {"Jan Peeters", "Marie Claes"}
    assert len({mail.context["cancel_url"] for mail in mails}) == 2


def test_new_answers_of_the_same_person_replace_the_old_ones_and_are_confirmed(
    client: Client, form: PublicForm
) -> None:
    client.post(form.path, form.filled_in(access_needs="A ramp."))
    client.post(form.path, form.filled_in(access_needs="Sign language.", name="JO PEETERS"))
    seat = Registration.objects.get()
    assert (seat.access_needs, seat.name) == ("Sign language.", "JO PEETERS")
    latest = Message.objects.latest("pk")
    words = render(latest, now=timezone.now())
    assert words.subject.startswith("Your answers are changed")
    assert "Sign language" not in words.text, "what somebody needs may tell of their health"
    [link] = re.findall(r"http://localhost:8000(/en/events/cancel/\S+)", words.text)
    assert "Sign language." in client.get(link).content.decode()


def test_who_has_a_seat_may_correct_answers_when_all_seats_are_taken() -> None:
    event = EventFactory.create(capacity=1)
    register(event, name="Jo", access_needs="A ramp.", **ANSWERS)
    with pytest.raises(EventFullError):
        register(event, name="Jo", access_needs="", **ANSWERS)
    assert Registration.objects.get().access_needs == ""
    assert Message.objects.filter(kind="events/registered").count() == 2


def test_the_mailbox_is_asked_about_a_similar_name(client: Client, form: PublicForm) -> None:
    """Not the page: it would tell anybody who has a seat."""
    answers = [client.post(form.path, form.filled_in(name=name)) for name in ("Jan Peeters", "J. Peeters")]
    assert {(answer.status_code, answer["Location"]) for answer in answers} == {(302, answers[0]["Location"])}
    assert Registration.objects.confirmed().count() == 2
    text = render(Message.objects.latest("pk"), now=timezone.now()).text
    assert "is also signed up in the name of Jan Peeters" in text


class TestTheOwnerOfTheAddress:
    """Who has proved to hold it may read on the page what stands there."""

    @pytest.fixture
    def asked(self, partner: Client, partner_user: User, form: PublicForm) -> Any:
        partner.post(form.path, form.filled_in(email=partner_user.email, name="Jan Peeters", access_needs="A ramp."))
        return partner.post(
            form.path, form.filled_in(email=partner_user.email, name="J. Peeters", access_needs="Sign language.")
        )

    def test_is_asked_with_everything_kept(self, asked: Any, form: PublicForm) -> None:
        page = asked.content.decode()
        assert asked.status_code == 200
        assert "is signed up for this event in the name of Jan Peeters" in page
        assert "Is that the same person?" in page
        sent = Page(page).sent
        assert (sent["name"], sent["access_needs"].strip()) == ("J. Peeters", "Sign language.")
        assert Registration.objects.get().access_needs == "A ramp."

    def test_says_yes(self, asked: Any, partner: Client, form: PublicForm) -> None:
        sent = Page(asked.content.decode()).sent | {"same": "yes"}
        assert partner.post(form.path, sent).status_code == 302
        seat = Registration.objects.get()
        assert (seat.name, seat.access_needs) == ("J. Peeters", "Sign language.")

    def test_says_no(self, asked: Any, partner: Client, form: PublicForm) -> None:
        sent = Page(asked.content.decode()).sent | {"same": "no"}
        assert partner.post(form.path, sent).status_code == 302
        assert sorted(Registration.objects.values_list("name", flat=True)) == ["J. Peeters", "Jan Peeters"]

    def test_must_say_something(self, asked: Any, partner: Client, form: PublicForm) -> None:
        again = partner.post(form.path, Page(asked.content.decode()).sent | {"same": ""})
        assert again.status_code == 200
        assert "Is that the same person?" in again.content.decode()


STATES: list[tuple[str, dict[str, Any]]] = [
    ("open", {}),
    ("full", {"capacity": 1}),
    ("closed", {"registration_closes_at": timezone.now() - timedelta(minutes=1)}),
    ("cancelled", {"cancelled_at": timezone.now()}),
]


@pytest.mark.parametrize(("state", "facts"), STATES)
def test_who_has_a_seat_and_who_has_none_get_the_same_answer(
    client: Client, form: PublicForm, state: str, facts: dict[str, Any]
) -> None:
    event = event_with_page(EventFactory.create(**facts))
    RegistrationFactory.create(event=event, name="Jo Peeters", email="known@example.org")
    path = f"/en/events/{event.uid}/sign-up/"
    known, unknown = (
        client.post(path, form.filled_in(email=email)) for email in ("known@example.org", "new@example.org")
    )
    assert known.status_code == unknown.status_code == (302 if state == "open" else 409)
    assert known.get("Location") == unknown.get("Location")
    texts = [
        re.sub(r'(name="(csrfmiddlewaretoken|rendered)" value=")[^"]*', r"\1", answer.content.decode())
        for answer in (known, unknown)
    ]
    assert texts[0].replace("known@", "new@") == texts[1]
    mailed = set(Message.objects.values_list("to_email", flat=True))
    told = {"open": {"known@example.org", "new@example.org"}, "cancelled": set()}
    assert mailed == told.get(state, {"known@example.org"}), "a cancelled event confirms no seat"
    assert not Registration.objects.filter(email="new@example.org").exists() or state == "open"


def test_the_work_of_a_refusal_tells_nobody_anything(
    client: Client, form: PublicForm, django_assert_max_num_queries: Any
) -> None:
    event = event_with_page(EventFactory.create(capacity=1))
    RegistrationFactory.create(event=event, name="Jo Peeters", email="known@example.org")
    path = f"/en/events/{event.uid}/sign-up/"
    client.post(path, form.filled_in(email="warm@example.org"))
    numbers = []
    for email in ("known@example.org", "new@example.org"):
        with django_assert_max_num_queries(60) as queries:
            client.post(path, form.filled_in(email=email, access_needs=f"For {email}"))
        written = [each["sql"] for each in queries if each["sql"].startswith(("INSERT", "UPDATE"))]
        numbers.append((len(written), len(queries)))
    assert numbers[0][0] == numbers[1][0]
    # A savepoint that is gone back to, and the place in a line that is not joined.
    assert abs(numbers[0][1] - numbers[1][1]) <= 4


def test_the_same_page_sent_twice_takes_the_last_seat_once_and_says_so_twice(client: Client, form: PublicForm) -> None:
    event = event_with_page(EventFactory.create(capacity=1))
    path, page = f"/en/events/{event.uid}/sign-up/", form.filled_in()
    assert [client.post(path, page).status_code for _time in range(3)] == [302] * 3
    assert Registration.objects.count() == Message.objects.count() == 1
    assert client.post(path, page | {"access_needs": "Something else."}).status_code == 409


def test_a_name_of_ligatures_that_is_too_long_written_out_is_refused(client: Client, form: PublicForm) -> None:
    event = event_with_page(EventFactory.create())
    answer = client.post(f"/en/events/{event.uid}/sign-up/", form.filled_in(name="\ufdfa" * 100))
    assert answer.status_code == 200
    assert "at most 500 characters" in answer.content.decode()
    assert not Registration.objects.exists()
