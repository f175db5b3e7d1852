"""Owners who have not signed are reminded: seen first, once a day, and of what hides itself staff see a number."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import connections
from django.test import Client
from django.utils import timezone
from wagtail.models import ModelLogEntry

from accounts.users.models import User
from calls.chain.models import Call
from consortia.board import reminding
from consortia.board.reminding import NobodyLeftError, OtherReceiversError, Selection, remind
from consortia.consortium.models import Consortium, Entry
from notifications.delivery.rendering import render
from notifications.outbox.models import Message
from partners.organisations.models import Membership
from tests.consortia.board.boards import at, consortium, many, open_call, owned, queries, sign
from tests.consortia.partnering import text
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english(editor: Client) -> None:
    editor.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"


@pytest.fixture
def call() -> Call:
    """A draft that shows its names, where two of three have not signed, and one that hides itself."""
    found = open_call(title="The call")
    (lead, _of_lead), (one, _of_one), (two, of_two) = (owned(name) for name in ("Lead", "One", "Two"))
    User.objects.filter(pk=of_two.pk).update(language="fr")
    Membership.objects.create(organisation=one, user=UserFactory.create(email="edits@example.org"), role="editor")
    shown = consortium(found, "Shown", lead, one, two, shown_to_centre="names")
    sign(shown, lead)
    consortium(found, "Hidden", owned("Secret")[0])
    return found


def reminded() -> list[str]:
    return sorted(Message.objects.filter(kind="consortia/sign_reminder").values_list("to_email", flat=True))


EVERYBODY = ["one@example.org", "secret@example.org", "two@example.org"]


def _seen(page: Any) -> dict[str, str]:
    return {"seen": page.context["seen"], "confirm": "1"}


def test_seen_first_then_sent_once(editor: Client, call: Call) -> None:
    place = at("remind_all", call.pk)
    page = editor.get(place)
    said = text(page)
    assert "3 mails are sent." in said
    assert "Shown: One, Two (2 people)" in said
    assert "Drafts that are not shared: 1 person" in said
    assert [each.language for each in page.context["previews"]] == ["en", "fr"]
    assert not reminded(), "looking sends nothing"
    answers = [editor.post(place, _seen(page), follow=True) for _time in range(2)]
    assert [str(each).strip() for answer in answers for each in answer.context["messages"]] == [
        "3 mails are on their way.",
        "Nothing was sent now: all have signed, or were reminded today.",
    ]
    assert reminded() == EVERYBODY
    assert Entry.objects.filter(action="remind").count() == 2
    assert ModelLogEntry.objects.get(action="consortia.remind").data == {"consortia": 2, "number": 3}


def test_of_what_hides_itself_staff_see_no_name(editor: Client, call: Call) -> None:
    hidden = Consortium.objects.get(name="Hidden")
    pages = [editor.get(at("remind_all", call.pk)), editor.get(at("remind", hidden.uuid))]
    pages.append(editor.post(at("remind", hidden.uuid), _seen(pages[1]), follow=True))
    pages.append(editor.get(at("consortium", hidden.uuid)))
    for page in pages:
        said = text(page)
        for word in ("Hidden", "Secret", "secret@example.org"):
            assert word not in said
    assert reminded() == ["secret@example.org"]
    mail = render(Message.objects.get(), now=timezone.now())
    assert "“Hidden”" in mail.text
    assert "Still missing: Secret." in mail.text
    assert "Hidden" not in mail.subject, "lists of mails show subjects"


def test_the_mail_is_in_the_language_of_its_reader_and_lets_nobody_else_sign(
    editor: Client, client: Client, call: Call
) -> None:
    editor.post(at("remind_all", call.pk), _seen(editor.get(at("remind_all", call.pk))))
    french = Message.objects.get(to_email="two@example.org")
    assert "/fr/" in french.context["url"]
    page = client.get(french.context["url"].removeprefix(settings.SITE_URL))
    assert page.status_code == 200
    assert page.context["member"].organisation.name == "Two"


def test_a_second_time_the_next_day(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    by = UserFactory.create()
    remind(call, seen=Selection(call).digest, by=by)
    with pytest.raises(NobodyLeftError):
        remind(call, seen=Selection(call).digest, by=by)
    tomorrow = timezone.localdate() + timedelta(days=1)
    monkeypatch.setattr(reminding.timezone, "localdate", lambda: tomorrow)
    assert remind(call, seen=Selection(call).digest, by=by) == 3


def test_who_signed_since_it_was_looked_at_is_told_and_gets_nothing(editor: Client, call: Call) -> None:
    place, shown = at("remind_all", call.pk), Consortium.objects.get(name="Shown")
    page = editor.get(place)
    sign(shown, shown.members.get(organisation__name="One").organisation)
    again = editor.post(place, _seen(page))
    assert "The list of receivers has changed" in text(again)
    assert not reminded()
    with pytest.raises(OtherReceiversError):
        remind(call, seen=page.context["seen"], by=UserFactory.create())
    editor.post(place, _seen(again))
    assert reminded() == ["secret@example.org", "two@example.org"]


def test_who_signs_or_gives_up_before_it_leaves_gets_none(call: Call) -> None:
    remind(call, seen=Selection(call).digest, by=UserFactory.create())
    shown = Consortium.objects.get(name="Shown")
    sign(shown, shown.members.get(organisation__name="One").organisation)
    Consortium.objects.filter(name="Hidden").update(status="given_up")
    assert reminding.withdraw_stale(list(Message.objects.values_list("pk", flat=True))) == 2
    assert Message.objects.get(status="queued").to_email == "two@example.org"


def test_one_person_of_two_organisations_gets_one_mail_for_both(call: Call) -> None:
    shown = Consortium.objects.get(name="Shown")
    two = shown.members.get(organisation__name="Two").organisation
    Membership.objects.create(organisation=two, user=User.objects.get(email="one@example.org"), role="owner")
    remind(call, consortium=shown, seen=Selection(call, shown).digest, by=UserFactory.create())
    assert reminded() == ["one@example.org", "two@example.org"]
    mail = Message.objects.get(to_email="one@example.org")
    assert mail.context["organisations"] == "One, Two"
    assert str(shown.uuid) in mail.context["url"], "no link that signs for one of them"


def test_nobody_is_reminded_of_what_cannot_be_signed(call: Call, editor: Client) -> None:
    call.deadlines.update(due_at=timezone.now() - timedelta(days=1))
    assert Selection(Call.objects.get(pk=call.pk)).number == 0
    assert "Nobody gets one now" in text(editor.get(at("remind_all", call.pk)))


def test_one_and_many_cost_the_same(editor: Client, call: Call) -> None:
    by, place = UserFactory.create(), at("remind_all", call.pk)
    few = queries(lambda: editor.get(place))
    list(many(call, 30))
    assert queries(lambda: editor.get(place)) == few
    assert remind(call, seen=Selection(call).digest, by=by) == 63


@pytest.mark.usefixtures("set_up_anew")
@pytest.mark.django_db(transaction=True)
def test_two_of_staff_at_once_send_it_once(call: Call) -> None:
    by, digest, together = UserFactory.create(), Selection(call).digest, threading.Barrier(2)

    def press(_time: int) -> int:
        together.wait()
        try:
            return remind(call, seen=digest, by=by)
        except NobodyLeftError:
            return 0
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(press, range(2))) == [0, 3]
    assert reminded() == EVERYBODY


@pytest.mark.parametrize("who", ["partner", "client"])
def test_only_staff(request: pytest.FixtureRequest, call: Call, who: str) -> None:
    client: Client = request.getfixturevalue(who)
    hidden = Consortium.objects.get(name="Hidden")
    for place in (at("remind_all", call.pk), at("remind", hidden.uuid), at("consortia", call.pk)):
        assert client.get(place).status_code in {302, 403}
    assert client.post(at("remind_all", call.pk), {"confirm": "1"}).status_code in {302, 403}
    assert not reminded()
