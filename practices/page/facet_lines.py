"""The facets that a practice's page tells in a plain line, as they are declared; others have a look of their own."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise

from hub.vocabularies.models import Term
from practices.practice.facet_declarations import Answers, FacetDeclaration, Line, Section, of_section
from practices.practice.models.practice import Practice
from practices.practice.presentation import label


@dataclass(frozen=True)
class FacetAnswer:
    """One answer; `url` leads to the practices that have it, too."""

    words: str
    url: str = ""


@dataclass(frozen=True)
class FacetLine:
    """What a practice says to one facet."""

    label: str | Promise
    answers: list[FacetAnswer]


def lines(practice: Practice, terms: Mapping[str, Sequence[Term]]) -> dict[str, list[FacetLine]]:
    """What there is to say, by section, in the page's order."""
    return {section.name.lower(): list(_of_section(section, practice, terms)) for section in Section}


def _of_section(section: Section, practice: Practice, terms: Mapping[str, Sequence[Term]]) -> Iterator[FacetLine]:
    for facet, line in of_section(section):
        answers = list(_answers(facet, line, practice, terms))
        if answers:
            yield FacetLine(line.label or facet.label, answers)


def _answers(
    facet: FacetDeclaration, line: Line, practice: Practice, terms: Mapping[str, Sequence[Term]]
) -> Iterator[FacetAnswer]:
    if facet.answers is Answers.YEAR:
        given = [(str(practice.since), str(practice.since))] if practice.since else []
    elif facet.answers is Answers.ONE:
        term = getattr(practice, facet.name) if getattr(practice, f"{facet.name}_id") else None
        given = [(term.code, label(term))] if term else []
    else:
        given = [(term.code, label(term)) for term in terms.get(facet.name, [])]
    for code, words in given:
        url = f"{reverse('practices:library')}?{urlencode({facet.name: code})}" if line.linked else ""
        yield FacetAnswer(f"{code} {words}" if line.with_code else words, url)
