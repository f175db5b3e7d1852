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

from nccsi import embedded
from nccsi.embedded import DatabaseUnavailable, Server
from nccsi.processes import Group
from tests.environment import free_port

BASE_DIR = Path(__file__).resolve().parents[2]


@pytest.fixture
def data_dir(tmp_path: Path) -> Iterator[Path]:
    """A folder that the server's own user may reach when the tests run as root."""
    if os.geteuid() == 0:
        for folder in (tmp_path, *tmp_path.parents):
            if folder.owner() == "root" and folder.name.startswith(("pytest-", "popen-", "test_")):
                folder.chmod(0o755)
    yield tmp_path / "postgres"
    Server(tmp_path / "postgres")._control("stop", "--mode=immediate", check=False)


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


def postmasters(data_dir: Path) -> list[int]:
    found = subprocess.run(["pgrep", "-f", f"postgres -D {data_dir}"], capture_output=True, text=True, check=False)
    return [int(pid) for pid in found.stdout.split()]


# --- One sentence each ---


def test_port_in_use() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = run("-m", "nccsi.run", PORT=str(port))
    assert done.returncode == 1
    (sentence,) = done.stderr.splitlines()
    assert sentence.startswith(f"NCCSI cannot start: Port {port} on 127.0.0.1 is taken")
    assert f"make run PORT={port + 1}" in sentence


@pytest.mark.parametrize("port", ["none", "0", "70000"])
def test_port_that_is_none(port: str) -> None:
    done = run("-m", "nccsi.run", PORT=port)
    assert done.returncode == 1
    (sentence,) = done.stderr.splitlines()
    assert "PORT is" in sentence


def test_database_that_does_not_answer() -> None:
    done = run("-m", "nccsi.run", PORT=str(free_port()), DATABASE_URL=f"postgresql://nobody@127.0.0.1:{free_port()}/x")
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
    program = "import sys, time; from pathlib import Path; from nccsi.embedded import Server"
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
    variables = {
        "VAR_DIR": str(data_dir.parent),
        "PORT": str(port),
        "DATABASE_URL": "",
        "SITE_URL": "",
        "EMAIL_URL": "",
    }
    env = os.environ | variables | {"DEMO": "true", "MEDIA_ROOT": "", "LOG_LEVEL": ""}
    for end in (signal.SIGTERM, signal.SIGINT):
        portal = subprocess.Popen(
            [sys.executable, "-m", "nccsi.run"], cwd=BASE_DIR, env=env, stdout=subprocess.PIPE, text=True
        )
        said = _until_ready(portal)
        assert "admin@example.org" in said
        programs = _descendants(portal.pid)
        assert len(programs) >= 4  # web and its workers, the worker and its pool
        for address in ("/", "/nl/", "/fr/", "/de/", "/en/"):
            with urllib.request.urlopen(f"http://localhost:{port}{address}", timeout=10) as answer:
                assert answer.status == 200
        portal.send_signal(end)
        assert portal.wait(30) == 0
        assert _still_alive(programs) == []
        assert postmasters(data_dir) == []
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("127.0.0.1", port))


def _until_ready(portal: subprocess.Popen[str]) -> str:
    assert portal.stdout is not None
    said = ""
    for line in portal.stdout:
        said += line
        if "Ctrl-C stops everything" in line:
            return said
    raise AssertionError(f"make run ended:\n{said}")


def _still_alive(pids: list[int]) -> list[int]:
    """Those that did not end within a moment; one that ended and waits to be noted by init counts as gone."""
    alive = pids
    deadline = time.monotonic() + 25
    while alive and time.monotonic() < deadline:
        stats = [Path(f"/proc/{pid}/stat") for pid in alive]
        alive = [int(stat.parent.name) for stat in stats if stat.exists() and ") Z " not in stat.read_text()]
        time.sleep(0.05)
    return alive


def _descendants(pid: int) -> list[int]:
    found = subprocess.run(["pgrep", "-P", str(pid)], capture_output=True, text=True, check=False)
    children = [int(child) for child in found.stdout.split()]
    return children + [below for child in children for below in _descendants(child)]
