"""JSON-LD for search engines, as data that a strict content security policy lets through."""

import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

# What could end the script element or start a comment in it, written as JSON escapes.
ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


def json_ld(kind: str, **facts: Any) -> SafeString:
    """A script element with one schema.org thing; facts without a value are left out."""
    thing = {"@context": "https://schema.org", "@type": kind} | {name: fact for name, fact in facts.items() if fact}
    text = json.dumps(thing, cls=DjangoJSONEncoder, ensure_ascii=False).translate(ESCAPES)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))  # noqa: S308  # escaped above


def part(kind: str, **facts: Any) -> dict[str, Any]:
    """A thing inside another, for example the organiser of an event."""
    return {"@type": kind} | {name: fact for name, fact in facts.items() if fact}
