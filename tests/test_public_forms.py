"""What holds for every public form: no person is lost in a trap, no mailbox is flooded, the same form is one act."""

import time
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django import forms
from django.core import signing
from django.test import Client

from accounts.profile.forms import ProfileForm
from accounts.public_forms import throttling
from accounts.public_forms.names import LONGEST
from accounts.public_forms.spam import NAMES as NAME_FIELDS
from accounts.public_forms.spam import SALT, GuardedForm, TrappedForm
from accounts.signing_in.forms import ProfileSignupForm
from events.sign_up.forms import SignUpForm
from notifications.outbox.models import Message
from tests.factories.events import event_with_page
from tests.public_forms import Page, PublicForm, path, public_forms, typed

pytestmark = pytest.mark.django_db

NAMES = [
    *("SignUpForm", "DatesSignUpForm", "InterestForm", "FollowForm", "LinkForm", "DataLinkForm", "AskForm"),
    *("ContactForm", "QuestionForm", "MessageForm", "SignupForm"),
]
BUTTON = "I am a person, send it"


def _kinds(form: type[TrappedForm]) -> Iterator[type[TrappedForm]]:
    for kind in form.__subclasses__():
        if kind is not GuardedForm and not kind.__module__.startswith("tests."):
            yield kind
        yield from _kinds(kind)


def test_no_public_form_is_forgotten_here() -> None:
    """A new form needs its line in `tests.public_forms`, and then passes everything below."""
    assert {kind.__name__ for kind in _kinds(TrappedForm)} == set(NAMES) == set(public_forms())


@pytest.fixture
def client() -> Client:
    return Client(headers={"accept-language": "en"})


@pytest.fixture(params=NAMES)
def form(request: pytest.FixtureRequest) -> PublicForm:
    return public_forms()[request.param]


CAUGHT = [{"website": "https://my.example.org"}, {"rendered": ""}, {"rendered": "forged"}, {"rendered": "fresh"}]


@pytest.mark.parametrize("caught", CAUGHT)
def test_who_is_taken_for_a_robot_is_asked_and_gets_through(
    client: Client, form: PublicForm, caught: dict[str, str]
) -> None:
    if "rendered" in caught and not issubclass(form.form, GuardedForm):
        caught = {"website": "filled in"}
    if caught.get("rendered") == "fresh":
        caught = {"rendered": Page(client.get(form.path).content.decode()).sent["rendered"]}
    asked = client.post(form.path, form.filled_in(**caught))
    assert asked.status_code < 300 or asked.status_code == 422, "no pretended success"
    assert not Message.objects.exists()
    page = Page(asked.content.decode())
    assert BUTTON in page.buttons
    assert "Nothing is lost" in asked.content.decode()
    kept = typed({name: value for name, value in page.sent.items() if name in form.fields})
    wanted = {name: [value] if value == "on" else value for name, value in form.fields.items()}
    assert kept == typed(wanted)
    # The password manager fills the field again; the person presses the button.
    done = client.post(form.path, page.sent | {"website": "https://my.example.org"})
    assert done.status_code == 302


def test_an_answer_that_is_wrong_besides_needs_no_second_question(client: Client, form: PublicForm) -> None:
    asked = Page(client.post(form.path, form.filled_in(website="x", email="no address")).content.decode())
    assert BUTTON in asked.buttons
    assert client.post(form.path, asked.sent | {"website": "x", "email": form.fields["email"]}).status_code == 302


def test_a_forged_answer_to_the_question_is_none(client: Client, form: PublicForm) -> None:
    stamp = signing.dumps(int(time.time()) - 60, salt=SALT)  # every page of a form carries one of these
    for answer in ("forged", stamp):
        asked = client.post(form.path, form.filled_in(website="x", person=answer))
        assert BUTTON in Page(asked.content.decode()).buttons


def test_the_answer_to_the_question_holds_for_an_hour(client: Client, form: PublicForm) -> None:
    asked = Page(client.post(form.path, form.filled_in(website="x")).content.decode())
    with time_machine.travel(time.time() + 3_660):
        sent = form.filled_in(website="x", person=asked.sent["person"])
        again = Page(client.post(form.path, sent).content.decode())
        assert BUTTON in again.buttons
        kept = typed({name: value for name, value in again.sent.items() if name in form.fields})
        assert kept == typed({name: [value] if value == "on" else value for name, value in form.fields.items()})
        assert client.post(form.path, again.sent | {"website": "x"}).status_code == 302


