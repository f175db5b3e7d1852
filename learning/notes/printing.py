"""A policy note on paper: two pages at most, where it keeps to what a note is."""

from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.utils.translation import gettext, override

from hub.dates.words import day
from hub.pdf import typesetting
from hub.site.models import SiteSettings
from learning.notes.pages import NotePage
from learning.notes.reading import Entry, open_note

TEMPLATE = "learning/notes/note.typ"


def as_pdf(page: NotePage) -> bytes:
    """The note in its own language."""
    language = page.locale.language_code
    with override(language):
        return typesetting.render(TEMPLATE, _context(page), language=language, title=page.title)


def _context(page: NotePage) -> dict[str, Any]:
    note, site = open_note(page), SiteSettings.load()
    sides = ((gettext("What supports it"), note.supports), (gettext("What speaks against it"), note.against))
    moment = page.last_published_at or page.first_published_at
    told = [gettext("Policy note"), site.name, day(moment) if moment else ""]
    return {
        "over": " · ".join(filter(None, told)),
        "question": page.title,
        "answer": page.introduction,
        "sides": [{"title": title, "entries": [_entry(each) for each in side]} for title, side in sides if side],
        "recommendation_title": gettext("Recommendation"),
        "recommendation": _paragraphs(page.recommendation),
        "to_whom": gettext("To whom"),
        "addressed_to": page.addressed_to,
        "kept": gettext("What is cited here is told as it stood when it was cited. How it stands now:"),
        "address": page.full_url or settings.SITE_URL,
    }


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        "paragraphs": _paragraphs(entry.words),
        "kind": entry.kind,
        "title": entry.title,
        "language": entry.language,
        "url": urljoin(settings.SITE_URL, entry.url) if entry.url else "",
        "figure": entry.figure,
        "practice": entry.practice,
        "practice_language": entry.practice_language,
        "facts": " · ".join(entry.facts),
        "since": entry.since,
    }


def _paragraphs(text: str) -> list[str]:
    return [" ".join(each.split()) for each in text.replace("\r", "").split("\n\n") if each.strip()]
