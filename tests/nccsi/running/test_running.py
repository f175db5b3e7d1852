"""`make run` and the server it brings: starts, says what is wrong in one sentence, leaves nothing behind."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from nccsi.running import embedded
from nccsi.running.embedded import DatabaseUnavailable, Server
from nccsi.running.processes import Group
from nccsi.running.run import Ends
from tests.environment import BASE_DIR, free_port
from tests.running import descendants, postmasters, start, still_alive, until_ready


def run(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=BASE_DIR,
        env=os.environ | variables,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


# --- One sentence each ---


def test_port_in_use() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = run("-m", "nccsi.running.run", PORT=str(port))
    assert done.returncode == 1
    (sentence,) = done.stderr.splitlines()
    assert sentence.startswith(f"NCCSI cannot start: Port {port} on 127.0.0.1 is taken")
    assert f"make run PORT={port + 1}" in sentence


@pytest.mark.parametrize("port", ["none", "0", "70000"])
def test_port_that_is_none(port: str) -> None:
    done = run("-m", "nccsi.running.run", PORT=port)
    assert done.returncode == 1
    (sentence,) = done.stderr.splitlines()
    assert "PORT is" in sentence


def test_database_that_does_not_answer() -> None:
    done = run(
        "-m", "nccsi.running.run", PORT=str(free_port()), DATABASE_URL=f"postgresql://nobody@127.0.0.1:{free_port()}/x"
    )
    assert done.returncode == 1
    (sentence,) = done.stderr.splitlines()
    assert sentence.startswith("NCCSI cannot start: The database of DATABASE_URL does not answer")


def test_old_python(tmp_path: Path) -> None:
    old = tmp_path / "python3"
    old.write_text('#!/bin/sh\n[ "$1" = --version ] && { echo "Python 3.9.2"; exit 0; }\nexit 1\n')
    old.chmod(0o755)
    env = {"PATH": f"{tmp_path}:/nowhere", "PYTHON": "python3"}
    command = ["/bin/sh", str(BASE_DIR / "requirements" / "environment.sh"), str(tmp_path / "venv")]
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    (sentence,) = done.stderr.splitlines()
    assert sentence.startswith("NCCSI needs Python 3.11 or newer, and found Python 3.9.2")


@pytest.mark.parametrize(
    ("variable", "place"),
    [
        ("VAR_DIR", ""),
        ("MEDIA_ROOT", "media"),
        ("STATIC_ROOT", "static"),
        ("EMAIL_URL", "mail"),
        ("REDIS_URL", "queue"),
    ],
)
def test_a_folder_that_cannot_be_written(tmp_path: Path, variable: str, place: str) -> None:
    """A file in its place keeps root out, too."""
    folder = tmp_path / "var" / place
    folder.parent.mkdir(exist_ok=True)
    folder.write_text("here is a file")
    unset = dict.fromkeys(("MEDIA_ROOT", "STATIC_ROOT", "EMAIL_URL", "REDIS_URL", "SITE_URL", "DATABASE_URL"), "")
    done = run("-m", "nccsi.running.run", PORT=str(free_port()), VAR_DIR=str(tmp_path / "var"), DEMO="true", **unset)
    assert done.returncode == 1
    (sentence,) = done.stderr.splitlines()
    assert sentence.startswith(f"NCCSI cannot start: The folder {folder} cannot be written (")
    assert sentence.endswith(f"or set {variable}.")
    assert "PostgreSQL" not in done.stdout


@pytest.mark.parametrize("variable", ["MEDIA_ROOT", "STATIC_ROOT"])
def test_a_folder_that_is_there_but_read_only(tmp_path: Path, variable: str) -> None:
    read_only = "/proc"  # for root, too
    done = run(
        "-m",
        "nccsi.running.run",
        PORT=str(free_port()),
        VAR_DIR=str(tmp_path),
        DEMO="true",
        DATABASE_URL="",
        **{variable: read_only},
    )
    assert done.returncode == 1
    assert f"The folder {read_only} cannot be written" in done.stderr


# --- The server ---


def test_server_starts_is_shared_and_stops_with_its_last_user(data_dir: Path) -> None:
    first, second = Server(data_dir, durable=False), Server(data_dir, durable=False)
    assert first.acquire() == second.acquire()
    with psycopg.connect(first.url) as connection:
        connection.execute("CREATE TABLE kept (n int)")
    first.release()
    assert len(postmasters(data_dir)) == 1
    second.release()
    assert postmasters(data_dir) == []
    first.acquire()
    with psycopg.connect(first.url) as connection:
        connection.execute("SELECT n FROM kept")
    first.release()


def test_a_killed_user_neither_keeps_nor_kills_the_server(data_dir: Path) -> None:
    program = "import sys, time; from pathlib import Path; from nccsi.running.embedded import Server"
    program += f"; Server(Path({str(data_dir)!r})).acquire(); print('up', flush=True); time.sleep(60)"
    user = subprocess.Popen([sys.executable, "-c", program], cwd=BASE_DIR, stdout=subprocess.PIPE)
    assert user.stdout is not None
    assert user.stdout.readline() == b"up\n"
    user.kill()
    user.wait()
    server = Server(data_dir)
    server.acquire()  # finds it running
    psycopg.connect(server.url).close()
    server.release()
    assert postmasters(data_dir) == []


def test_server_that_was_killed_comes_back(data_dir: Path) -> None:
    server = Server(data_dir)
    server.acquire()
    (postmaster,) = postmasters(data_dir)
    os.kill(postmaster, signal.SIGKILL)
    # Its number may be anybody's by the next start: here, ours.
    pid_file = data_dir / "postmaster.pid"
    pid_file.write_text("\n".join([str(os.getpid()), *pid_file.read_text().splitlines()[1:]]) + "\n")
    deadline = time.monotonic() + 10
    while postmasters(data_dir) and time.monotonic() < deadline:
        time.sleep(0.1)
    other = Server(data_dir)
    other.acquire()
    psycopg.connect(other.url).close()
    server.release()
    other.release()


def test_a_killed_server_is_noticed_and_revived(data_dir: Path) -> None:
    server = Server(data_dir)
    server.acquire()
    assert server.listens()
    with psycopg.connect(server.url, autocommit=True) as connection:
        connection.execute("CREATE TABLE kept (n int)")
    (postmaster,) = postmasters(data_dir)
    os.kill(postmaster, signal.SIGKILL)
    still_alive([postmaster])
    assert not server.listens()
    server.revive()
    assert server.listens()
    with psycopg.connect(server.url) as connection:
        connection.execute("SELECT n FROM kept")
    server.release()
    assert not server.listens()


def test_long_folder(data_dir: Path) -> None:
    deep = data_dir.parent / ("x" * 60) / ("y" * 60)
    deep.mkdir(parents=True)
    server = Server(deep / "postgres")
    server.acquire()
    psycopg.connect(server.url).close()
    server.release()


def test_server_that_cannot_start_says_why(data_dir: Path) -> None:
    server = Server(data_dir)
    server.acquire()
    server.release()
    (data_dir / "postgresql.conf").write_text("no_such_setting = 1\n")
    with pytest.raises(DatabaseUnavailable, match=r"did not start .*server\.log"):
        Server(data_dir).acquire()


def test_root_is_refused_in_a_closed_folder(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    with pytest.raises(DatabaseUnavailable, match="closed to other users"):
        embedded.refuse_closed_folders(closed / "var" / "postgres")
    assert closed.stat().st_mode & 0o777 == 0o700


# --- The programs ---


@pytest.fixture
def group() -> Iterator[Group]:
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    group = Group(patience=1.0)
    yield group
    group.stop()
    for number, handler in before.items():
        signal.signal(number, handler)


def test_when_one_program_ends_all_end(group: Group, capsys: pytest.CaptureFixture[str]) -> None:
    group.start("long", ["sleep", "60"], os.environ)
    short = group.start("short", ["sh", "-c", "echo done; exit 3"], os.environ)
    assert group.follow(lambda: None) is short
    group.stop()
    assert short.process.returncode == 3
    assert all(child.process.returncode is not None for child in group.children)
    assert " short │ done" in capsys.readouterr().out


def test_a_program_that_ended_is_replaced_and_what_it_left_behind_goes(
    group: Group, capsys: pytest.CaptureFixture[str]
) -> None:
    seconds = f"60.{os.getpid()}7"
    first = group.start("short", ["sh", "-c", f"sleep {seconds} & echo run; exit 3"], os.environ)
    assert group.follow(lambda: None) is first
    second = group.replace(first)
    assert group.children == [second]
    assert group.follow(lambda: None) is second
    group.stop()
    assert capsys.readouterr().out.count(" short │ run") == 2
    left = subprocess.run(["pgrep", "-f", f"sleep {seconds}"], capture_output=True, text=True, check=False)
    assert still_alive([int(pid) for pid in left.stdout.split()]) == []


def test_a_program_that_ends_all_the_time_is_one_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 0.0
    monkeypatch.setattr("nccsi.running.run.time.monotonic", lambda: now)
    ends = Ends()
    assert [ends.too_many("beat") for _end in range(6)] == [False] * 5 + [True]
    assert not ends.too_many("worker")
    now = 61.0
    assert not ends.too_many("beat")


def test_a_program_that_does_not_listen_is_ended_with_what_it_started(group: Group) -> None:
    seconds = f"60.{os.getpid()}"
    script = f"trap '' TERM; sleep {seconds} & sleep {seconds}; wait; sleep {seconds}"
    child = group.start("deaf", ["sh", "-c", script], os.environ)
    time.sleep(0.3)
    group.stop()
    assert child.process.returncode == -signal.SIGKILL
    for _look in range(50):  # a killed process takes a moment to go
        left = subprocess.run(["pgrep", "-f", f"sleep {seconds}"], capture_output=True, check=False)
        if not left.stdout:
            return
        time.sleep(0.1)
    pytest.fail(f"still there: {left.stdout!r}")


def test_ctrl_c_stops_following(group: Group) -> None:
    group.start("long", ["sleep", "60"], os.environ)
    assert group.follow(lambda: os.kill(os.getpid(), signal.SIGINT)) is None
    group.stop()


@pytest.mark.faults
def test_run_answers_and_leaves_nothing_behind(data_dir: Path) -> None:
    """The real thing in a folder of its own: twice up with all addresses there, both times everything gone."""
    port = free_port()
    for end in (signal.SIGTERM, signal.SIGINT):
        portal = start(data_dir.parent, port)
        said = until_ready(portal)
        assert "admin@example.org" in said
        programs = descendants(portal.pid)
        assert len(programs) >= 4  # web and its workers, the worker and its pool
        for address in ("/", "/nl/", "/fr/", "/de/", "/en/"):
            with urllib.request.urlopen(f"http://localhost:{port}{address}", timeout=10) as answer:
                assert answer.status == 200
        portal.send_signal(end)
        assert portal.wait(30) == 0
        assert still_alive(programs) == []
        assert postmasters(data_dir) == []
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("127.0.0.1", port))
