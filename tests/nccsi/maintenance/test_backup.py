"""What a copy says of the settings, which copies are kept, and what happens to a portal once it is restored."""

import io
import json
import re
import tarfile
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import connection

from nccsi.health import heartbeat
from nccsi.maintenance import after_restore, copies, media_copy, told_settings
from nccsi.maintenance.backup import back_up
from nccsi.maintenance.drill import read_all
from nccsi.running import operations
from nccsi.running.environment import Environment
from notifications.outbox import outbox
from notifications.outbox.models import Message
from tests.environment import BASE_DIR

CANARY = "canary7"
# What of each variable is secret; all others may be told.
SECRET = {
    "SECRET_KEY": f"{CANARY}{'x' * 60}",
    "RECEIPT_SIGNING_KEY": f"{CANARY}=",
    "TIME_STAMP_AUTHORITY": f"https://user:{CANARY}@time.example.eu/tsa?key={CANARY}",
    "EMAIL_URL": f"smtp+tls://{CANARY}@mail.example.eu:{CANARY}@mail.example.eu:587",
    "POSTGRES_PASSWORD": CANARY,
    "REDIS_PASSWORD": CANARY,
    "DATABASE_URL": f"postgresql://nccsi:{CANARY}@localhost:5432/nccsi?sslpassword={CANARY}",
    "REDIS_URL": f"redis://:{CANARY}@localhost:6379/0",
    "CACHE_URL": f"redis://:{CANARY}@localhost:6379/1",
    "MEDIA_STORAGE": f"s3://{CANARY}:{CANARY}@storage.example.eu/bucket?region={CANARY}",
    "ERASURES_STORAGE": f"s3://key:slash/{CANARY}@storage.example.eu/erasures",
    "SECRET_KEY_FALLBACKS": CANARY,
    "METRICS_TOKEN": CANARY,
    "SENTRY_DSN": f"https://{CANARY}@errors.example.eu/1",
}
EXAMPLE = dict(re.findall(r"^#?([A-Z_]+)=(.*)$", (BASE_DIR / ".env.example").read_text(), re.MULTILINE))


def test_settings_are_told_without_their_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Environment, "asked_for", {*EXAMPLE, "LANGUAGES", "UNSET_ELSEWHERE"})
    for name, value in EXAMPLE.items():
        monkeypatch.setenv(name, SECRET.get(name, value or "told"))
    told = told_settings.told_settings()
    assert CANARY not in json.dumps(told)
    assert set(EXAMPLE) == set(told)
    assert told["SECRET_KEY"] == told_settings.OMITTED
    assert told["DATABASE_URL"] == "postgresql://localhost:5432/nccsi"
    assert told["EMAIL_URL"] == "smtp+tls://mail.example.eu:587"
    assert told["MEDIA_STORAGE"] == "s3://storage.example.eu/bucket"
    assert told["ERASURES_STORAGE"] == told_settings.OMITTED
    assert told_settings.bare("X", f"host=localhost password={CANARY}") == told_settings.OMITTED
    assert told["DEFAULT_FROM_EMAIL"] == EXAMPLE["DEFAULT_FROM_EMAIL"]
    assert told["LANGUAGES"] == "nl,fr,de,en"
    assert told["BACKUP_PUBLIC_KEY"].startswith("age1"), "a public key is no secret"


def test_each_variable_that_sounds_secret_is_one_or_is_public() -> None:
    sounding = {name for name in EXAMPLE if re.search("KEY|PASS|SECRET|TOKEN|DSN|_URL|AUTHORITY", name)}
    assert sounding - set(SECRET) == {"SITE_URL", "BACKUP_PUBLIC_KEY"}


def test_the_settings_of_the_portal_are_those_that_it_asks_for() -> None:
    assert {"SITE_URL", "DATABASE_URL", "MEDIA_ROOT", "LANGUAGES"} <= Environment.asked_for


def _copy(place: Path, name: str, day: str, /, *, site: str = "", **other: Any) -> None:
    (place / name).mkdir(parents=True)
    for file in copies.FILES:
        (place / name / file).write_bytes(b"x")
    copies.write_manifest(place / name, site=site or settings.SITE_URL, made_at=day, version="1", sealed=False)
    if other:
        _change(place / name, **other)


def _change(folder: Path, **facts: Any) -> None:
    """As somebody would who can write there."""
    manifest = json.loads((folder / copies.MANIFEST).read_text()) | facts
    (folder / copies.MANIFEST).write_text(json.dumps(manifest))


def test_only_what_this_portal_wrote_is_taken(tmp_path: Path, settings: Any) -> None:
    _copy(tmp_path, "ours", "2027-01-01")
    ours = tmp_path / "ours"
    assert copies.read_manifest(ours)["made_at"] == "2027-01-01"
    key, settings.SECRET_KEY = settings.SECRET_KEY, "another" * 8
    with pytest.raises(copies.NoBackup, match="Nothing shows that this portal wrote"):
        copies.read_manifest(ours)
    settings.SECRET_KEY_FALLBACKS = [key]
    assert copies.read_manifest(ours)["made_at"] == "2027-01-01"
    for change in ({"made_at": "2027-01-02"}, {"sealed": True}, {"proof": "é"}, {"proof": None}, {"more": 1}):
        _copy(tmp_path, str(change), "2027-01-01", **change)
        with pytest.raises(copies.NoBackup, match="Nothing shows"):
            copies.read_manifest(tmp_path / str(change))
    (ours / copies.DATABASE).write_bytes(b"y")
    with pytest.raises(copies.NoBackup, match="not as it was written"):
        copies.read_manifest(ours)


