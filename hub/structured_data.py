"""JSON-LD for search engines, as data that a strict content security policy lets through."""

import json
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from hub.models.site import SiteSettings

if TYPE_CHECKING:
    from hub.models import NewsPage

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


def news(page: "NewsPage") -> SafeString:
    """A piece of news; the centre stands for it as author and publisher."""
    centre = part("Organization", name=(SiteSettings.objects.first() or SiteSettings()).name, url=settings.SITE_URL)
    return json_ld(
        "NewsArticle",
        headline=page.title,
        description=page.introduction,
        datePublished=page.date,
        dateModified=page.last_published_at,
        inLanguage=page.locale.language_code,
        url=f"{settings.SITE_URL}{page.url}",
        author=centre,
        publisher=centre,
    )
