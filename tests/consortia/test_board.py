"""The board of one call's interests, and writing to some of those who show interest: seen first, sent once."""

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from wagtail.models import ModelLogEntry

from calls.chain.models import Call
from consortia.interest.models import Contribution, Interest
from consortia.staff.writing import OtherReceiversError, Selection, SentBeforeError, write
from hub.vocabularies.models import Term
from notifications.delivery.rendering import render
from notifications.outbox.models import Message
from tests.factories.accounts import UserFactory
from tests.factories.consortia import InterestFactory
from tests.factories.partners import OrganisationFactory, public_call, term

pytestmark = pytest.mark.django_db

WORDS = {"subject": "Meet us", "text": "On Friday\n\nin the *house*."}


def interested(call: Call, email: str, *tracks: str, **facts: Any) -> Interest:
    interest = InterestFactory.create(call=call, email=email, **facts)
    for code in tracks:
        Contribution.objects.create(interest=interest, track=term("track", code))
    return interest


@pytest.fixture
def call() -> Call:
    """Three that count, one of them in French, and two that do not."""
    found = public_call(title="Together")
    interested(found, "lead@example.org", "training", "financing", role="lead", organisation_name="House of Ideas")
    interested(found, "partner@example.org", "training", role="partner", sector=term("sector", "academia"))
    interested(found, "french@example.org", "regional", role="partner", language="fr")
    interested(found, "gone@example.org", "training", status="withdrawn")
    interested(found, "waits@example.org", "training", status="pending", confirmed_at=None)
    return found


def board_of(call: Call) -> str:
    return reverse("consortia_admin_board", args=[call.pk])


def write_to(call: Call) -> str:
    return reverse("consortia_admin_write", args=[call.pk])


def filled_in(languages: tuple[str, ...] = ("en", "fr"), **changed: Any) -> dict[str, Any]:
    order = ["nl", "fr", "de", "en"]
    words = {f"{name}_{order.index(code)}": f"{said} {code}" for name, said in WORDS.items() for code in languages}
    return {"key": "0" * 32, **words, **changed}


def carried(page: Any) -> dict[str, Any]:
    """What the button under the preview sends."""
    names: dict[str, Any] = {}
    for name, value in page.context["typed"]:
        names.setdefault(name, []).append(value)
    return names


def sent_to() -> list[str]:
    return list(
        Message.objects.filter(kind="consortia/to_interested").order_by("to_email").values_list("to_email", flat=True)
    )


def test_the_board_shows_what_is_covered_who_leads_and_who_is_missing(editor: Client, call: Call) -> None:
    page = editor.get(board_of(call)).content.decode()
    for words in (
        "3 interests count.",
        "1 waits for its confirmation.",
        "House of Ideas (Citizens)",
        "Nobody offers “Government as a partner” yet.",
        "No organisation from “Business” yet.",
        f"tracks={term('track', 'training').pk}&amp;sector={term('sector', 'academia').pk}",
    ):
        assert words in page, words


def test_the_total_of_each_sector_opens_the_list_that_it_counts(editor: Client, call: Call) -> None:
    # Under the name of an organisation of the directory, which visitors are not told of and staff are.
    OrganisationFactory.create(name="House of Ideas")
    interested(public_call(title="Another"), "elsewhere@example.org", sector=term("sector", "academia"))
    page = editor.get(board_of(call))
    counted = [number for number, _url in page.context["totals"]]
    assert sum(counted) == 3
    for number, url in page.context["totals"]:
        assert (f'<a href="{escape(url)}"><strong>{number}</strong></a>' in page.content.decode()) is bool(number)
        assert editor.get(url).context["page_obj"].paginator.count == number


def test_the_board_asks_the_same_of_one_and_of_many(editor: Client, call: Call) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert editor.get(board_of(call)).status_code == 200
        return len(queries)

    asked()
    few = asked()
    for number in range(20):
        interested(call, f"{number}@example.org", *Term.objects.of("track").values_list("code", flat=True), role="lead")
    assert asked() == few


def test_nobody_else_sees_it(call: Call, partner: Client, client: Client) -> None:
    for path in (board_of(call), write_to(call)):
        assert partner.get(path).status_code in {302, 403}
        assert client.get(path).status_code == 302


