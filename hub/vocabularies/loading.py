"""The terms that come with the portal, and how they get into the database.

A TOML file per vocabulary has their codes, one per language in `words/` has what they are called.
"""

import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction
from i18nfield.strings import LazyI18nString

from hub.languages import word_files
from hub.vocabularies.models import Term, Vocabulary

FOLDER = Path(__file__).parent

# Gets all terms that changed together.
Follower = Callable[[Sequence[Term]], None]

_followers: list[Follower] = []


def follow(follower: Follower) -> None:
    """Hear of the terms that a load changed, once for all of them: written in one go, they send no signals."""
    if follower not in _followers:
        _followers.append(follower)


@dataclass(frozen=True)
class Entry:
    """One term as the files tell it."""

    vocabulary: str
    code: str
    label: dict[str, str]
    help: dict[str, str]
    synonyms: dict[str, str]
    uri: str
    parent: str
    position: int


def entries() -> Iterator[Entry]:
    """Every term of every file, in the files' order."""
    words = word_files.words(FOLDER / "words")
    for vocabulary in Vocabulary.values:
        path = FOLDER / f"{vocabulary}.toml"
        terms = tomllib.loads(path.read_text(encoding="utf-8"))["term"]
        for position, term in enumerate(terms, start=1):
            told = {language: each.get(vocabulary, {}).get(term["code"], {}) for language, each in words.items()}
            yield _entry(vocabulary, position, term, told)


def _entry(vocabulary: str, position: int, term: dict[str, Any], told: dict[str, Any]) -> Entry:
    """A term of which only the label is told has it for its words."""
    words = {code: {"label": each} if isinstance(each, str) else each for code, each in told.items()}
    return Entry(
        vocabulary=vocabulary,
        code=term["code"],
        label={language: each["label"] for language, each in words.items() if "label" in each},
        help={language: each["help"] for language, each in words.items() if each.get("help")},
        synonyms={language: "\n".join(each["also"]) for language, each in words.items() if each.get("also")},
        uri=term.get("uri", ""),
        parent=term.get("parent", ""),
        position=position,
    )


@transaction.atomic
def load() -> int:
    """Brings the database up to the files and says how many terms changed; terms that staff added stay."""
    known = {(term.vocabulary, term.code): term for term in Term.objects.all()}
    told = list(entries())
    new = [Term(**_fields(entry)) for entry in told if (entry.vocabulary, entry.code) not in known]
    known |= {(term.vocabulary, term.code): term for term in Term.objects.bulk_create(new)}
    by_code = {code: term for (vocabulary, code), term in known.items() if vocabulary == Vocabulary.COUNTRY}
    changed = [term for entry in told if _update(term := known[entry.vocabulary, entry.code], entry, by_code)]
    Term.objects.bulk_update(changed, ["label", "help", "synonyms", "uri", "position", "parent"])
    fresh = {term.pk for term in new}
    if standing := [term for term in changed if term.pk not in fresh]:  # a new term is named nowhere yet
        for follower in _followers:
            follower(standing)
    return len(fresh | {term.pk for term in changed})


def _fields(entry: Entry) -> dict[str, Any]:
    return {
        "vocabulary": entry.vocabulary,
        "code": entry.code,
        "label": LazyI18nString(entry.label),
        "help": LazyI18nString(entry.help),
        "synonyms": LazyI18nString(entry.synonyms),
        "uri": entry.uri,
        "position": entry.position,
    }


def _update(term: Term, entry: Entry, countries: dict[str, Term]) -> bool:
    """Puts the file's words on the row; true when that made a difference."""
    parent = countries[entry.parent].pk if entry.parent else None
    # Staff keep the synonyms: the file's are only what a term starts with.
    own = _words(term.synonyms)
    before = (_words(term.label), _words(term.help), own, term.uri, term.position, term.parent_id)
    after = (entry.label, entry.help, own or entry.synonyms, entry.uri, entry.position, parent)
    if before == after:
        return False
    for name, value in _fields(entry).items():
        if name != "synonyms" or not own:
            setattr(term, name, value)
    term.parent_id = parent
    return True


def _words(text: LazyI18nString | str) -> dict[str, str]:
    data = getattr(text, "data", text)
    return {code: words for code, words in data.items() if words} if isinstance(data, dict) else {}
