"""Receipts: signed over canonical JSON, verified by number, by file and without the portal; kept as they are."""

import json
import re
import subprocess
import sys
from base64 import b64encode
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import Error, connection, transaction
from django.utils import timezone, translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.privacy.keeping import erase_what_is_due
from consortia.receipts import clock, files, issuing, numbers, verifying
from consortia.receipts.keeping_times import RECEIPTS
from consortia.receipts.models import Receipt, SigningKey
from consortia.receipts.verifying import Code
from tests.environment import BASE_DIR

pytestmark = pytest.mark.django_db
HERE = Path(__file__).parent
EXAMPLE = (HERE / "example.json").read_bytes()
PUBLIC = (HERE / "example.key").read_text().strip()
AT = datetime(2026, 10, 14, 9, 30, tzinfo=UTC)
FREE = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def issued(name: str = "Ça – \U0001d11e", at: datetime = AT) -> Receipt:
    attests: Any = {"call": {"title": {"en": "Call"}}, "consortium": {"name": name}, "organisations": []}
    return issuing.issue(Receipt.Kind.DECLARATION, attests=attests, at=at)


def known_key() -> SigningKey:
    return SigningKey.objects.create(key=json.loads(EXAMPLE)["key"], public=PUBLIC)


class TestNumbers:
    def test_they_are_read_as_people_type_them(self) -> None:
        number = numbers.written(2026, 17)
        assert re.fullmatch(r"2026-00017-[A-Z]", number)
        assert numbers.read(f" {number.lower().replace('-', ' ')} ") == number
        assert numbers.read(number.replace("-", "")) == number

    @given(st.integers(0, 99_999_999), st.data())
    def test_a_digit_misread_and_two_exchanged_are_caught(self, running: int, data: Any) -> None:
        number = numbers.written(2026, running)
        places = [place for place, letter in enumerate(number) if letter.isdigit()]
        place = data.draw(st.sampled_from(places))
        other = data.draw(st.sampled_from([each for each in "0123456789" if each != number[place]]))
        assert numbers.read(number[:place] + other + number[place + 1 :]) == ""
        following = places[places.index(place) + 1 :][:1]
        if following and number[place] != number[following[0]]:
            letters = list(number)
            letters[place], letters[following[0]] = letters[following[0]], letters[place]
            assert numbers.read("".join(letters)) == ""

    @pytest.mark.parametrize("typed", ["", "2026", "2026-00017-", "٢٠٢٦-00017-A", "x" * 5000, "2026-00017-1", "\x00"])
    def test_anything_else_is_no_number(self, typed: str) -> None:
        assert numbers.read(typed) == ""
        assert verifying.by_number(typed).code == Code.UNKNOWN


class TestVerifying:
    def test_by_number_and_by_file(self) -> None:
        receipt = issued()
        for verdict in (verifying.by_number(receipt.number), verifying.by_file(files.as_file(receipt))):
            assert (verdict.code, verdict.receipt) == (Code.GENUINE, receipt)
            assert verdict.attested is not None
            assert verdict.attested["time"] == "2026-10-14T09:30:00.000000Z"
            assert verdict.attested["number"] == receipt.number

    def test_a_stored_one_of_long_ago_verifies(self) -> None:
        assert verifying.by_file(EXAMPLE).code == Code.UNKNOWN, "no key of this portal"
        known_key()
        verdict = verifying.by_file(EXAMPLE)
        assert (verdict.code, verdict.receipt) == (Code.GENUINE, None)

    def test_a_new_key_leaves_old_ones_genuine(self, settings: Any) -> None:
        old = issued()
        settings.RECEIPT_SIGNING_KEY = b64encode(b"another key of the tests, 32 long").decode()[:43] + "="
        new = issued()
        assert old.key_id != new.key_id
        assert SigningKey.objects.count() == 2
        assert {verifying.by_number(each.number).code for each in (old, new)} == {Code.GENUINE}
        assert {verifying.by_file(files.as_file(each)).code for each in (old, new)} == {Code.GENUINE}

    @FREE
    @given(st.data())
    def test_each_changed_letter_is_found(self, data: Any) -> None:
        SigningKey.objects.get_or_create(key=json.loads(EXAMPLE)["key"], defaults={"public": PUBLIC})
        parts = json.loads(EXAMPLE)
        name = data.draw(st.sampled_from(["payload", "signature", "sha256", "key"]))
        place = data.draw(st.integers(0, len(parts[name]) - 1))
        letter = data.draw(st.characters(codec="utf-8").filter(lambda letter: letter != parts[name][place]))
        parts[name] = parts[name][:place] + letter + parts[name][place + 1 :]
        assert not _is_genuine(json.dumps(parts).encode())

    @FREE
    @given(st.integers(0, len(EXAMPLE) - 1), st.integers(1, 255))
    def test_each_changed_byte_of_the_file_changes_nothing_signed_or_is_found(self, place: int, by: int) -> None:
        SigningKey.objects.get_or_create(key=json.loads(EXAMPLE)["key"], defaults={"public": PUBLIC})
        changed = bytearray(EXAMPLE)
        changed[place] ^= by
        if _is_genuine(bytes(changed)):
            before, now = json.loads(EXAMPLE), json.loads(changed)
            assert all(before[name] == now[name] for name in ("payload", "signature", "sha256", "key"))

    @FREE
    @given(
        st.binary(max_size=300) | st.recursive(st.none() | st.text() | st.floats(), st.lists).map(repr).map(str.encode)
    )
    def test_whatever_is_brought_is_answered_calmly(self, content: bytes) -> None:
        assert not _is_genuine(content)

    @pytest.mark.parametrize("content", [b"[" * 100_000, b'{"payload":"\\ud800"}', b"null", b"\xff\xfe", b"1" * 9000])
    def test_what_breaks_parsers_does_not_break_this(self, content: bytes) -> None:
        with pytest.raises(files.UnreadableError):
            verifying.by_file(content)

    @pytest.mark.parametrize(
        ("before", "now"),
        [
            (b"{", b'{"payload": "another text", '),
            (b"{", b'{"decision": "approved", '),
            (b"nccsi-receipt-1", b"nccsi-receipt-2"),
        ],
    )
    def test_nothing_stands_beside_what_is_signed(self, before: bytes, now: bytes) -> None:
        changed = EXAMPLE.replace(before, now, 1)
        assert changed != EXAMPLE
        with pytest.raises(files.UnreadableError):
            verifying.by_file(changed)


