"""Receipts are stamped by a real authority on this machine; what is no good stamp is not kept, and nobody waits."""

import logging
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import Error, connections, transaction
from django.test import Client
from django.utils import timezone

from accounts.privacy.keeping import erase_what_is_due
from consortia.receipts import clock, issuing
from consortia.receipts.keeping_times import RECEIPTS
from consortia.receipts.models import Receipt
from consortia.time_stamps import asking, replies, stamping
from consortia.time_stamps.asking import AuthorityError
from consortia.time_stamps.models import ReceiptTimeStamp, StampingPause
from tests.consortia.time_stamps.authority import Authority, serving

pytestmark = [pytest.mark.django_db, pytest.mark.needs("openssl")]
BAD = [
    *("of another hash", "by another algorithm", "with another nonce", "by somebody else", "with a byte changed"),
    *("a refusal", "garbage", "nothing", "too much", "a web page", "an error", "a way elsewhere", "a hang"),
]


@pytest.fixture(scope="module")
def keys(tmp_path_factory: Any) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def authority(keys: Authority, settings: Any) -> Iterator[Authority]:
    with serving(keys.anew()) as running:
        settings.TIME_STAMP_AUTHORITY = running.url
        settings.TIME_STAMP_CERTIFICATES = str(running.certificates)
        yield running


def issued(name: str = "Together", at: datetime | None = None) -> Receipt:
    return issuing.issue(Receipt.Kind.DECLARATION, attests={"consortium": {"name": name}}, at=at or clock.now())


def pause_is_over() -> None:
    StampingPause.objects.update(until=timezone.now() - timedelta(seconds=1))


@pytest.mark.parametrize("how", ["well", "with the whole chain"])
def test_a_stamp_is_kept_and_openssl_says_that_it_holds(authority: Authority, how: str, tmp_path: Any) -> None:
    authority.how = how
    receipt = issued()
    assert stamping.stamp() == 1
    kept = ReceiptTimeStamp.objects.get(receipt=receipt)
    assert abs(kept.stamped_at - datetime.now(UTC)) < timedelta(seconds=5)
    assert kept.authority == "The leaf"
    (tmp_path / "receipt.tsr").write_bytes(bytes(kept.reply))
    holds = ["ts", "-verify", "-in", str(tmp_path / "receipt.tsr"), "-CAfile", str(authority.certificates), "-digest"]
    assert "Verification: OK" in authority.run(*holds, receipt.digest)
    with pytest.raises(RuntimeError):
        authority.run(*holds, "0" * 64)


def test_each_gets_one_and_nothing_is_asked_twice(authority: Authority) -> None:
    receipts = [issued(f"Of {number}") for number in range(3)]
    assert [stamping.stamp(), stamping.stamp()] == [3, 0]
    assert ReceiptTimeStamp.objects.count() == len(authority.asked) == 3
    for receipt, query in zip(receipts, authority.asked, strict=True):
        assert bytes.fromhex(receipt.digest) in query
        assert b"Of" not in query, "a hash leaves the portal and no name"


