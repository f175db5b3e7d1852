"""Everything that the page of a question shows, in a fixed number of queries."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator

from events.agenda.models import Event
from events.agenda.pages import with_pages
from learning.answers.models import AnswerVersion
from learning.answers.reading import Told, told
from learning.experience.models import Experience
from learning.experts.models import Expert
from learning.questions.keeping import in_words, responsible
from learning.questions.models import Question, QuestionText
from learning.voting.results import last_over, with_votes
from practices.practice.models.practice import Practice
from practices.practice.presentation import Summary, summaries
from practices.practice.terms import Terms

# Of what there may be much the page shows so many; the history has a page of its own.
VERSIONS = 3
PRACTICES = EVENTS = EXPERTS = 24
EXPERIENCES = 10


@dataclass(frozen=True)
class QuestionPage:
    """A question as a reader gets it."""

    question: Question
    text: QuestionText
    language: str
    foreign_language: str
    answer: Told | None
    earlier: list[Told]
    versions: int
    owner_person: str
    owner_organisation: Any
    next_step: str
    state_note: str
    votes: int
    has_results: bool
    themes: list[Any]
    targets: list[Any]
    practices: list[Summary]
    events: list[Any]
    experts: list[Expert]
    experiences: Page[Experience]


def open_page(question: Question, language: str, *, number: str | None = None) -> QuestionPage:
    """What there is to read; `number` is the page of its experiences."""
    text = question.text_in(language)
    versions = AnswerVersion.objects.filter(question=question).with_words().with_evidence()
    latest = [told(each, language) for each in versions.select_related("by").order_by("-number")[: VERSIONS + 1]]
    person, organisation = responsible(question), question.owner_organisation
    experiences = Experience.objects.public().filter(question=question).select_related("organisation")
    terms = list(question.terms.all())
    practices = Practice.objects.public().filter(learning_questions=question).newest_first()
    return QuestionPage(
        question=question,
        text=text or QuestionText(words=question.slug, why="", language=language),
        language=language,
        foreign_language=text.language if text and text.language != language else "",
        answer=latest[0] if latest else None,
        earlier=latest[1:],
        versions=latest[0].number if latest else 0,
        owner_person=person.get_full_name() if person else "",
        owner_organisation=organisation if organisation and organisation.status == "listed" else None,
        next_step=in_words(question.next_step, language),
        state_note=in_words(question.state_note, language),
        votes=_votes(question),
        has_results=last_over() is not None,
        themes=[term for term in terms if term.vocabulary == "theme"],
        targets=[term for term in terms if term.vocabulary == "target"],
        practices=summaries(list(practices[:PRACTICES]), Terms.load()),
        events=with_pages(_events(question)[:EVENTS], language),
        experts=list(Expert.objects.public().filter(question=question)[:EXPERTS]),
        experiences=Paginator(experiences, EXPERIENCES).get_page(number),
    )


def _votes(question: Question) -> int:
    counted: Any = with_votes(Question.objects.filter(pk=question.pk)).get()
    return int(counted.votes)


def _events(question: Question) -> Any:
    theirs = Event.objects.public().filter(learning_questions=question).with_standing()
    return theirs.in_agenda_order()
