"""Copied while people write, brought back into an empty database: the same rows, the same files, or a refusal."""

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
import pytest

from tests.browser.stack import BASE_DIR
from tests.faults.figures import tell
from tests.faults.portal import Portal, environment

pytestmark = [pytest.mark.faults, pytest.mark.needs("redis")]


def manage(url: str, media: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=BASE_DIR,
        env=environment(DATABASE_URL=url, MEDIA_ROOT=str(media), EMAIL_URL="", REDIS_URL=""),
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


@pytest.fixture
def empty(portal: Portal) -> Iterator[str]:
    """An empty database beside the portal's."""
    name = f"{portal.database}_restored"
    portal._maintain(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    portal._maintain(f'CREATE DATABASE "{name}"')
    yield urlunsplit(urlsplit(portal.database_url)._replace(path=f"/{name}"))
    portal._maintain(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def test_copied_while_people_write_and_brought_back(portal: Portal, empty: str, tmp_path: Path) -> None:
    media, media_back, copy = tmp_path / "media", tmp_path / "media-back", tmp_path / "copy"
    (media / "private").mkdir(parents=True)
    (media / "private" / "budget.pdf").write_bytes(b"%PDF-1.7 budget")
    (media / "photo.jpg").write_bytes(bytes(range(256)) * 100)
    with Writer(portal) as writer:
        while writer.written < 20:
            time.sleep(0.01)
        before = writer.written
        done = manage(portal.database_url, media, "dump_portal", str(copy))
        during = writer.written - before
    assert done.returncode == 0, done.stderr
    assert during > 3, "nobody wrote meanwhile"
    assert copy.stat().st_mode & 0o777 == 0o700
    rest = contents(portal.database_url)

    done = manage(empty, media_back, "restore_portal", str(copy))
    assert done.returncode == 0, done.stderr
    back = contents(empty)
    manifest = json.loads((copy / "manifest.json").read_text())
    assert {f"public.{table}" for table in back} == {name.replace('"', "") for name in manifest["tables"]}
    counted = {name.removeprefix("public."): table["rows"] for name, table in manifest["tables"].items()}
    assert {name: int(found.split(",")[0].strip("(")) for name, found in back.items()} == counted
    # What nobody wrote to meanwhile is the same as in the portal itself; what somebody did is as of one moment.
    moving = {name for name in back if back[name] != rest[name]}
    assert {"notifications_suppression", "practices_practicetext"} <= moving
    assert moving <= {
        "notifications_suppression",
        "practices_practicetext",
        "practices_libraryentry",
        "practices_libraryword",
        "hub_contentchange",
    }
    assert before <= counted["notifications_suppression"] <= before + during + 1
    assert (media_back / "private" / "budget.pdf").read_bytes() == b"%PDF-1.7 budget"
    assert (media_back / "photo.jpg").read_bytes() == (media / "photo.jpg").read_bytes()
    assert manage(empty, media_back, "migrate", "--check").returncode == 0

    again = manage(empty, tmp_path / "elsewhere", "restore_portal", str(copy))
    assert again.returncode == 1
    assert "The database is not empty" in again.stderr
    assert contents(empty) == back
    tell(
        f"copied while {during} changes were written, brought back: "
        f"{len(back)} tables, {sum(counted.values())} rows, the same hashes"
    )


def test_a_copy_that_is_not_as_it_was_written_is_refused(portal: Portal, empty: str, tmp_path: Path) -> None:
    media, copy = tmp_path / "media", tmp_path / "copy"
    media.mkdir()
    (media / "photo.jpg").write_bytes(b"photo")
    assert manage(portal.database_url, media, "dump_portal", str(copy)).returncode == 0
    assert "is there already" in manage(portal.database_url, media, "dump_portal", str(copy)).stderr

    refused = manage(empty, media, "restore_portal", str(copy))
    assert "is not empty. Move what is there away" in refused.stderr

    broken = tmp_path / "broken"
    shutil.copytree(copy, broken)
    with (broken / "media.tar").open("ab") as file:
        file.write(b"x")
    refused = manage(empty, tmp_path / "back", "restore_portal", str(broken))
    assert refused.returncode == 1
    assert "media.tar is missing or not as it was written" in refused.stderr
    assert contents(empty) == {}

    # A manifest that tells of other rows: what came back is not trusted.
    wrong = json.loads((copy / "manifest.json").read_text())
    wrong["tables"]["public.accounts_user"]["sha256"] = "0" * 64
    (copy / "manifest.json").write_text(json.dumps(wrong))
    refused = manage(empty, tmp_path / "back", "restore_portal", str(copy))
    assert refused.returncode == 1
    assert "not what was copied, in public.accounts_user" in refused.stderr

    nothing = manage(empty, tmp_path / "back", "restore_portal", str(tmp_path / "nothing"))
    assert "is no copy of a portal" in nothing.stderr
