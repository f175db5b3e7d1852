"""The questions of a call as its page shows them: searched in the reader's language, in pages."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.utils.safestring import SafeString
from i18nfield.strings import LazyI18nString

from calls.chain.models import Call
from calls.questions.forms import QuestionSearchForm
from calls.questions.models import Question
from hub.pages import structured_data

PER_PAGE = 20


@dataclass(frozen=True)
class Told:
    """Words in the reader's language; `language` is set when there are none and others are shown."""

    text: str
    language: str = ""


@dataclass(frozen=True)
class ShownQuestion:
    """One question on the page, answered or still waiting for it."""

    pk: int
    topic: str
    wording: Told
    answer: Told
    answered_at: datetime | None
    corrected_at: datetime | None

    @property
    def anchor(self) -> str:
        return f"question-{self.pk}"


@dataclass(frozen=True)
class QuestionList:
    """What the page needs: the form, what was looked for, and one page of what was found."""

    form: QuestionSearchForm
    words: str
    total: int
    page_obj: "Page[ShownQuestion]"
    opened: int | None

    def __iter__(self) -> Iterator[ShownQuestion]:
        return iter(self.page_obj)

    @property
    def base_query(self) -> str:
        """What goes along to another page of the list."""
        return urlencode({"q": self.words}) if self.words else ""

    @property
    def data(self) -> SafeString | str:
        """For search engines: what was asked and answered."""
        answered = [
            structured_data.part(
                "Question",
                name=each.wording.text,
                acceptedAnswer=structured_data.part("Answer", text=each.answer.text),
            )
            for each in self.page_obj
            if each.answered_at
        ]
        return structured_data.json_ld("FAQPage", mainEntity=answered) if answered else ""


def shown(call: Call, language: str, asked: QueryDict) -> QuestionList:
    """The questions that staff put on the page: answered ones first, the newest answer on top; one query."""
    form = QuestionSearchForm(asked)
    words = form.chosen("q")
    rows = [_row(question, language) for question in Question.objects.shown().filter(call=call)]
    rows.sort(key=lambda row: -row.answered_at.timestamp() if row.answered_at else 0.0)
    found = [row for row in rows if fits(row, words)]
    paginator = Paginator(found, PER_PAGE)
    opened = form.chosen("question") or None
    position = next((index for index, row in enumerate(found) if row.pk == opened), None)
    number = asked.get("page") if position is None else position // PER_PAGE + 1
    return QuestionList(form, words, len(rows), paginator.get_page(number), opened)


def fits(row: ShownQuestion, words: str) -> bool:
    """Whether every word that was looked for stands in the question or its answer, whatever its case and accents."""
    text = fold(f"{row.wording.text} {row.answer.text}")
    return all(word in text for word in fold(words).split())


def fold(text: str) -> str:
    """Without case and accents: "Évaluer" is found by "evaluer"."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def told(words: LazyI18nString, language: str) -> Told:
    """The words for a reader of this language, and the language they are in when it is another one."""
    text = words.localize(language)
    own: Any = words.data
    if not isinstance(own, dict) or own.get(language):
        return Told(text)
    return Told(text, next((code for code, each in own.items() if each == text), ""))


def _row(question: Question, language: str) -> ShownQuestion:
    answered = question.status == Question.Status.ANSWERED
    return ShownQuestion(
        pk=question.pk,
        topic=question.topic,
        wording=told(question.wording, language),
        answer=told(question.answer, language) if answered else Told(""),
        answered_at=question.decided_at if answered else None,
        corrected_at=question.corrected_at if answered else None,
    )
