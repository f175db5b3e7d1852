"""Policy notes, published as an editor does it, so that what they cite is kept."""

from typing import Any
from uuid import uuid4

from django.db import models

from learning.notes.pages import NotePage, NotesIndexPage
from tests.factories.hub import add, home, publish

KINDS = {"practice": "practice", "practicefigure": "figure", "reuse": "reuse"}


def notes_index(language: str = "en") -> NotesIndexPage:
    """The overview in one language."""
    found = NotesIndexPage.objects.filter(locale__language_code=language).first()
    return found or add(home(language), NotesIndexPage(title="Policy notes", slug="policy-notes"))


def text(words: str) -> dict[str, Any]:
    return {"type": "text", "value": words, "id": str(uuid4())}


def citing(record: models.Model, says: str = "") -> dict[str, Any]:
    """A block that cites this practice, figure or report of reuse."""
    kind = KINDS[str(record._meta.model_name)]
    return {"type": kind, "value": {"record": record.pk, "says": says}, "id": str(uuid4())}


def draft_note(*supports: dict[str, Any], against: tuple[dict[str, Any], ...] = (), **fields: Any) -> NotePage:
    """One that nobody sees yet."""
    return note(*supports, against=against, is_published=False, **fields)


def note(
    *supports: dict[str, Any],
    against: tuple[dict[str, Any], ...] = (),
    language: str = "en",
    is_published: bool = True,
    **fields: Any,
) -> NotePage:
    """One that visitors read."""
    values = {
        "title": "Should we fund shared living?",
        "introduction": "Yes. It works where somebody coordinates. It costs little.",
        "recommendation": "Pay one coordinator for each house.",
        "addressed_to": "Municipalities that plan new housing",
        "supports": [*supports],
        "against": [*against],
        "live": False,
    } | fields
    index = notes_index(language)
    index.refresh_from_db()
    page = NotePage(locale=index.locale, **values)
    index.add_child(instance=page)
    page.refresh_from_db()
    return publish(page) if is_published else page
