"""A form that a browser sends carries a token, also where its template is included with `only`."""

import re
from pathlib import Path

TEMPLATES = Path(__file__).parents[3] / "templates"
INCLUDE = re.compile(r'{% include "(?P<name>[^"]+)"(?P<with>[^%]*)%}')
SOURCES = {str(path.relative_to(TEMPLATES)): path.read_text(encoding="utf-8") for path in TEMPLATES.rglob("*.html")}


def _needs_a_token(name: str, seen: frozenset[str] = frozenset()) -> bool:
    source = SOURCES.get(name, "")
    within = (found["name"] for found in INCLUDE.finditer(source))
    return "{% csrf_token %}" in source or any(
        _needs_a_token(each, seen | {name}) for each in within if each not in seen
    )


def test_a_form_that_is_included_with_only_is_given_its_token() -> None:
    """`only` leaves out what Django adds to every page: the form is drawn all the same, and refused when it is sent."""
    alone = [
        (name, found["name"])
        for name, source in SOURCES.items()
        for found in INCLUDE.finditer(source)
        if re.search(r"\bonly\s*$", found["with"]) and "csrf_token=" not in found["with"]
    ]
    assert len(alone) > 100
    assert [pair for pair in alone if _needs_a_token(pair[1])] == []
