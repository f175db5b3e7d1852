import html
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.core import signing
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from notifications.outbox import kinds
from notifications.outbox.models import Message
from notifications.subscriptions.models import Subscription
from tests.factories.hub import CallFactory, add_call_page, add_calls
from tests.factories.notifications import MessageFactory, SubscriptionFactory

OUTBOX = "/admin/snippets/notifications/message/"
FOLLOWERS = "/admin/snippets/notifications/subscription/"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def rights(editor_user: Any) -> None:
    """What every deployment gives its staff groups."""
    call_command("setup", verbosity=0)


def test_staff_read_a_mail_as_its_receiver_does(editor: Client) -> None:
    message = MessageFactory.create(context={"title": "<i>Call</i>", "confirm_url": "https://example.org/1", "days": 3})
    assert message.to_email in editor.get(OUTBOX).content.decode()
    page = editor.get(f"{OUTBOX}inspect/{message.pk}/").content.decode()
    assert "https://example.org/1" in page
    assert "<i>Call</i>" not in page
    assert html.escape(html.escape("<i>Call</i>")) in page


def test_the_list_is_filtered(editor: Client) -> None:
    failed, waiting = MessageFactory.create(status="failed", error="550 no such mailbox"), MessageFactory.create()
    page = editor.get(f"{OUTBOX}?status=failed").content.decode()
    assert failed.to_email in page
    assert "550 no such mailbox" in page
    assert waiting.to_email not in page


def test_every_kind_of_mail_has_a_name_and_can_be_filtered_by_it(editor: Client) -> None:
    folder = settings.BASE_DIR / "templates" / "emails"
    sent = {str(path.relative_to(folder)).removesuffix(".subject.txt") for path in folder.rglob("*.subject.txt")}
    assert {kind for kind, _name in kinds.choices()} == sent
    meant, other = MessageFactory.create(kind="calls/deadline"), MessageFactory.create(kind="hub/news")
    page = editor.get(f"{OUTBOX}?kind=calls/deadline").content.decode()
    assert meant.to_email in page
    assert other.to_email not in page
    with override("en"):
        assert kinds.name_of("calls/deadline") in html.unescape(page)
        assert kinds.name_of("calls/deadline") in editor.get(f"{OUTBOX}inspect/{meant.pk}/").content.decode()
    assert kinds.name_of("nobody/knows") == "nobody/knows"


def test_followers_are_listed_with_what_they_follow(editor: Client) -> None:
    call = CallFactory.create()
    add_call_page(add_calls(), call, title="Competence centres")
    SubscriptionFactory.create(topic=f"call:{call.pk}")
    SubscriptionFactory.create(topic="gone:1")
    page = editor.get(FOLLOWERS).content.decode()
    assert "Competence centres" in page
    assert "gone:1" in page


def test_a_mail_that_cannot_be_rendered_says_so(editor: Client) -> None:
    message = MessageFactory.create(kind="nothing/here")
    assert "TemplateDoesNotExist" in editor.get(f"{OUTBOX}inspect/{message.pk}/").content.decode()


def test_what_signs_somebody_in_is_not_shown(editor: Client, settings: Any) -> None:
    settings.DEMO = False
    message = MessageFactory.create(kind="accounts/mail", context={"subject": "Code", "text": "secret 1234"})
    assert "secret 1234" not in editor.get(f"{OUTBOX}inspect/{message.pk}/").content.decode()


@pytest.mark.parametrize("demo", [True, False])
def test_what_is_confidential_is_read_found_sorted_and_downloaded_by_nobody(
    editor: Client, settings: Any, demo: bool
) -> None:
    settings.DEMO = demo
    context = {"consortium": "Together", "organisation": "Alpha", "call_title": "Call", "url": "https://example.org/"}
    kind = "consortia/consortium_given_up"
    mail = MessageFactory.create(
        kind=kind, context=context, subject="“Together” was given up", about=f"consortium:7:{kind}"
    )
    found = [
        mail.to_email in editor.get(f"{OUTBOX}?about=consortium:7").content.decode(),
        mail.to_email in editor.get(f"{OUTBOX}?q=consortium:7").content.decode(),
        "consortium:7" in editor.get(f"{OUTBOX}inspect/{mail.pk}/").content.decode(),
        "Together" in editor.get(f"{OUTBOX}inspect/{mail.pk}/").content.decode(),
        "Together" in editor.get(f"{OUTBOX}?ordering=shown_subject").content.decode(),
        "Together" in b"".join(editor.get(f"{OUTBOX}?export=csv").streaming_content).decode(),  # type: ignore[attr-defined]
        mail.to_email in editor.get(f"{OUTBOX}?q=Together").content.decode(),
    ]
    assert found == [demo] * 7
    assert mail.to_email in editor.get(f"{OUTBOX}?q={mail.to_email}").content.decode()
    other = MessageFactory.create(kind="hub/news", subject="Spring news")
    assert other.to_email in editor.get(f"{OUTBOX}?q=Spring").content.decode()


