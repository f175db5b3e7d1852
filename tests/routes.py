"""Every address that the router knows, as a test walks it."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import LocalePrefixPattern
from django.utils import translation

_ARGUMENT = re.compile(r"<(?:(\w+):)?(\w+)>|\(\?P<(\w+)>(?:[^()]|\([^()]*\))*\)|\((?!\?)(?:[^()]|\([^()]*\))*\)")


@dataclass(frozen=True)
class Route:
    """One pattern of the router, with the patterns above it."""

    pattern: str  # as it is written, such as en/practices/<slug:slug>/
    name: str  # with its namespaces, such as practices:practice; "" when it has none
    view: Callable[..., Any]

    @property
    def arguments(self) -> list[str]:
        """The names of what the address carries, in order; what has no name is called `_1`, `_2`."""
        found = [match[2] or match[3] or "" for match in _ARGUMENT.finditer(self.pattern)]
        return [name or f"_{found[: index + 1].count('')}" for index, name in enumerate(found)]

    @property
    def view_name(self) -> str:
        """Where the view is defined: `accounts.profile.views.my_page`."""
        view: Any = getattr(self.view, "view_class", None) or getattr(self.view, "cls", None) or self.view
        return f"{view.__module__}.{getattr(view, '__qualname__', type(view).__qualname__)}"

    def filled(self, value: Callable[[str], str]) -> str:
        """The address with each argument replaced by what `value` says for its name."""
        names = iter(self.arguments)
        text = _ARGUMENT.sub(lambda _match: value(next(names)), self.pattern)
        return "/" + re.sub(r"\\(.)", r"\1", text).replace("^", "").replace("$", "")


def routes(language: str = "en") -> list[Route]:
    """All of them, in the order in which the router asks them, prefixes in `language`."""
    with translation.override(language):
        return list(_walk(get_resolver(), "", ""))


def _walk(resolver: URLResolver, above: str, space: str) -> Iterator[Route]:
    for entry in resolver.url_patterns:
        prefix = entry.pattern.language_prefix if isinstance(entry.pattern, LocalePrefixPattern) else str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield Route(above + prefix, f"{space}{entry.name or ''}", entry.callback)
        else:
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from _walk(entry, above + prefix, inner)
