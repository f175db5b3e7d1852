"""The name by which everything that one request caused is found again in the logs, in tasks that it starts as well.

It is the one that the proxy gave (`X-Request-ID`) where that is a plain token and there is a proxy to trust; else a new
one. It says nothing of who asked.
"""

import re
import secrets
from contextvars import ContextVar, Token
from typing import Any

HEADER = "X-Request-ID"
_PLAIN = re.compile(r"[A-Za-z0-9-]{8,64}")


class Cause:
    """What is going on: a request, by its object, or a task, by its name. Its own name is made when it is asked for."""

    __slots__ = ("_given", "_id", "request", "task")

    def __init__(self, request: Any = None, task: str = "", given: str = "") -> None:
        self.request = request
        self.task = task
        self._given, self._id = given, ""

    @property
    def id(self) -> str:
        """By which all that it caused is found."""
        if not self._id:
            is_plain = self._given and _PLAIN.fullmatch(self._given)
            self._id = self._given if is_plain else secrets.token_hex(8)
        return self._id

    @property
    def view(self) -> str:
        """The name of the view, once it is known; never the address."""
        return view_name(self.request) if self.request is not None else ""


_cause: ContextVar[Cause | None] = ContextVar("cause", default=None)


def view_name(request: Any) -> str:
    """As the router names the address, or its pattern where it has no name; "" where it leads nowhere."""
    match = request.resolver_match
    return (match.view_name or match.route or "/") if match is not None else ""


def current() -> Cause | None:
    """What the line that is logged now belongs to."""
    return _cause.get()


def begin(request: Any = None, *, task: str = "", given: str = "") -> tuple[Cause, Token[Cause | None]]:
    """Begin a request, or a task; `given` is what a trusted proxy, or who started the task, calls it.

    End it with `end`.
    """
    cause = Cause(request, task, given)
    return cause, _cause.set(cause)


def end(token: Token[Cause | None]) -> None:
    """The request or task is over."""
    _cause.reset(token)
