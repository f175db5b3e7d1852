"""What the address of the list may ask for, and what lists show of each question; what is unknown is ignored."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from hub.search.faceted_list import ChoiceFacet, FacetedList, TermFacet
from learning.answers.reading import Told, current_of, told
from learning.questions.keeping import in_words
from learning.questions.models import Question, QuestionQuerySet
from learning.voting.results import with_votes

_STATES = (
    ("open", pgettext_lazy("a question", "Open")),
    ("working", _("Being worked on")),
    ("answered", _("Answered for now")),
    ("aside", _("Set aside")),
)


class Agenda(FacetedList[Question]):
    """What the visitor asked of the questions, and the answer: what most organisations voted for comes first."""

    facets: ClassVar[tuple[TermFacet, ...]] = (
        ChoiceFacet("state", _("State"), "state", choices=_STATES),
        TermFacet("theme", _("Theme"), "terms", several=True),
        TermFacet("target", _("Target group"), "terms", several=True, folded=True),
    )

    def __init__(self, data: QueryDict, language: str) -> None:
        super().__init__(data, language, reverse("learning:questions"))

    def everything(self) -> QuestionQuerySet:
        return Question.objects.public()

    def searched(self, rows: QuestionQuerySet) -> QuestionQuerySet:  # type: ignore[override]  # as everything() gives them
        return rows.matching(self.words, self.language)

    def shown(self, rows: QuestionQuerySet) -> QuestionQuerySet:  # type: ignore[override]  # the same
        found: Any = with_votes(rows.with_words())
        return found if self.words else found.order_by("-votes", "-decided_at", "-pk")

    def counted(self, number: int) -> str:
        return ngettext("%(number)s question", "%(number)s questions", number) % {"number": number}


FACETS = tuple(facet.name for facet in Agenda.facets)


@dataclass(frozen=True)
class Card:
    """One in a list; `language` is set where its words are not in the reader's language."""

    words: str
    language: str
    url: str
    state: str
    state_label: str
    votes: int
    answer: Told | None
    next_step: str
    next_step_on: date | None


def cards(questions: Iterable[Question], language: str) -> list[Card]:
    """What lists show; prefetch the words. Two queries for all answers."""
    rows: list[Any] = list(questions)
    answers = current_of(question.pk for question in rows)
    return [_card(row, language, answers.get(row.pk)) for row in rows]


def _card(row: Any, language: str, version: Any) -> Card:
    text = row.text_in(language)
    return Card(
        words=text.words if text else row.slug,
        language=text.language if text and text.language != language else "",
        url=row.get_absolute_url(),
        state=row.state,
        state_label=str(row.get_state_display()),
        votes=getattr(row, "votes", 0),
        answer=told(version, language) if version else None,
        next_step=in_words(row.next_step, language),
        next_step_on=row.next_step_on,
    )
