"""The columns of a spreadsheet of practices; their names never change, whoever keeps a file relies on them."""

from collections.abc import Iterable

from django.conf import settings

from hub.sheets.cells import KEY
from practices.practice.models.practice import ONE_OF, SEVERAL_OF
from practices.practice.models.texts import PracticeText
from practices.reuse.models.versions import Outcome

CONTACT = "contact_email"
WORDS = ("title", "summary", "what", "results", "needs", "steps")
_FACTS = (
    KEY,
    "original_language",
    *ONE_OF,
    *SEVERAL_OF,
    "since",
    "place",
    "website",
    "owner",
    "owner_name",
    CONTACT,
    "checked_on",
    "status",
)


# Told and never read: what others report of a practice, and policy.
TOLD = ("status", *(f"reuse_{code}" for code in ("total", *Outcome.values)), "policy_hooks")


def languages() -> list[str]:
    """Those of the portal, then others in which something is written, so that a file holds all words."""
    own = [code for code, _name in settings.LANGUAGES]
    others = PracticeText.objects.exclude(language__in=own).order_by("language").values_list("language", flat=True)
    return [*own, *others.distinct()]


def words_column(part: str, language: str) -> str:
    """`title_nl`."""
    return f"{part}_{language}"


def language_of(column: str) -> str:
    """`nl` for `title_nl`, nothing for a fact."""
    part, _line, language = column.rpartition("_")
    return language if part in WORDS else ""


def names(in_languages: Iterable[str], *, with_contact: bool) -> list[str]:
    """The header row."""
    facts = [name for name in _FACTS if with_contact or name != CONTACT]
    return [*facts, *(words_column(part, code) for code in in_languages for part in WORDS), "sources", *TOLD[1:]]
