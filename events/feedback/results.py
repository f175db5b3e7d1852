"""What is shown of what people thought: numbers and texts of questions that enough people answered."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from django.db.models import Count

from events.agenda.models import Event
from events.feedback.answering import Question, questions
from events.feedback.models import HIGHEST, LOWEST, FeedbackAnswer

# Answers of fewer people than this are shown to nobody.
FEWEST = 5
# Widths in the drawing, in its own units.
_WIDEST, _STEP = 200, 24


@dataclass(frozen=True)
class Bar:
    """How many people gave one mark; `width` and `top` are for the drawing."""

    mark: int
    number: int
    percent: int
    width: int
    top: int


@dataclass(frozen=True)
class Result:
    """One question: how many answered it, and if they were enough, what."""

    question: Question
    number: int
    bars: list[Bar]
    mean: float
    texts: list[str]

    @property
    def is_shown(self) -> bool:
        return self.number >= FEWEST


def of(event: Event, *, with_texts: bool = True) -> list[Result]:
    """What may be shown about an event, question by question; of what fewer than FEWEST answered, nothing is read."""
    numbers = _numbers(event)
    shown = [question for question in questions(event) if with_texts or question.is_mark]
    return [_result(event, question, numbers[question.standard, question.own]) for question in shown]


def published(event: Event) -> list[Result]:
    """What visitors see: marks, where staff show them and enough people gave one."""
    if not event.shows_feedback:
        return []
    return [result for result in of(event, with_texts=False) if result.is_shown]


def _numbers(event: Event) -> Counter[tuple[str, int | None]]:
    rows = event.feedback.order_by().values_list("standard", "question").annotate(number=Count("pk"))
    return Counter({(standard, own): number for standard, own, number in rows})


def _result(event: Event, question: Question, number: int) -> Result:
    if number < FEWEST:
        return Result(question, number, [], 0.0, [])
    answers = FeedbackAnswer.objects.filter(event=event, standard=question.standard, question=question.own)
    if not question.is_mark:
        # Their keys are random: so is the order.
        return Result(question, number, [], 0.0, list(answers.order_by("pk").values_list("text", flat=True)))
    marks = dict(answers.order_by().values_list("mark").annotate(number=Count("pk")))
    mean = sum(mark * times for mark, times in marks.items()) / number
    return Result(question, number, _bars(marks, number), mean, [])


def _bars(marks: dict[int, int], number: int) -> list[Bar]:
    most = max(marks.values())
    order = enumerate(range(HIGHEST, LOWEST - 1, -1))
    times: dict[int, int] = defaultdict(int, marks)
    return [
        Bar(mark, times[mark], round(100 * times[mark] / number), round(_WIDEST * times[mark] / most), place * _STEP)
        for place, mark in order
    ]
