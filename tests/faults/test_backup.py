"""Copied while people write, brought back into an empty database: the same rows, the same files, or a refusal."""

import hashlib
import json
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pyrage
import pytest

from tests.browser.stack import BASE_DIR
from tests.faults.figures import tell
from tests.faults.portal import Portal, environment

pytestmark = [pytest.mark.faults, pytest.mark.needs("redis")]


def manage(url: str, media: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=BASE_DIR,
        env=environment(
            DATABASE_URL=url, MEDIA_ROOT=str(media), ERASURES_ROOT=f"{media}-erasures", EMAIL_URL="", REDIS_URL=""
        ),
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


class Writer:
    """Somebody who follows the news every few milliseconds, and an editor who changes titles."""

    def __init__(self, portal: Portal) -> None:
        self._portal = portal
        self._enough = threading.Event()
        self._thread = threading.Thread(target=self._run)
        self.written = 0

    def __enter__(self) -> "Writer":
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._enough.set()
        self._thread.join()

    def _run(self) -> None:
        with psycopg.connect(self._portal.database_url, autocommit=True) as connection:
            while not self._enough.is_set():
                self.written += 1
                connection.execute(
                    "INSERT INTO notifications_suppression (email, reason, created_at) VALUES (%s, 'x', now())",
                    [f"writer{self.written}@example.org"],
                )
                connection.execute("UPDATE practices_practicetext SET what = what || '.'")
                time.sleep(0.02)


def contents(url: str) -> dict[str, str]:
    """Every table by a hash of its rows, computed apart from the portal's own way."""
    with psycopg.connect(url) as connection:
        tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        found = {}
        for (table,) in tables:
            query = f'SELECT count(*), sum(hashtextextended(t::text, 0)::numeric) FROM "{table}" t'
            found[table] = str(connection.execute(query.encode()).fetchone())
    return found


def new_identity(place: Path) -> tuple[Path, str]:
    """A file as age-keygen writes it, and the public key."""
    identity = pyrage.x25519.Identity.generate()
    place.write_text(f"# created: today\n{identity}\n")
    return place, str(identity.to_public())


def opened(sealed: Path, identity: Path) -> bytes:
    """What stands in a sealed file, opened apart from the portal's own way."""
    key = pyrage.x25519.Identity.from_str(identity.read_text().splitlines()[1])
    return pyrage.decrypt(sealed.read_bytes(), [key])


@pytest.fixture
def empty(portal: Portal) -> Iterator[str]:
    """An empty database beside the portal's."""
    name = f"{portal.database}_restored"
    portal._maintain(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    portal._maintain(f'CREATE DATABASE "{name}"')
    yield urlunsplit(urlsplit(portal.database_url)._replace(path=f"/{name}"))
    portal._maintain(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def test_copied_while_people_write_sealed_and_brought_back(portal: Portal, empty: str, tmp_path: Path) -> None:
    media, media_back, copy = tmp_path / "media", tmp_path / "media-back", tmp_path / "copy"
    (media / "private").mkdir(parents=True)
    (media / "private" / "budget.pdf").write_bytes(b"%PDF-1.7 budget")
    (media / "photo.jpg").write_bytes(bytes(range(256)) * 10_000)
    identity, public = new_identity(tmp_path / "identity")
    with Writer(portal) as writer:
        while writer.written < 20:
            time.sleep(0.01)
        before = writer.written
        done = manage(portal.database_url, media, "backup", str(copy), "--public-key", public)
        during = writer.written - before
    assert done.returncode == 0, done.stderr
    assert during > 3, "nobody wrote meanwhile"
    assert copy.stat().st_mode & 0o777 == 0o700
    rest = contents(portal.database_url)
    readable = {path.name for path in copy.iterdir() if not path.read_bytes().startswith(b"age-encryption.org/v1")}
    assert readable == {"manifest.json"}
    assert set(json.loads((copy / "manifest.json").read_text())) == {
        "format",
        "made_at",
        "version",
        "sealed",
        "site",
        "sha256",
        "proof",
    }

    other, _public = new_identity(tmp_path / "other")
    refused = manage(empty, media_back, "restore", str(copy))
    assert "is sealed. Name the file with the identity" in refused.stderr
    refused = manage(empty, media_back, "restore", str(copy), "--identity", str(other))
    assert "it was sealed for another key" in refused.stderr
    assert contents(empty) == {}

    done = manage(empty, media_back, "restore", str(copy), "--identity", str(identity), "--keep-mail")
    assert done.returncode == 0, done.stderr
    back = contents(empty)
    told = json.loads(opened(copy / "contents.json.age", identity))["tables"]
    assert {f"public.{table}" for table in back} == {name.replace('"', "") for name in told}
    counted = {name.removeprefix("public."): table["rows"] for name, table in told.items()}
    assert {name: int(found.split(",")[0].strip("(")) for name, found in back.items()} == counted
    # What nobody wrote to meanwhile is the same as in the portal itself; what somebody did is as of one moment. The
    # copy is noted once it is made.
    moving = {name for name in back if back[name] != rest[name]}
    assert {"notifications_suppression", "practices_practicetext"} <= moving
    assert moving <= {
        "notifications_suppression",
        "practices_practicetext",
        "practices_libraryentry",
        "practices_libraryword",
        "hub_contentchange",
        "nccsi_heartbeat",
    }
    assert before <= counted["notifications_suppression"] <= before + during + 1
    assert (media_back / "private" / "budget.pdf").read_bytes() == b"%PDF-1.7 budget"
    assert (media_back / "photo.jpg").read_bytes() == (media / "photo.jpg").read_bytes()
    assert manage(empty, media_back, "migrate", "--check").returncode == 0

    again = manage(empty, tmp_path / "elsewhere", "restore", str(copy), "--identity", str(identity))
    assert again.returncode == 1
    assert "The database is not empty" in again.stderr
    assert contents(empty) == back
    tell(
        f"copied sealed while {during} changes were written, brought back: "
        f"{len(back)} tables, {sum(counted.values())} rows, the same hashes"
    )


def test_a_drill_restores_beside_the_portal_and_leaves_nothing(portal: Portal, tmp_path: Path) -> None:
    media, copy = tmp_path / "media", tmp_path / "copy"
    media.mkdir()
    (media / "photo.jpg").write_bytes(b"photo")
    assert manage(portal.database_url, media, "backup", str(copy)).returncode == 0
    before, databases = contents(portal.database_url), portal.query("SELECT datname FROM pg_database ORDER BY 1")
    done = manage(portal.database_url, media, "restore", "--check", str(copy))
    assert done.returncode == 0, done.stderr
    assert "All is back as it was copied" in done.stdout
    assert "1 uploads" in done.stdout
    assert "passwords are kept as scrypt" in done.stdout
    assert contents(portal.database_url) == before
    assert portal.query("SELECT datname FROM pg_database ORDER BY 1") == databases
    assert [path.name for path in media.iterdir()] == ["photo.jpg"]


def test_a_copy_that_is_not_as_it_was_written_is_refused(portal: Portal, empty: str, tmp_path: Path) -> None:
    media, copy = tmp_path / "media", tmp_path / "copy"
    media.mkdir()
    (media / "photo.jpg").write_bytes(b"photo")
    assert manage(portal.database_url, media, "backup", str(copy)).returncode == 0
    assert "is there already" in manage(portal.database_url, media, "backup", str(copy)).stderr

    refused = manage(empty, media, "restore", str(copy))
    assert "is not empty. Move what is there away" in refused.stderr

    broken = tmp_path / "broken"
    shutil.copytree(copy, broken)
    with (broken / "media.tar").open("ab") as file:
        file.write(b"x")
    refused = manage(empty, tmp_path / "back", "restore", str(broken))
    assert refused.returncode == 1
    assert "media.tar is missing or not as it was written" in refused.stderr
    assert contents(empty) == {}

    # A copy that tells of other rows: what came back is not trusted.
    wrong, manifest = (json.loads((copy / name).read_text()) for name in ("contents.json", "manifest.json"))
    wrong["tables"]["public.accounts_user"]["sha256"] = "0" * 64
    (copy / "contents.json").write_text(json.dumps(wrong))
    manifest["sha256"]["contents.json"] = hashlib.sha256((copy / "contents.json").read_bytes()).hexdigest()
    (copy / "manifest.json").write_text(json.dumps(manifest))
    refused = manage(empty, tmp_path / "back", "restore", str(copy))
    assert "Nothing shows that this portal wrote" in refused.stderr
    assert contents(empty) == {}
    refused = manage(empty, tmp_path / "back", "restore", str(copy), "--unproved")
    assert refused.returncode == 1
    assert "not what was copied, in public.accounts_user" in refused.stderr

    wrong["migrations"].append("hub.9999_not_yet")
    (copy / "contents.json").write_text(json.dumps(wrong))
    manifest["sha256"]["contents.json"] = hashlib.sha256((copy / "contents.json").read_bytes()).hexdigest()
    (copy / "manifest.json").write_text(json.dumps(manifest))
    refused = manage(empty, tmp_path / "back", "restore", str(copy), "--unproved")
    assert "The copy is of a newer portal: this one does not know hub.9999_not_yet" in refused.stderr

    nothing = manage(empty, tmp_path / "back", "restore", str(tmp_path / "nothing"))
    assert "is no copy of a portal" in nothing.stderr
