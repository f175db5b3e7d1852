"""Which words of a practice a reader gets, and what a row or a card shows of it."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NotRequired, TypedDict

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext
from i18nfield.strings import LazyI18nString

from hub.languages.names import language_name
from hub.languages.reading_order import in_reading_order
from hub.vocabularies.models import Term
from practices.practice.models.practice import Practice
from practices.practice.models.texts import PracticeText
from practices.practice.pictures import Picture, pictures
from practices.practice.terms import Terms

# The cost band that says nothing: a row leaves it out.
UNKNOWN = "unknown"
_STEP = re.compile(r"\s*\d{1,2}[.)]\s+(?P<words>\S.*)")


class Summary(TypedDict):
    """What rows and cards show; plain values, in the reader's language where there is one."""

    url: str
    slug: str
    text: int | None
    title: str
    summary: str
    language: str
    language_name: str
    languages: list[str]
    kind: str
    place_line: str
    stage_number: int | None
    stage_label: str
    evidence_number: int | None
    evidence_label: str
    cost: str
    sectors: list[str]
    themes: list[str]
    # The code of the first, which the drawing of the practice shows.
    theme: str
    published_at: datetime | None
    # Its own, where it has one that may be shown.
    picture: Picture | None
    # With the words of a search marked, where there was one.
    marked_title: NotRequired[SafeString]
    marked_summary: NotRequired[SafeString]
    fragment: NotRequired[SafeString]
    # How it fits the reader's situation, for who told theirs: `practices.context.words.Fit`.
    fit: NotRequired[object]


def text_for(texts: Iterable[PracticeText], language: str, original: str) -> PracticeText | None:
    """The words that serve this reader best, if there are any."""
    return next(iter(in_reading_order(texts, language, original)), None)


def title_of(practice: Practice) -> str:
    """What it is called in the reader's language or the nearest; prefetch `texts` for lists."""
    text = text_for(practice.texts.all(), get_language() or "", practice.original_language)
    return text.title if text else practice.slug


def foreign_name(text: PracticeText | None) -> str:
    """The name of the words' language when it is not the reader's; else nothing."""
    return language_name(text.language) if text and text.language != get_language() else ""


@dataclass(frozen=True)
class Said:
    """A few words, with their language where that is not the reader's."""

    words: str = ""
    language: str = ""

    def __str__(self) -> str:
        return self.words


def said(text: LazyI18nString | str, original: str) -> Said:
    """What a short text in several languages says to this reader, by the same order as the long ones."""
    data = getattr(text, "data", text)
    if not isinstance(data, dict):
        return Said(str(data or ""))
    language = get_language() or ""
    spoken = [Said(words, code) for code, words in data.items() if words]
    found = next(iter(in_reading_order(spoken, language, original)), Said())
    return Said(found.words) if found.language == language else found


def label(term: Term | None) -> str:
    """A term's label in the reader's language."""
    return str(term.label) if term else ""


def number(term: Term | None) -> int | None:
    """The rung of a term on a ladder such as stage and evidence, whose codes are numbers."""
    return int(term.code) if term and term.code.isdecimal() else None


def place_line(practice: Practice, countries: Iterable[Term]) -> str:
    """Where and since when: `Helsinki, Finland · since 2008`."""
    where = ", ".join(part for part in [practice.place, *(label(country) for country in countries)] if part)
    since = gettext("since %(year)s") % {"year": practice.since} if practice.since else ""
    return " · ".join(part for part in [where, since] if part)


# What of a practice a row shows; whoever reads many for rows alone needs no more of them.
IN_ROWS = (
    "slug", "original_language", "kind_id", "stage_id", "evidence_id", "cost_id", "place", "since",
    "first_published_at", "picture_id", "picture_author", "picture_licence",
)  # fmt: skip


def summaries(practices: Sequence[Practice], terms: Terms) -> list[Summary]:
    """What rows show of these practices, with two queries for all of them, and two more where some have pictures."""
    ids = [practice.pk for practice in practices]
    texts: dict[int, list[PracticeText]] = defaultdict(list)
    # The long texts and the search vectors stay where they are: a row shows neither.
    short = ("practice_id", "language", "title", "summary", "picture_alt")
    for text in PracticeText.objects.filter(practice_id__in=ids).only(*short):
        texts[text.practice_id].append(text)
    described: dict[int, list[Term]] = defaultdict(list)
    uses = Practice.terms.through.objects.filter(practice_id__in=ids).order_by("term__position", "term_id")
    for practice_id, term_id in uses.values_list("practice_id", "term_id"):
        if term_id in terms.by_id:
            described[practice_id].append(terms.by_id[term_id])
    shown = pictures(practices, [text for each in texts.values() for text in each])
    return [_summary(each, texts[each.pk], described[each.pk], terms, shown.get(each.pk)) for each in practices]


def _summary(
    practice: Practice, texts: list[PracticeText], described: list[Term], terms: Terms, picture: Picture | None
) -> Summary:
    text = text_for(texts, get_language() or "", practice.original_language)
    stage, evidence, cost = (terms.get(pk) for pk in (practice.stage_id, practice.evidence_id, practice.cost_id))

    def of(vocabulary: str) -> list[Term]:
        return [term for term in described if term.vocabulary == vocabulary]

    return Summary(
        url=reverse("practices:practice", args=[practice.slug]),
        slug=practice.slug,
        text=text.pk if text else None,
        title=text.title if text else practice.slug,
        summary=text.summary if text else "",
        language=text.language if text else practice.original_language,
        language_name=foreign_name(text),
        languages=sorted(each.language for each in texts),
        kind=label(terms.get(practice.kind_id)),
        place_line=place_line(practice, of("country")),
        stage_number=number(stage),
        stage_label=label(stage),
        evidence_number=number(evidence),
        evidence_label=label(evidence),
        cost="" if cost and cost.code == UNKNOWN else label(cost),
        sectors=[term.code for term in of("sector")],
        themes=[label(term) for term in of("theme")],
        theme=next((term.code for term in of("theme")), ""),
        published_at=practice.first_published_at,
        picture=picture,
    )


def numbered(text: str) -> list[str]:
    """The steps of a text in which they are numbered, one a line; other lines belong to no step."""
    found = (_STEP.match(line) for line in text.splitlines())
    return [match["words"].strip() for match in found if match]