@pytest.mark.parametrize("how", BAD)
def test_what_is_no_good_stamp_is_not_kept(
    authority: Authority, how: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(asking, "TIMEOUT", 0.3)
    authority.how = how
    issued()
    issued("Another")
    started = time.monotonic()
    with caplog.at_level(logging.WARNING):
        assert stamping.stamp() == 0
    assert time.monotonic() - started < 5
    assert not ReceiptTimeStamp.objects.exists()
    assert len(authority.asked) == 1, "where it fails for one, it is not asked for the other"
    assert f"No time stamps from {authority.url}" in caplog.text
    authority.how = "well"
    authority.released.set()
    assert stamping.stamp() == 0, "not at once"
    pause_is_over()
    assert stamping.stamp() == 2
    assert StampingPause.objects.get().failures == 0


def test_who_is_away_is_asked_less_and_less(settings: Any, keys: Authority) -> None:
    settings.TIME_STAMP_AUTHORITY = "http://127.0.0.1:1/tsa"
    settings.TIME_STAMP_CERTIFICATES = str(keys.certificates)
    issued()
    waits = []
    for _time in range(7):
        assert stamping.stamp() == 0
        waits.append(round((StampingPause.objects.get().until - clock.now()).total_seconds() / 60))
        pause_is_over()
    assert waits == [1, 5, 15, 30, 60, 60, 60]


def test_without_an_authority_nothing_is_asked(settings: Any, django_assert_num_queries: Any) -> None:
    assert settings.TIME_STAMP_AUTHORITY == ""
    issued()
    with django_assert_num_queries(0):
        assert stamping.stamp() == 0


def test_a_changed_byte_changes_nothing_signed_or_is_found(authority: Authority) -> None:
    query, now = replies.query(b"A text"), clock.now()
    for reply in (authority.stamped(query.as_bytes()), authority.stamped(query.as_bytes(), "-chain", "root.pem")):
        good, found = replies.read(reply, asked=query, now=now), 0
        for place in range(len(reply)):
            changed = reply[:place] + bytes([reply[place] ^ 0x15]) + reply[place + 1 :]
            try:
                assert replies.read(changed, asked=query, now=now) == good
            except AuthorityError:
                found += 1
        assert found > 800, "all but names of algorithms, and a root that is beside it and not believed"


def test_an_authority_with_another_time_is_not_believed(authority: Authority) -> None:
    query = replies.query(b"A text")
    reply = authority.stamped(query.as_bytes())
    for now in (clock.now() + timedelta(minutes=6), clock.now() - timedelta(minutes=6)):
        with pytest.raises(AuthorityError, match="another time"):
            replies.read(reply, asked=query, now=now)


def test_the_password_is_sent_and_written_nowhere(
    authority: Authority, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    settings.TIME_STAMP_AUTHORITY = authority.url.replace("http://", "http://centre:s%C3%A9cret@")
    authority.how = "an error"
    issued()
    stamping.stamp()
    assert authority.passwords == ["Basic Y2VudHJlOnPDqWNyZXQ="]
    assert "cret" not in caplog.text + StampingPause.objects.get().authority + StampingPause.objects.get().reason


def test_a_copy_that_somebody_changed_is_not_stamped_and_holds_up_no_other(authority: Authority) -> None:
    facts = {"number": "2026-00001-V", "payload": "x", "digest": "0" * 64, "key": issued().key}
    other = Receipt.objects.create(**facts, at=clock.now())
    assert stamping.stamp() == 1
    assert not ReceiptTimeStamp.objects.filter(receipt=other).exists()


def test_however_many_copies_were_changed_a_later_receipt_is_stamped(authority: Authority) -> None:
    facts = {"payload": "x", "digest": "0" * 64, "key": issued().key, "at": clock.now()}
    assert stamping.stamp() == 1
    Receipt.objects.bulk_create(
        [Receipt(number=f"2026-{number:05d}-V", **facts) for number in range(90_000, 90_001 + stamping.MOST)]
    )
    later = issued("Later")
    assert stamping.stamp() == 1
    assert ReceiptTimeStamp.objects.filter(receipt=later).exists()


@pytest.mark.usefixtures("english")
def test_staff_see_that_it_fails_and_why_until_it_stamps_again(authority: Authority, editor: Client) -> None:
    issued()
    said = "Receipts get no time stamps"
    authority.how = "a refusal"
    assert said not in editor.get("/admin/").content.decode()
    stamping.stamp()
    page = editor.get("/admin/").content.decode()
    assert said in page
    assert "refused with status" in page
    assert "<td>1</td>" in page
    authority.how = "well"
    pause_is_over()
    stamping.stamp()
    assert said not in editor.get("/admin/").content.decode()


def test_nobody_alters_or_takes_one_away_before_its_receipt_goes(authority: Authority) -> None:
    old = issued("Old", at=timezone.now() - RECEIPTS.span - timedelta(hours=1))
    kept = issued()
    assert stamping.stamp() == 2
    rows = ReceiptTimeStamp.objects.filter(receipt=kept)
    against: list[Any] = [lambda: rows.update(authority="Me"), lambda: rows._raw_delete("default")]
    for act in against:
        with pytest.raises(Error), transaction.atomic():
            act()
    erase_what_is_due()
    assert list(Receipt.objects.all()) == [kept]
    assert ReceiptTimeStamp.objects.get().receipt == kept
    assert not ReceiptTimeStamp.objects.filter(receipt_id=old.pk).exists()


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_ask_once(authority: Authority) -> None:
    for number in range(4):
        issued(f"Of {number}")

    def run(_worker: int) -> int:
        try:
            return stamping.stamp()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(run, range(2))) == [0, 4]
    assert len(authority.asked) == 4
