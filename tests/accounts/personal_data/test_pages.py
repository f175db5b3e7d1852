"""The pages about one's own data, the copy, the links that end, and what staff do on request."""

import io
import os
import re
import time
from datetime import timedelta
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core import signing
from django.test import Client
from django.utils import timezone

from accounts.my_data import copies
from accounts.personal_data import emails, links, reading
from accounts.personal_data.models import FOLDER, TRIES, DataCopy, Erasure
from accounts.personal_data.subjects import Subject, of_account
from accounts.public_forms.spam import SALT
from accounts.users.models import User
from notifications.outbox import kinds, outbox
from notifications.outbox.models import Message
from notifications.subscriptions.models import Subscription
from tests.factories.accounts import PASSWORD, UserFactory
from tests.factories.notifications import MessageFactory, SubscriptionFactory
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
        said = archive.read("data.json").decode()
        assert partner_user.email in said
        assert set(re.findall(r'"asked_at": ".*(.{6})"', said)) == {"+00:00"}
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
    to_account = links.guest_address(partner_user.email, "en").removeprefix("http://localhost:8000")
    assert client.get(to_account)["Location"] == "/en/my/data/"


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


def test_a_session_of_long_ago_shows_again_who_it_is(partner_user: User) -> None:
    client = signed_in(partner_user)
    with time_machine.travel(timezone.now() + timedelta(minutes=10), tick=False):
        for place in ("copy", "erase"):
            asked = client.post(f"/en/my/data/{place}/", {"address": partner_user.email})
            assert "reauthenticate" in asked["Location"]
        assert client.get("/en/my/data/").status_code == 200
        assert (DataCopy.objects.count(), User.objects.filter(pk=partner_user.pk).count()) == (0, 1)
        # What was pressed before is done then.
        client.post("/en/my/data/copy/")
        client.post("/accounts/reauthenticate/", {"password": PASSWORD, "next": "/en/my/data/copy/"}, follow=True)
        assert DataCopy.objects.count() == 1


def test_codes_and_what_is_confidential_are_not_shown(partner_user: User) -> None:
    for kind in ("accounts/mail", min(kinds.confidential()), "notifications/confirm"):
        MessageFactory.create(kind=kind, to_email=partner_user.email, context={"text": f"words of {kind}"})
    client = signed_in(partner_user)
    keys = ("notifications.message.to_email", "notifications.message.to_email.private")
    shown = "".join(client.get(f"/en/my/data/kind/{key}/").content.decode() for key in keys)
    assert "words of notifications/confirm" in shown
    assert "words of" not in shown.replace("words of notifications/confirm", "")
    counted = reading.counts(of_account(partner_user))
    assert [counted[key] for key in keys] == [1, 2]


def test_copies_one_a_day_and_one_that_fails_stops_no_other(
    partner_user: User, other_user: User, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, settings: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    mine, others = of_account(partner_user), of_account(other_user)
    bad = copies.ask(mine, language="en")
    good = copies.ask(others, language="en")
    ready = emails.copy_ready

    def fails(copy: DataCopy) -> None:
        if copy.pk == bad.pk:
            raise ValueError
        ready(copy)

    monkeypatch.setattr(emails, "copy_ready", fails)
    assert copies.write_due() == 1
    assert len(list((tmp_path / FOLDER).iterdir())) == 1
    assert copies.ask(others, language="en") == good
    DataCopy.objects.filter(pk=good.pk).update(asked_at=timezone.now() - timedelta(days=2))
    assert copies.ask(others, language="en") != good
    assert copies.ask(mine, language="en") == bad
    DataCopy.objects.filter(pk=bad.pk).update(attempts=TRIES)
    assert copies.ask(mine, language="en") != bad
    left_behind = tmp_path / FOLDER / "lost.zip"
    left_behind.write_bytes(b"PK")
    long_ago = (timezone.now() - timedelta(days=8)).timestamp()
    os.utime(left_behind, (long_ago, long_ago))
    assert copies.forget() == 0
    assert not left_behind.exists()


def test_the_copy_of_a_guest_is_of_the_mailbox_alone(partner_user: User) -> None:
    copy = copies.ask(Subject((GUEST,)), language="en")
    assert copies.ask(Subject((GUEST,), partner_user), language="en") != copy
    DataCopy.objects.exclude(pk=copy.pk).delete()
    EmailAddress.objects.create(user=partner_user, email=GUEST, verified=True)
    SubscriptionFactory.create(email=partner_user.email, consent_wording="The account agreed")
    assert copies.write_due() == 1
    copy.refresh_from_db()
    with ZipFile(copy.file) as archive:
        assert partner_user.email not in archive.read("data.json").decode()


def test_an_account_that_proved_nothing_keeps_no_guest_out(partner_user: User) -> None:
    UserFactory.create(email=GUEST, verified=False)
    link = links.guest_address(GUEST, "en").removeprefix("http://localhost:8000")
    assert Client().get(link).status_code == 200
    Client().post("/en/data/", _guarded(email=GUEST))
    assert "/data/of/" in _last_link()
