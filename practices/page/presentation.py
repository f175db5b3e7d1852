"""One practice as its page shows it, the same for readers and for the preview of staff."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from django.conf import settings
from django.urls import translate_url
from django.utils.translation import get_language, gettext

from hub.languages.names import language_name
from hub.languages.reading_order import in_reading_order
from hub.vocabularies.models import Term
from partners.organisations.models import Organisation
from practices.assessment.presentation import Assessment, assessment
from practices.mainstreaming.presentation import Mainstreaming, mainstreaming
from practices.page import details
from practices.page.facet_lines import FacetLine, lines
from practices.page.related import Related, related
from practices.practice import amounts, pictures
from practices.practice.languages import PARTS
from practices.practice.models.practice import Practice
from practices.practice.models.texts import PracticeSource, PracticeText
from practices.practice.presentation import UNKNOWN, foreign_name, label, number, place_line
from practices.practice.terms import Terms

# The parts of the text that stand under a question of their own.


@dataclass(frozen=True)
class Passage:
    """One part of the text, in the best language that has it; `language` is set when that is not the reader's."""

    text: str = ""
    language: str = ""
    # Only where the note at the top of the page does not tell already.
    language_name: str = ""


@dataclass(frozen=True)
class PracticePage:
    """Everything that the page of a practice shows."""

    practice: Practice
    text: PracticeText | None
    language_name: str
    terms: dict[str, list[Term]]
    # The facets that have no look of their own, by the section of the page in which they stand.
    lines: dict[str, list[FacetLine]]
    sources: list[PracticeSource]
    owner: Organisation | None
    languages: list[str]
    languages_line: str
    passages: dict[str, Passage]
    partners: list[details.Partner]
    figures: list[details.Figure] = field(default_factory=list)
    documents: list[details.Document] = field(default_factory=list)
    uses: list[details.Use] = field(default_factory=list)
    assessment: Assessment | None = None
    related: list[Related] = field(default_factory=list)
    mainstreaming: Mainstreaming | None = None
    picture: pictures.Picture | None = None
    # The same for sites that show a link to the page.
    shared_picture: pictures.Picture | None = None

    @property
    def title(self) -> str:
        """The title in the words that are shown."""
        return self.text.title if self.text else self.practice.slug

    @property
    def place_line(self) -> str:
        """Where and since when, in one line."""
        return place_line(self.practice, self.terms.get("country", []))

    @property
    def sectors(self) -> list[str]:
        """The corners of the pentagon that took part."""
        return [term.code for term in self.terms.get("sector", [])]

    @property
    def theme(self) -> str:
        """The code of its first theme, which its drawing shows."""
        return next((term.code for term in self.terms.get("theme", [])), "")

    @property
    def cost(self) -> str:
        """What it costs a year; nothing when nobody knows."""
        cost = self.practice.cost if self.practice.cost_id else None
        return "" if cost and cost.code == UNKNOWN else label(cost)

    @property
    def results(self) -> details.Results:
        """The figures, those of several years as bars."""
        return details.results(self.figures)

    @property
    def staff(self) -> str:
        """How many people it takes; nothing when nobody knows."""
        return amounts.staff(self.practice)

    @property
    def months(self) -> str:
        """How long until it runs; nothing when nobody knows."""
        return amounts.months(self.practice)

    @property
    def tells_how(self) -> bool:
        """Whether there is something to answer "how to do it" with."""
        return bool(self.passages["steps"].text or self.documents or self.practice.website)

    @property
    def tells_where(self) -> bool:
        """Whether there is something to answer "where is it used" with."""
        return bool(self.practice.place or self.lines["where"] or self.uses)

    @property
    def tells_who(self) -> bool:
        """Whether anybody is known to answer for it."""
        return bool(self.owner or self.practice.owner_name)

    @property
    def stage_number(self) -> int | None:
        """How far it has come, of six."""
        return number(self.practice.stage if self.practice.stage_id else None)

    @property
    def evidence_number(self) -> int | None:
        """How sure it is that it works, of five."""
        return number(self.practice.evidence if self.practice.evidence_id else None)

    @property
    def language(self) -> str:
        """The language of the words that are shown."""
        return self.text.language if self.text else self.practice.original_language

    @property
    def path(self) -> str:
        """This page in the reader's language."""
        return self.practice.get_absolute_url()

    @property
    def canonical_url(self) -> str:
        """The page whose interface and words agree, where the portal has that language."""
        own = self.language in dict(settings.LANGUAGES)
        return settings.SITE_URL + (translate_url(self.path, self.language) if own else self.path)

    @property
    def alternates(self) -> list[dict[str, str]]:
        """For `hreflang`: the languages in which there are words."""
        found = [
            {"code": code, "url": settings.SITE_URL + translate_url(self.path, code)}
            for code, _name in settings.LANGUAGES
            if code in self.languages
        ]
        if len(found) < 2:
            return []
        original = next((each for each in found if each["code"] == self.practice.original_language), found[0])
        return [*found, {"code": "x-default", "url": original["url"]}]


def open_page(practice: Practice) -> PracticePage:
    """Reads what the page needs; texts and terms may be unsaved ones, as in a preview."""
    texts, original = list(practice.texts.all()), practice.original_language
    described: dict[str, list[Term]] = defaultdict(list)
    for term in sorted(practice.terms.all(), key=lambda term: (term.position, term.pk)):
        described[term.vocabulary].append(term)
    ordered = in_reading_order(texts, get_language() or "", original)
    text = ordered[0] if ordered else None
    owner = practice.owner if practice.owner_id else None
    owner = owner if owner and owner.status == Organisation.Status.LISTED else None
    return PracticePage(
        practice=practice,
        text=text,
        language_name=foreign_name(text),
        terms=dict(described),
        lines=lines(practice, described),
        sources=list(practice.sources.all()),
        owner=owner,
        languages=sorted(text.language for text in texts),
        languages_line=", ".join(_languages(texts)),
        passages={part: _passage(ordered, part) for part in PARTS},
        partners=details.partners(described.get("sector", []), owner),
        figures=details.figures(practice.figures.all(), original),
        documents=details.documents(list(practice.documents.all())),
        uses=details.uses(practice.uses.all(), Terms.load()),
        assessment=assessment(practice, practice.judgements.all()),
        related=related(practice, texts, [term for terms in described.values() for term in terms]),
        mainstreaming=mainstreaming(practice),
        picture=pictures.picture(practice, texts, pictures.ON_PAGE),
        shared_picture=pictures.picture(practice, texts, pictures.SHARED),
    )


def _passage(ordered: Sequence[PracticeText], part: str) -> Passage:
    """This part from the first of the texts that has it."""
    found = next((text for text in ordered if getattr(text, part).strip()), None)
    if found is None:
        return Passage()
    name = foreign_name(found)
    told_above = found.language == ordered[0].language
    return Passage(getattr(found, part), found.language if name else "", "" if told_above else name)


def _languages(texts: Iterable[PracticeText]) -> Iterator[str]:
    """The languages there are words in; one that lacks a part that another has is said to be incomplete."""
    written = {text.language: {part for part in PARTS if getattr(text, part).strip()} for text in texts}
    everything = set().union(*written.values())
    for code in sorted(written):
        name = language_name(code)
        yield name if written[code] == everything else gettext("%(language)s (in part)") % {"language": name}
