"""A note as its page and its PDF show it: each side with what was cited, as it was, and what became of it since."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.translation import get_language, gettext
from i18nfield.strings import LazyI18nString

from hub.dates.words import day
from learning.notes import standing
from learning.notes.models import Citation
from learning.notes.records import FIGURE, PRACTICE, REUSE, Name, Records, practice_of
from practices.practice.amounts import written
from practices.practice.presentation import label, said
from practices.reuse.models.versions import Outcome


@dataclass(frozen=True)
class Entry:
    """A paragraph, or something cited with what it shows."""

    words: str
    kind: str = ""
    # What is cited, in the language in which it was; that is set where it is not the reader's.
    title: str = ""
    language: str = ""
    url: str = ""
    # What it said when it was cited, in the reader's language.
    figure: str = ""
    # The practice that a report of reuse is about, where the report is called by who took it up.
    practice: str = ""
    practice_language: str = ""
    facts: tuple[str, ...] = ()
    source: str = ""
    # What became of it since.
    since: str = ""
    is_withdrawn: bool = False


@dataclass(frozen=True)
class Note:
    """Everything that a page or a PDF shows."""

    page: Any
    supports: list[Entry]
    against: list[Entry]
    updated: datetime | None

    @property
    def cited(self) -> list[Entry]:
        """What both sides cite."""
        return [each for each in [*self.supports, *self.against] if each.kind]

    @property
    def has_stirred(self) -> bool:
        """Whether anything that it cites changed or was withdrawn."""
        return any(each.since for each in self.cited)


def open_note(page: Any) -> Note:
    """Reads what a note cites, in a fixed number of queries; what was not published yet is shown as it stands."""
    citations = {str(each.block): each for each in page.citations.current()} if page.pk else {}
    named = page.cited()
    records = Records([*named.values(), *(each.name for each in citations.values())])
    sides = ([*_entries(page, side, citations, records)] for side in (page.supports, page.against))
    supports, against = sides
    return Note(page, supports, against, page.last_published_at)


def _entries(page: Any, side: Any, citations: dict[str, Citation], records: Records) -> Iterable[Entry]:
    for block in side.raw_data:
        value = block["value"]
        if block["type"] == "text":
            yield Entry(str(value))
            continue
        name: Name = (block["type"], int(value.get("record") or 0))
        kept = citations.get(str(block.get("id") or ""))
        citation = kept if kept and kept.name == name else _unkept(page, name, records)
        if citation:
            yield entry(citation, records, words=str(value.get("says") or ""))
        elif value.get("says"):
            yield Entry(str(value["says"]))


def _unkept(page: Any, name: Name, records: Records) -> Citation | None:
    """As it would be cited now: a draft, or a page that no publication told of."""
    told = records.says(name, page.locale.language_code)
    return Citation(kind=name[0], key=name[1], said=told) if told else None


def entry(citation: Citation, records: Records, *, words: str = "") -> Entry:
    """What was cited, and what became of it."""
    told, record = citation.said, records.get(citation.name)
    is_named = citation.kind == REUSE and record is not None
    foreign = told.get("language", "") if told.get("language", "") != get_language() else ""
    return Entry(
        words=words,
        kind=str(Citation.Kind(citation.kind).label),
        title=_whose(told) if is_named else told["title"],
        language="" if is_named else foreign,
        practice=told["title"] if is_named else "",
        practice_language=foreign if is_named else "",
        url=_url(citation.kind, record),
        figure=_figure(told) if citation.kind == FIGURE else "",
        facts=_FACTS[citation.kind](told, records, record is None),
        source=told.get("source", "") if record else "",
        since=_since(citation, records) if citation.pk else "",
        is_withdrawn=record is None,
    )


def _url(kind: str, record: Any) -> str:
    if record is None:
        return ""
    if kind == FIGURE:
        return f"{practice_of(record).get_absolute_url()}#figures"
    return str(record.get_absolute_url())


def _figure(told: dict[str, Any]) -> str:
    """`12,500 neighbours (2025)`."""
    counted = f"{written(told['value'])} {said(_labels(told), '')}".strip()
    return f"{counted} ({told['year']})" if told.get("year") else counted


def _labels(told: dict[str, Any]) -> LazyI18nString:
    return LazyI18nString(told["label"])


def _evidence(told: dict[str, Any], records: Records) -> str:
    return label(records.terms.of("evidence").get(told.get("evidence", "")))


def _of_practice(told: dict[str, Any], records: Records, is_withdrawn: bool) -> tuple[str, ...]:
    evidence = _evidence(told, records)
    dated = gettext("as published on %(day)s") % {"day": _day(told)} if _day(told) else ""
    return tuple(filter(None, [gettext("Evidence: %(rung)s") % {"rung": evidence} if evidence else "", dated]))


def _of_figure(told: dict[str, Any], records: Records, is_withdrawn: bool) -> tuple[str, ...]:
    return ()


def _whose(told: dict[str, Any]) -> str:
    """Who took the practice up: several reports about one practice would all be called the same otherwise."""
    return ", ".join(filter(None, [told["name"], told["where"]]))


def _of_reuse(told: dict[str, Any], records: Records, is_withdrawn: bool) -> tuple[str, ...]:
    version = gettext("version %(number)s of %(day)s") % {"number": told["number"], "day": _day(told)}
    return (_outcome(told), version)


_FACTS: dict[str, Any] = {PRACTICE: _of_practice, FIGURE: _of_figure, REUSE: _of_reuse}


def _outcome(told: dict[str, Any]) -> str:
    return str(Outcome(told["outcome"]).label)


def _day(told: dict[str, Any]) -> str:
    moment = parse_datetime(told["as_of"]) if told.get("as_of") else None
    return day(moment) if moment else ""


def _since(citation: Citation, records: Records) -> str:
    """What became of it since it was cited, calmly; empty where it still says the same."""
    cited_on = day(citation.at)
    if standing.is_withdrawn(citation, records):
        return gettext("Withdrawn since. It was cited on %(day)s.") % {"day": cited_on}
    if not standing.is_changed(citation, records):
        return ""
    then, told = citation.said, standing.now(citation, records) or {}
    if citation.kind == FIGURE:
        values = {"year": then.get("year"), "day": cited_on, "now": _figure(told)}
        if then.get("year"):
            return gettext("Figure of %(year)s; since then changed: now %(now)s.") % values
        return gettext("Figure as it stood on %(day)s; since then changed: now %(now)s.") % values
    if citation.kind == REUSE:
        values = {"then": then["number"], "number": told["number"], "outcome": _outcome(told)}
        return gettext("Version %(then)s is cited; since then changed: now version %(number)s, “%(outcome)s”.") % values
    changed = gettext("Cited on %(day)s; its description changed since then.") % {"day": cited_on}
    if then.get("evidence") != told.get("evidence"):
        rung = _evidence(told, records) or gettext("not rated")
        now = gettext("Evidence now: %(rung)s.") % {"rung": rung}
        return f"{changed} {now}"
    return changed
