"""The addresses of the router, with the views behind them."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve
from django.utils import translation

SAMPLES = {
    "int": "1",
    "slug": "sample",
    "str": "sample",
    "path": "sample",
    "uuid": "0" * 8 + "-0000" * 3 + "-" + "0" * 12,
}


def addresses(languages: Iterable[str]) -> Iterator[tuple[str, Any]]:
    """Each address of the router, with samples for what varies, and the view that answers there."""
    for language in languages:
        with translation.override(language):
            for address in sorted(set(_walk(get_resolver().url_patterns, "/"))):
                if "(" in address:
                    continue  # a regular expression that the samples do not fill
                try:
                    yield address, resolve(address).func
                except Resolver404:
                    continue  # one that they do not fit


def _walk(patterns: list[URLPattern | URLResolver], prefix: str) -> Iterator[str]:
    for pattern in patterns:
        address = prefix + _filled(str(pattern.pattern))
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, address)
        else:
            yield address


def _filled(route: str) -> str:
    route = re.sub(r"<(?:(\w+):)?\w+>", lambda found: SAMPLES.get(found.group(1) or "str", "sample"), route)
    route = re.sub(r"\(\?P<\w+>[^()]*(\([^()]*\)[^()]*)*\)", "1", route)
    return route.replace("^", "").replace("$", "").replace("\\Z", "").replace("\\", "").replace("/?", "/")
