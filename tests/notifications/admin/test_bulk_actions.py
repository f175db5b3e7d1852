"""Many mails sent again, many addresses forgiven: counted first, asked for, safe to send twice."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from accounts.users.models import User
from notifications.outbox.models import Message, Suppression
from tests.factories.accounts import UserFactory
from tests.factories.notifications import MessageFactory, SubscriptionFactory
from tests.personas import give_second_factor, signed_in

OUTBOX = "/admin/snippets/notifications/message/"
RESEND = "/admin/bulk/notifications/message/resend/"
LIFT = "/admin/bulk/notifications/suppression/lift/"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _rights(editor_user: User) -> None:
    call_command("setup", verbosity=0)


def failed(**also: object) -> Message:
    return MessageFactory.create(status="failed", error="550 no", attempts=3, **also)


def statuses() -> list[str]:
    return list(Message.objects.order_by("pk").values_list("status", flat=True))


def test_staff_send_many_again_after_reading_how_many(editor: Client) -> None:
    mails = [failed(), failed()]
    late = failed(expires_at=timezone.now() - timedelta(minutes=1))
    stopped = failed(subscription=SubscriptionFactory.create(status="stopped"))
    sent = MessageFactory.create(status="sent", sent_at=timezone.now())
    address = f"{RESEND}?next={OUTBOX}&" + "&".join(f"id={each.pk}" for each in [*mails, late, stopped, sent])
    page = editor.get(address).content.decode()
    assert "2 mails will be sent again." in page
    assert "3 of those chosen are left out" in page
    assert statuses() == ["failed"] * 4 + ["sent"]
    for _time in range(2):
        assert editor.post(address).status_code == 302
        assert statuses() == ["queued"] * 2 + ["failed"] * 2 + ["sent"]
    mails[0].refresh_from_db()
    assert (mails[0].attempts, mails[0].error) == (0, "")


def test_what_was_erased_stays_erased(editor: Client) -> None:
    erased = failed(to_email="", context={})
    editor.post(f"{RESEND}?id={erased.pk}")
    assert statuses() == ["failed"]


def test_all_means_all_that_the_list_shows(editor: Client) -> None:
    failed(kind="hub/news")
    failed(kind="calls/deadline")
    address = f"{RESEND}?id=all&kind=hub/news&next={OUTBOX}"
    assert "1 mail will be sent again." in editor.get(address).content.decode()
    editor.post(address)
    assert statuses() == ["queued", "failed"]


def test_staff_forgive_many_addresses(editor: Client) -> None:
    rows = [Suppression.objects.create(email=f"a{number}@example.org", reason="550") for number in range(3)]
    address = f"{LIFT}?id={rows[0].pk}&id={rows[1].pk}"
    assert "Mail will go to 2 addresses again." in editor.get(address).content.decode()
    assert Suppression.objects.count() == 3
    for _time in range(2):
        assert editor.post(address).status_code == 302
        assert list(Suppression.objects.values_list("email", flat=True)) == ["a2@example.org"]


@pytest.fixture
def reader() -> Client:
    """Somebody who may open the admin and read both lists."""
    user = UserFactory.create(is_staff=True)
    rights = ["access_admin", "view_message", "view_suppression"]
    user.user_permissions.add(*Permission.objects.filter(codename__in=rights))
    give_second_factor(user)
    return signed_in(user)


@pytest.mark.parametrize("address", [RESEND, LIFT])
def test_only_those_who_may_change_them(partner: Client, visitor: Client, reader: Client, address: str) -> None:
    mail, row = failed(), Suppression.objects.create(email="a@example.org", reason="550")
    for somebody in (reader, partner, visitor):
        assert somebody.post(f"{address}?id={mail.pk}&id={row.pk}").status_code in {302, 403, 404}
    assert statuses() == ["failed"]
    assert Suppression.objects.exists()


def test_boxes_stand_where_there_is_something_to_do(editor: Client, editor_user: User) -> None:
    failed()
    Suppression.objects.create(email="a@example.org", reason="550")
    for listing in (OUTBOX, "/admin/snippets/notifications/suppression/"):
        assert "data-bulk-action-checkbox" in editor.get(listing).content.decode()
    assert "data-bulk-action-checkbox" not in editor.get("/admin/snippets/notifications/subscription/").content.decode()
