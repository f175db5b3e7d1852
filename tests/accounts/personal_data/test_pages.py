"""The pages about one's own data, the copy, the links that end, and what staff do on request."""

import io
import re
import time
from datetime import timedelta
from typing import Any
from zipfile import ZipFile

import pytest
import time_machine
from django.core import signing
from django.test import Client
from django.utils import timezone

from accounts.my_data import copies
from accounts.personal_data import links
from accounts.personal_data.models import DataCopy, Erasure
from accounts.public_forms.spam import SALT
from accounts.users.models import User
from notifications.outbox import outbox
from notifications.outbox.models import Message
from notifications.subscriptions.models import Subscription
from tests.factories.notifications import SubscriptionFactory
from tests.personas import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
GUEST = "guest@example.org"


def _last_link() -> str:
    text = Message.objects.latest("pk").context["text"]
    found = re.search(r"http://localhost:8000(\S+)", text)
    assert found
    return found[1]


def _guarded(**fields: str) -> dict[str, str]:
    """The form as a person sends it, some seconds after its page was made."""
    return {**fields, "rendered": signing.dumps(int(time.time()) - 60, salt=SALT)}


def test_own_records_are_shown_and_no_others(
    partner_user: User, other_user: User, django_assert_max_num_queries: Any
) -> None:
    for number in range(30):
        SubscriptionFactory.create(email=partner_user.email, topic=f"call:{number}", consent_wording="I agreed")
    SubscriptionFactory.create(email=other_user.email, consent_wording="Another agreed")
    client = signed_in(partner_user)
    with django_assert_max_num_queries(25):
        page = client.get("/en/my/data/").content.decode()
    assert "30 records" in page
    with django_assert_max_num_queries(25):
        rows = client.get("/en/my/data/kind/notifications.subscription.user/").content.decode()
    assert "I agreed" in rows
    assert "Another agreed" not in rows


def test_a_copy_is_made_once_and_fetched_by_its_owner_until_it_ends(partner_user: User, other_user: User) -> None:
    client = signed_in(partner_user)
    for _twice in range(2):
        assert client.post("/en/my/data/copy/").status_code == 302
    assert DataCopy.objects.count() == 1
    assert copies.write_due() == 1
    assert copies.write_due() == 0
    link = _last_link()
    answer = client.get(link)
    with ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as archive:  # type: ignore[attr-defined]
        assert partner_user.email in archive.read("index.html").decode()
        assert partner_user.email in archive.read("data.json").decode()
    assert signed_in(other_user).get(link).status_code == 404
    assert Client().get(link).status_code == 302
    with time_machine.travel(timezone.now() + timedelta(days=8), tick=False):
        assert links.copy_of(link.rstrip("/").rpartition("/")[2]) is None
    DataCopy.objects.update(asked_at=timezone.now() - timedelta(days=8))
    stored = DataCopy.objects.get().file
    assert copies.forget() == 1
    assert not stored.storage.exists(str(stored.name))


def test_somebody_erases_their_account(partner_user: User) -> None:
    client = signed_in(partner_user)
    SubscriptionFactory.create(email=partner_user.email)
    assert client.post("/en/my/data/erase/", {"address": "wrong@example.org"}).status_code == 200
    assert User.objects.filter(pk=partner_user.pk).exists()
    done = client.post("/en/my/data/erase/", {"address": partner_user.email}, follow=True)
    assert "Your data is erased" in done.content.decode()
    assert not User.objects.filter(pk=partner_user.pk).exists()
    assert client.get("/en/my/").status_code == 302
    last = Message.objects.exclude(to_email="").get()
    assert last.to_email == partner_user.email
    Message.objects.filter(pk=last.pk).update(status="sent", sent_at=timezone.now() - timedelta(hours=2))
    assert outbox.forget_last() == 1
    assert not Message.objects.exclude(to_email="").exists()


def test_a_guest_sees_copies_and_erases_by_a_link_that_ends(partner_user: User) -> None:
    SubscriptionFactory.create(email=GUEST, consent_wording="The guest agreed")
    client = Client()
    answers = [client.post("/en/data/", _guarded(email=email)) for email in (GUEST, "nobody@example.org")]
    assert {(each.status_code, each["Location"]) for each in answers} == {(302, "/en/data/sent/")}
    link = links.guest_address(GUEST, "en").removeprefix("http://localhost:8000")
    assert "what you follow" in client.get(link).content.decode().lower()
    assert client.post(f"{link}copy/").status_code == 302
    assert copies.write_due() == 1
    assert client.get(_last_link()).status_code == 200
    with time_machine.travel(timezone.now() + timedelta(hours=25), tick=False):
        assert client.get(link)["Location"] == "/en/data/"
    assert client.post(f"{link}erase/", {"address": GUEST}).status_code == 302
    assert not Subscription.objects.exists()
    assert not DataCopy.objects.exists()
    assert client.get(link)["Location"] == "/en/data/"
    # An address with an account is led to it: the link alone opens nothing.
    of_account = links.guest_address(partner_user.email, "en").removeprefix("http://localhost:8000")
    assert client.get(of_account)["Location"] == "/en/my/data/"


def test_staff_erase_on_request_and_see_counts_only(editor: Client, partner_user: User) -> None:
    SubscriptionFactory.create(email=GUEST, consent_wording="The guest agreed")
    asked = {"email": GUEST, "reason": "a letter"}
    assert signed_in(partner_user).get("/admin/erase/").status_code == 403
    seen = editor.post("/admin/erase/", asked).content.decode()
    assert "The guest agreed" not in seen
    assert Subscription.objects.exists()
    assert editor.post("/admin/erase/", asked | {"is_sure": "on"}).status_code == 302
    assert not Subscription.objects.exists()
    erasure = Erasure.objects.get()
    assert (erasure.how, erasure.reason) == ("staff", "a letter")
    assert GUEST not in editor.get("/admin/snippets/accounts/erasure/").content.decode()
    assert Message.objects.exclude(to_email="").get().to_email == GUEST