@pytest.mark.parametrize("digests", [{}, {"../other": "0"}, None, {copies.DATABASE: "0"}])
def test_without_proof_it_is_a_copy_all_the_same(tmp_path: Path, digests: object) -> None:
    _copy(tmp_path, "ours", "2027-01-01", sha256=digests)
    with pytest.raises(copies.NoBackup, match="does not hold the files of a copy"):
        copies.read_manifest(tmp_path / "ours", unproved=True)


def test_the_newest_copies_are_kept_and_what_is_none_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _copy(tmp_path, "a", "2027-01-03")
    _copy(tmp_path, "b", "2027-01-01")
    _copy(tmp_path, "c", "2027-01-02")
    (tmp_path / "photos").mkdir()
    (tmp_path / "half").mkdir()
    (tmp_path / "half" / copies.MANIFEST).write_text("{")
    _copy(tmp_path, "unfinished.part", "2020-01-01")
    with monkeypatch.context() as earlier:
        earlier.setattr(copies, "FORMAT", 1)
        _copy(tmp_path, "of another format", "2020-01-01")
    _copy(tmp_path, "of another portal", "2020-01-01", site="https://other.example.eu")
    _copy(tmp_path, "somebody's", "2020-01-01", made_at="2099-01-01")
    (tmp_path / "linked").symlink_to(tmp_path / "a")
    before = {path.name for path in tmp_path.iterdir()}
    left = [path.name for path in copies.left_alone(tmp_path, site=settings.SITE_URL)]
    assert left == ["of another format", "somebody's"]
    assert copies.remove_older(tmp_path, keep=2, site=settings.SITE_URL) == [tmp_path / "b"]
    assert {path.name for path in tmp_path.iterdir()} == before - {"b"}
    with pytest.raises(CommandError, match="1 or more"):
        call_command("backup", str(tmp_path / "new"), keep=0)


def test_a_run_that_fails_leaves_nothing_half(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_given: object, **_more: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("nccsi.maintenance.backup.one_moment", stop)
    with pytest.raises(KeyboardInterrupt):
        back_up(tmp_path / "copy")
    assert not list(tmp_path.iterdir())


def test_a_public_key_that_is_none_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BACKUP_PUBLIC_KEY", "age1nonsense")
    with pytest.raises(ImproperlyConfigured, match="BACKUP_PUBLIC_KEY is no public key"):
        operations.backup_public_key(Environment())


def test_an_archive_that_is_none_is_told_in_a_sentence(tmp_path: Path, settings: Any) -> None:
    settings.MEDIA_ROOT = str(tmp_path / "media")
    outside = io.BytesIO()
    with tarfile.open(fileobj=outside, mode="w|") as tar:
        tar.addfile(tarfile.TarInfo("../outside.txt"))
    for archive in (outside.getvalue(), b"no archive" * 100):
        with pytest.raises(copies.NoBackup, match="Uploads cannot be brought back"):
            media_copy.extract(io.BytesIO(archive))
    assert not (tmp_path / "outside.txt").exists()


def _queue(key: str, **changed: Any) -> None:
    outbox.queue("hub/test", to="anna@example.org", language="en", context={}, dedupe_key=key)
    Message.objects.filter(dedupe_key=key).update(**changed)


@pytest.mark.usefixtures("set_up_anew")
def test_before_anybody_uses_it_mail_is_set_aside_and_erasures_are_replayed(
    tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.MEDIA_ROOT = str(tmp_path / "media")
    (tmp_path / "media").mkdir()
    _queue("due")
    _queue("later", due_at="2099-01-01T00:00Z")
    _copy(tmp_path, "older", "2020-01-01")
    call_command("backup", str(tmp_path / "copy"), keep=1, verbosity=0)
    assert heartbeat.last(heartbeat.BACKUP) is not None
    assert not (tmp_path / "older").exists()
    assert (tmp_path / "copy" / copies.SETTINGS).exists()

    asked: list[int] = []

    def replay() -> int:
        asked.append(Message.objects.count())
        return 3

    monkeypatch.setattr(after_restore, "_steps", {})
    after_restore.register("erasures replayed", replay)
    after_restore.register("erasures found", lambda: 0, at_none="Look after them.")
    said = io.StringIO()
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    call_command("restore", str(tmp_path / "copy"), verbosity=0, stdout=said, no_color=True)
    assert said.getvalue().endswith("erasures replayed: 3.\nAfterwards, erasures found: 0.\nLook after them.\n")
    assert asked == [2], "after everything is back, once"
    aside = Message.objects.get(dedupe_key="due")
    assert (aside.status, aside.error) == (Message.Status.WITHDRAWN, outbox.RESTORED)
    assert Message.objects.get(dedupe_key="later").status == Message.Status.QUEUED
    assert "models read; passwords are kept as" in read_all()
    assert outbox.resend(aside), "staff decide that it had not left"
