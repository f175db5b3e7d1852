"""Runs several programs as one: streams what they say, tells when one ends, and ends all of them on a signal."""

import contextlib
import ctypes
import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from types import FrameType
from typing import IO

_PR_SET_PDEATHSIG = 1


class Stopped(Exception):  # noqa: N818 - not an error: somebody asked
    """Ctrl-C or SIGTERM came while something was being waited for."""


class Child:
    """One program with a short name for its lines."""

    def __init__(self, name: str, command: Sequence[str], env: Mapping[str, str]) -> None:
        self.name = name
        self.command = command
        self.env = env
        # A session of its own: Ctrl-C reaches only the supervisor, which then stops the children in order.
        self.process: subprocess.Popen[bytes] = subprocess.Popen(
            command,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=_die_with_parent,
        )
        assert self.process.stdout is not None  # noqa: S101 - a pipe was asked for
        self.output: IO[bytes] = self.process.stdout
        os.set_blocking(self.output.fileno(), False)
        self._rest = b""

    def lines(self) -> list[str] | None:
        """The complete lines written since the last call; None when nothing more will come."""
        chunk = self.output.read()
        if chunk == b"":
            return None
        *whole, self._rest = (self._rest + (chunk or b"")).split(b"\n")
        return [line.decode(errors="replace").rstrip() for line in whole]

    def signal(self, number: int) -> None:
        """Send a signal to the program and to all it started."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, number)


class Group:
    """The programs that live and end together."""

    def __init__(self, *, patience: float = 20.0) -> None:
        self.patience = patience
        self.children: list[Child] = []
        self.stop_asked = 0
        self._last_asked = 0.0
        self._selector = selectors.DefaultSelector()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._ask_to_stop)
        if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # as nohup leaves it
            signal.signal(signal.SIGHUP, self._ask_to_stop)

    def start(self, name: str, command: Sequence[str], env: Mapping[str, str]) -> Child:
        """Start a program as one of the group."""
        child = Child(name, command, env)
        self.children.append(child)
        self._selector.register(child.output, selectors.EVENT_READ, child)
        return child

    def replace(self, ended: Child) -> Child:
        """Start a program that ended once more, after ending what it left behind."""
        ended.signal(signal.SIGKILL)
        self._stream(0)  # its last words
        with contextlib.suppress(KeyError):
            self._selector.unregister(ended.output)
        ended.output.close()
        self.children.remove(ended)
        return self.start(ended.name, ended.command, ended.env)

    def follow(self, each_turn: Callable[[], object]) -> Child | None:
        """Stream until a program ends, which is returned, or until somebody asks to stop."""
        while not self.stop_asked:
            self._stream(0.2)
            each_turn()
            for child in self.children:
                if child.process.poll() is not None:
                    return child
        return None

    def stop(self) -> None:
        """End all: politely, then, when patience runs out or is asked to, by force."""
        asked = self.stop_asked
        for child in self.children:
            if child.process.poll() is None:
                with contextlib.suppress(ProcessLookupError):
                    child.process.terminate()
        deadline = time.monotonic() + self.patience
        while any(child.process.poll() is None for child in self.children):
            self._stream(0.1)
            if time.monotonic() > deadline or self.stop_asked > asked:
                break
        for child in self.children:
            child.signal(signal.SIGKILL)  # also what a program left behind
            child.process.wait()
        self._stream(0)

    def run(self, command: Sequence[str], env: Mapping[str, str]) -> int:
        """Run a program on the terminal to its end; ends it and raises Stopped when somebody asks to stop."""
        process = subprocess.Popen(
            command, env=env, stdin=subprocess.DEVNULL, start_new_session=True, preexec_fn=_die_with_parent
        )
        while process.poll() is None:
            if self.stop_asked:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
                process.wait()
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(0.1)
        if self.stop_asked:
            raise Stopped
        return process.returncode

    def _stream(self, timeout: float) -> None:
        if not self._selector.get_map():
            time.sleep(timeout)
            return
        for key, _events in self._selector.select(timeout):
            child: Child = key.data
            lines = child.lines()
            if lines is None:
                self._selector.unregister(child.output)
            for line in lines or ():
                sys.stdout.write(f"{child.name:>6} │ {line}\n")
        with contextlib.suppress(BlockingIOError, BrokenPipeError):
            sys.stdout.flush()

    def _ask_to_stop(self, _number: int, _frame: FrameType | None) -> None:
        # A terminal and make may pass on the same wish twice; only a later one means "at once".
        if time.monotonic() - self._last_asked > 1:
            self.stop_asked += 1
        self._last_asked = time.monotonic()


def _prctl() -> Callable[[int, int], int] | None:
    if sys.platform != "linux":
        return None
    with contextlib.suppress(OSError, AttributeError):
        call: Callable[[int, int], int] = ctypes.CDLL(None).prctl
        return call
    return None


_PRCTL = _prctl()


def _die_with_parent() -> None:
    """Linux: a supervisor that is killed outright takes its programs along, so that no port stays taken."""
    if _PRCTL is not None:
        _PRCTL(_PR_SET_PDEATHSIG, signal.SIGTERM)