def _is_genuine(content: bytes) -> bool:
    try:
        return verifying.by_file(content).code == Code.GENUINE
    except files.UnreadableError:
        return False


class TestKeeping:
    def test_nobody_alters_or_deletes_one_or_a_key(self) -> None:
        receipt = issued()
        rows, keys = Receipt.objects.filter(pk=receipt.pk), SigningKey.objects.all()
        against: list[Any] = [
            lambda: rows.update(payload="{}"),
            lambda: rows.update(at=timezone.now()),
            lambda: rows._raw_delete("default"),
            lambda: keys.update(public="x"),
            lambda: keys._raw_delete("default"),
        ]
        for act in against:
            with pytest.raises(Error), transaction.atomic():
                act()
        assert verifying.by_number(receipt.number).code == Code.GENUINE

    def test_it_goes_when_its_time_is_over(self) -> None:
        old = issued(at=timezone.now() - RECEIPTS.span - timedelta(hours=1))
        kept = issued(at=timezone.now() - RECEIPTS.span + timedelta(hours=1))
        erase_what_is_due()
        assert list(Receipt.objects.all()) == [kept]
        assert verifying.by_number(old.number).code == Code.UNKNOWN
        assert f"interval '{RECEIPTS.span.days} days'" in (BASE_DIR / "consortia/sql/receipts_stay.sql").read_text()

    def test_a_copy_that_somebody_changed_behind_the_trigger_is_not_genuine(self) -> None:
        receipt = issued()
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE consortia_receipt DISABLE TRIGGER consortia_receipt_stays")
        Receipt.objects.update(payload=receipt.payload.replace("Call", "Cell"))
        assert verifying.by_number(receipt.number).code == Code.ALTERED


def test_the_clock_is_the_databases() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        assert timedelta(0) <= cursor.fetchone()[0] - clock.now() + timedelta(seconds=1) < timedelta(seconds=2)


def _recipe() -> str:
    found = re.search(
        r"```python\n(.*?)```", (BASE_DIR / "docs" / "receipts.md").read_text(encoding="utf-8"), re.DOTALL
    )
    assert found
    return found.group(1)


def _run(tmp_path: Path, content: bytes, public: str = PUBLIC) -> "subprocess.CompletedProcess[str]":
    (tmp_path / "verify.py").write_text(_recipe(), encoding="utf-8")
    (tmp_path / "receipt.json").write_bytes(content)
    command = [sys.executable, "verify.py", "receipt.json", public]
    return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)


def test_the_recipe_of_the_docs_verifies_without_the_portal(tmp_path: Path) -> None:
    done = _run(tmp_path, EXAMPLE)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["number"] == "2026-00001-V"
    assert len([line for line in _recipe().splitlines() if line.strip()]) <= 10
    beginning = b'"signature": "'
    for changed in (EXAMPLE.replace(b"East", b"West"), EXAMPLE.replace(beginning, beginning + b"A")):
        assert changed != EXAMPLE
        assert _run(tmp_path, changed).returncode != 0
    assert _run(tmp_path, EXAMPLE, b64encode(b"x" * 32).decode()).returncode != 0


def test_the_recipe_verifies_what_is_issued_now(tmp_path: Path) -> None:
    receipt = issued()
    with translation.override("fr"):
        assert _run(tmp_path, files.as_file(receipt), receipt.key.public).returncode == 0
