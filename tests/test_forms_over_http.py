"""The promises about forms, through a running server: many at once, all of them from one office's address."""

import http.client
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
from django.conf import settings
from django.db import connection
from pytest_django.live_server_helper import LiveServer

from calls.questions.models import Question
from consortia.interest.models import Interest
from events.seats.models import Registration
from notifications.outbox.models import Message
from notifications.subscriptions.models import Subscription
from tests import databases
from tests.factories.events import EventFactory, event_with_page
from tests.public_forms import PERSON, PublicForm, public_forms

pytestmark = pytest.mark.django_db(transaction=True)

_TOKEN = "c" * 32
TIMES = 20
# allauth's form ends the session that a first sign-up began: there is no second one alike.
NAMES = ["SignUpForm", "InterestForm", "FollowForm", "LinkForm", "AskForm", "ContactForm", "QuestionForm"]

Answer = tuple[int, str]
Send = Callable[[str, dict[str, Any]], Answer]


@pytest.fixture(autouse=True)
def _patient_pool() -> Iterator[None]:
    """The tests' server takes everybody in at once, where granian lets them queue: they queue for a connection."""
    pool = connection.settings_dict["OPTIONS"]["pool"]
    before = pool["timeout"]
    databases.disconnect()
    pool["timeout"] = 60
    yield
    databases.disconnect()
    pool["timeout"] = before


@pytest.fixture
def forms(set_up_anew: None) -> dict[str, PublicForm]:
    return public_forms()


@pytest.fixture
def send(live_server: LiveServer, forms: dict[str, PublicForm]) -> Send:
    """Sends one form as a browser does whose page is open, and gives status and where it leads."""
    server = urlsplit(live_server.url)

    def post(path: str, fields: dict[str, Any], tries: int = 5) -> Answer:
        caller = http.client.HTTPConnection(server.hostname or "", server.port, timeout=120)
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": f"{settings.CSRF_COOKIE_NAME}={_TOKEN}",
        }
        try:
            caller.request("POST", path, urlencode(fields | {"csrfmiddlewaretoken": _TOKEN}, doseq=True), headers)
            answer = caller.getresponse()
            answer.read()
            return answer.status, answer.getheader("Location", "")
        except ConnectionError:
            # Few connections may wait at the tests' server; the same form sent again is the same act.
            if not tries:
                raise
            time.sleep(0.2)
            return post(path, fields, tries - 1)
        finally:
            caller.close()

    return post


def rows() -> int:
    """What the forms make, besides mail."""
    return sum(model.objects.count() for model in (Registration, Interest, Subscription, Question))


@pytest.mark.parametrize("name", NAMES)
def test_the_same_form_twenty_times_at_once_is_one_act_with_one_answer(
    send: Send, forms: dict[str, PublicForm], name: str
) -> None:
    form = forms[name]
    sent = form.filled_in()
    with ThreadPoolExecutor(TIMES) as pool:
        answers = Counter(pool.map(lambda _each: send(form.path, sent), range(TIMES)))
    assert len(answers) == 1, answers
    assert {status for status, _location in answers} == {302}
    assert Message.objects.filter(to_email=PERSON).count() == (name not in {"LinkForm", "ContactForm", "QuestionForm"})
    assert rows() <= 2  # a question and the wish to hear its answer


def test_the_same_form_for_the_last_seat_gets_the_same_answer(send: Send, forms: dict[str, PublicForm]) -> None:
    event = event_with_page(EventFactory.create(capacity=1))
    path, sent = f"/en/events/{event.uid}/sign-up/", forms["SignUpForm"].filled_in()
    with ThreadPoolExecutor(TIMES) as pool:
        answers = Counter(pool.map(lambda _each: send(path, sent), range(TIMES)))
    assert len(answers) == 1, answers
    assert Registration.objects.confirmed().count() == 1


def test_fifty_clients_of_one_office_take_twenty_seats_and_hit_no_limit(
    send: Send, forms: dict[str, PublicForm]
) -> None:
    event = event_with_page(EventFactory.create(capacity=20))
    form = forms["SignUpForm"]

    def sign_up(number: int) -> int:
        sent = form.filled_in(name=f"Visitor {number}", email=f"visitor{number}@example.org")
        return send(f"/en/events/{event.uid}/sign-up/", sent)[0]

    with ThreadPoolExecutor(50) as pool:
        answers = Counter(pool.map(sign_up, range(200)))
    assert answers == {302: 20, 409: 180}
    assert Registration.objects.confirmed().filter(event=event).count() == 20
    assert Message.objects.filter(kind="events/registered").count() == 20