def test_every_mail_that_names_a_consortium_is_confidential() -> None:
    folder = settings.BASE_DIR / "templates" / "emails"
    naming = {
        path.relative_to(folder).as_posix().partition(".")[0]
        for path in folder.rglob("*")
        if path.is_file() and re.search(r"\{\{ ?consortium\b|=consortium\b", path.read_text())
    }
    assert naming
    assert naming == kinds.confidential()


@pytest.mark.parametrize("demo", [True, False])
def test_staff_do_not_get_the_keys_of_others(editor: Client, settings: Any, demo: bool) -> None:
    settings.DEMO = demo
    keys = [signing.dumps("x", salt="x"), signing.Signer(sep=".").sign("7"), signing.dumps("y" * 99, compress=True)]
    for key in keys:
        link = f"https://example.org/en/confirm/{key}/"
        message = MessageFactory.create(context={"title": "Call", "confirm_url": link, "days": 3})
        page = editor.get(f"{OUTBOX}inspect/{message.pk}/").content.decode()
        assert (key in page) is demo
        assert "https://example.org/en/confirm/" in page


def test_a_failed_mail_is_sent_again_by_a_button(editor: Client) -> None:
    message = MessageFactory.create(status="failed", error="550 no", attempts=1)
    address = f"{OUTBOX}resend/{message.pk}/"
    assert editor.get(address).status_code == 405
    assert editor.post(address).status_code == 302
    message.refresh_from_db()
    assert message.status == Message.Status.QUEUED


def test_a_failed_mail_that_nobody_wants_or_needs_any_more_is_not_sent_again(editor: Client) -> None:
    gone = timezone.now() - timedelta(minutes=1)
    late = MessageFactory.create(status="failed", expires_at=gone)
    unwanted = MessageFactory.create(status="failed", subscription=SubscriptionFactory.create(status="stopped"))
    for message in (late, unwanted):
        assert f"{OUTBOX}resend/" not in editor.get(f"{OUTBOX}inspect/{message.pk}/").content.decode()
        editor.post(f"{OUTBOX}resend/{message.pk}/")
        message.refresh_from_db()
        assert message.status == Message.Status.FAILED
    assert late.expires_at == gone


@pytest.mark.parametrize("action", ["add/", "edit/1/", "delete/1/"])
def test_nobody_writes_or_deletes_mails_by_hand(administrator: Client, action: str) -> None:
    message = MessageFactory.create()
    administrator.post(f"{OUTBOX}{action.replace('1', str(message.pk))}")
    assert Message.objects.filter(pk=message.pk, to_email=message.to_email).count() == Message.objects.count() == 1


def test_staff_stop_a_subscription_on_request(editor: Client) -> None:
    subscription = SubscriptionFactory.create()
    assert "I want mails." in editor.get(f"{FOLLOWERS}inspect/{subscription.pk}/").content.decode()
    editor.post(f"{FOLLOWERS}stop/{subscription.pk}/")
    subscription.refresh_from_db()
    assert subscription.status == Subscription.Status.STOPPED


def test_partners_see_none_of_it(partner: Client) -> None:
    message = MessageFactory.create(status="failed")
    assert partner.get(OUTBOX).status_code in {302, 403}
    assert partner.post(f"{OUTBOX}resend/{message.pk}/").status_code in {302, 403}
    message.refresh_from_db()
    assert message.status == Message.Status.FAILED


def test_list_and_page_tell_the_same_time_in_brussels(editor: Client) -> None:
    message = MessageFactory.create(due_at=datetime(2027, 1, 5, 13, 8, tzinfo=UTC))
    for url in (OUTBOX, f"{OUTBOX}inspect/{message.pk}/"):
        assert "5 January 2027, 14:08" in editor.get(url).content.decode()
