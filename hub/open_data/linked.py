"""The open data as JSON-LD: texts with their language, things without empty facts, terms by their addresses."""

from collections.abc import Iterable, Mapping
from typing import Any

from hub.open_data.addresses import TermUris


def values(words: Mapping[str, str]) -> list[dict[str, str]]:
    """A text in JSON-LD, each language said."""
    return [{"@language": code, "@value": text} for code, text in words.items()]


def with_facts(kind: str, **facts: Any) -> dict[str, Any]:
    """A schema.org thing without the facts that nobody knows."""
    return {"@type": kind} | {name: fact for name, fact in facts.items() if fact}


def term(vocabulary: str, code: str, uris: TermUris) -> dict[str, Any]:
    """A term of one of the vocabularies."""
    return with_facts("DefinedTerm", **{"@id": uris.of(vocabulary, code)}, termCode=code, inDefinedTermSet=vocabulary)


def main_page(urls: Mapping[str, str], language: str) -> str:
    """What names a thing on the web: its page in the language it was written in, else in the portal's first."""
    return urls.get(language) or next(iter(urls.values()))


def names(organisations: Iterable[str]) -> list[dict[str, Any]]:
    """Organisations of which nothing but the name is known."""
    return [with_facts("Organization", name=name) for name in organisations]