def test_seen_first_then_sent_once(editor: Client, call: Call) -> None:
    seen = editor.post(write_to(call), filled_in(preview="1"))
    page = seen.content.decode()
    assert "3 addresses get this mail." in page
    assert "House of Ideas" in page
    assert [preview.language for preview in seen.context["previews"]] == ["en", "fr"]
    assert "Meet us fr" in seen.context["previews"][1].mail.subject
    assert not Message.objects.exists(), "looking sends nothing"
    said = []
    for _time in range(2):
        answer = editor.post(write_to(call), carried(seen) | {"confirm": "1"}, follow=True)
        assert answer.redirect_chain == [(board_of(call), 302)]
        said += [str(each).strip() for each in answer.context["messages"]]
    assert said == ["3 mails are on their way.", "This was sent before; nothing was sent now."]
    assert sent_to() == ["french@example.org", "lead@example.org", "partner@example.org"]
    mail = render(Message.objects.get(to_email="french@example.org"), now=timezone.now())
    assert mail.subject == "Meet us fr"
    assert "On Friday" in mail.text
    assert "Together" in mail.html
    assert ModelLogEntry.objects.filter(action="consortia.write").count() == 1


@pytest.mark.parametrize(
    ("chosen", "receivers"),
    [
        ({"role": ["lead"]}, ["lead@example.org"]),
        ({"tracks": ["training"]}, ["lead@example.org", "partner@example.org"]),
        ({"tracks": ["training", "financing"], "sector": ["academia"]}, ["partner@example.org"]),
    ],
)
def test_only_the_selection_gets_it(editor: Client, call: Call, chosen: dict[str, Any], receivers: list[str]) -> None:
    seen = editor.post(write_to(call), filled_in(("en",), preview="1", **chosen))
    editor.post(write_to(call), carried(seen) | {"confirm": "1"})
    assert sent_to() == receivers


def test_each_language_that_somebody_reads_is_needed(editor: Client, call: Call) -> None:
    refused = editor.post(write_to(call), filled_in(("en",), preview="1"))
    assert "There are receivers who read these languages: French." in refused.content.decode()
    assert "Meet us en" in refused.content.decode()
    nobody = editor.post(write_to(call), filled_in(preview="1", role=["associate"]))
    assert "Nobody matches." in nobody.content.decode()


def test_who_came_since_is_shown_before_anything_leaves(editor: Client, call: Call) -> None:
    seen = editor.post(write_to(call), filled_in(preview="1"))
    interested(call, "new@example.org", "training")
    again = editor.post(write_to(call), carried(seen) | {"confirm": "1"})
    assert "4 addresses get this mail." in again.content.decode()
    assert not Message.objects.exists()
    editor.post(write_to(call), carried(again) | {"confirm": "1"})
    assert len(sent_to()) == 4


def test_other_words_are_another_mail_and_others_get_the_one_they_have_not(editor: Client, call: Call) -> None:
    def send(**changed: Any) -> str:
        seen = editor.post(write_to(call), filled_in(preview="1", **changed))
        sent = editor.post(write_to(call), carried(seen) | {"confirm": "1"}, follow=True)
        return [str(each).strip() for each in sent.context["messages"]][-1]

    assert send(role=["lead"]) == "1 mail is on its way."
    assert send() == "2 mails are on their way.", "the first one has it"
    assert send() == "This was sent before; nothing was sent now."
    assert send(text_3="Something was missing") == "3 mails are on their way."
    assert len(sent_to()) == 6


def test_going_back_loses_nothing(editor: Client, call: Call) -> None:
    seen = editor.post(write_to(call), filled_in(preview="1", role=["lead", "partner"]))
    form = editor.post(write_to(call), carried(seen) | {"back": "1"}).content.decode()
    assert "Meet us fr" in form
    assert form.count("checked") == 2


def test_an_address_with_two_interests_gets_one_mail(call: Call) -> None:
    interested(call, "lead@example.org", organisation_name="Another house")
    selection = Selection(call)
    words = {"subject": {"en": "a", "fr": "b"}, "text": {"en": "c", "fr": "d"}}
    with pytest.raises(OtherReceiversError):
        write(selection, **words, seen="other", key="1", by=UserFactory.create())
    assert write(selection, **words, seen=selection.digest, key="1", by=UserFactory.create()) == 3
    assert len(sent_to()) == 3


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("set_up_anew")
def test_five_presses_at_once_are_one_mail_to_each() -> None:
    call = Call.objects.create(title="The call")
    for number in range(10):
        interested(call, f"{number}@example.org")
    by, selection = UserFactory.create(), Selection(call)
    ready = threading.Barrier(5)

    def press(_index: int) -> int:
        ready.wait(timeout=30)
        try:
            return write(selection, subject={"en": "a"}, text={"en": "b"}, seen=selection.digest, key="1", by=by)
        except SentBeforeError:
            return 0
        finally:
            connections["default"].close()

    with ThreadPoolExecutor(5) as pool:
        assert sorted(pool.map(press, range(5))) == [0, 0, 0, 0, 10]
    assert len(sent_to()) == 10
    assert ModelLogEntry.objects.filter(action="consortia.write").count() == 1