def test_the_answer_to_the_question_holds_within_one_network(client: Client, form: PublicForm) -> None:
    asked = Page(client.post(form.path, form.filled_in(website="x"), REMOTE_ADDR="192.0.2.7").content.decode())
    sent = asked.sent | {"website": "x"}
    elsewhere = Page(client.post(form.path, sent, REMOTE_ADDR="198.51.100.7").content.decode())
    assert BUTTON in elsewhere.buttons
    assert client.post(form.path, sent, REMOTE_ADDR="192.0.2.8").status_code == 302, "a telephone changes its address"


def test_the_answer_to_the_question_holds_for_one_form(client: Client) -> None:
    """Neither another form nor the same form at another address takes it."""
    forms = public_forms()
    other = event_with_page()
    forms["another event"] = PublicForm(
        SignUpForm, path("events:sign_up", other.uid), forms["SignUpForm"].fields, writes_to_sender=True
    )
    answers = {
        name: Page(client.post(form.path, form.filled_in(website="x")).content.decode()).sent["person"]
        for name, form in forms.items()
    }
    for name, form in forms.items():
        for given_to, person in answers.items():
            if given_to != name:
                asked = client.post(form.path, form.filled_in(website="x", person=person))
                assert BUTTON in Page(asked.content.decode()).buttons, (name, given_to)
    assert not Message.objects.exists()


def test_the_same_form_again_counts_once(client: Client, form: PublicForm) -> None:
    """However often it is sent: the same answer, and no limit is hit."""
    if form.form.__name__ == "SignupForm":
        return  # allauth ends the first session with each sign-up; its answers are compared in its own tests
    answers = {
        (answer.status_code, answer["Location"])
        for answer in (client.post(form.path, form.filled_in()) for _time in range(throttling.ACTS_OF_ONE * 2))
    }
    assert len(answers) == 1
    assert Message.objects.filter(to_email=form.fields["email"]).count() <= 1


def test_one_person_has_a_limit_and_loses_nothing_there(client: Client, form: PublicForm) -> None:
    if not form.differs:
        return
    sent = [
        client.post(form.path, form.filled_in(**{form.differs: f"Different {number}"}))
        for number in range(throttling.ACTS_OF_ONE + 1)
    ]
    assert [answer.status_code for answer in sent[:-1]] == [302] * throttling.ACTS_OF_ONE
    assert sent[-1].status_code in {422, 429}
    assert Page(sent[-1].content.decode()).sent[form.differs].strip() == "Different 10"


def test_an_office_behind_one_address_has_room(client: Client, form: PublicForm) -> None:
    """Thirty people within minutes, from one address, none of whom hits a limit."""
    if form.form.__name__ == "SignupForm":
        return
    sent = [client.post(form.path, form.filled_in(email=f"person{number}@example.org")) for number in range(30)]
    assert {answer.status_code for answer in sent} == {302}


@pytest.mark.parametrize("header", ["x-forwarded-for", "x-real-ip", "forwarded"])
def test_a_forged_proxy_header_does_not_lift_the_limit(client: Client, header: str) -> None:
    form = public_forms()["SignUpForm"]
    sent: list[Any] = [
        client.post(form.path, form.filled_in(name=f"Name {number}"), headers={header: f"203.0.113.{number}"})
        for number in range(throttling.ACTS_OF_ONE + 1)
    ]
    assert sent[-1].status_code == 429


# Putting these in order takes the square of their number: twelve seconds here, days for as much as a form may carry.
MARKS = "a" + "\u0301\u0323" * 40_000


def test_a_form_full_of_marks_costs_no_more_than_one_full_of_letters(client: Client, form: PublicForm) -> None:
    began = time.process_time()
    written = {name: MARKS for name, value in form.fields.items() if isinstance(value, str) and value != "on"}
    refused = client.post(form.path, form.filled_in(**written))
    assert refused.status_code < 300 or refused.status_code == 422
    assert time.process_time() - began < 4


@pytest.mark.parametrize("kind", [*_kinds(TrappedForm), ProfileForm, ProfileSignupForm], ids=lambda kind: kind.__name__)
def test_a_name_is_no_longer_than_what_is_looked_at(kind: type[forms.Form] | type[forms.ModelForm[Any]]) -> None:
    shown = set(kind.base_fields) & {*NAME_FIELDS, "first_name", "last_name"}
    for name in shown:
        field = kind.base_fields[name]
        assert not isinstance(field, forms.CharField) or 0 < (field.max_length or 0) <= LONGEST, name
