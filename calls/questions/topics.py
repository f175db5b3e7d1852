"""What people can follow of calls: one of them, all of them, a question about one."""

from collections.abc import Iterable, Sequence

from django.utils.text import Truncator
from django.utils.translation import gettext

from calls.chain.models import Call
from calls.overview.models import CallIndexPage
from calls.pages.call_calendars import call_pages
from calls.pages.models import CallPage
from calls.questions.models import Question
from hub.pages.topics import best_page
from notifications.subscriptions import topics
from notifications.subscriptions.topics import Topic


def call(identifier: str, language: str) -> Topic | None:
    """One call, as long as a visitor may see it."""
    return calls_of([identifier], language).get(identifier)


def calls_of(identifiers: Sequence[str], language: str) -> dict[str, Topic]:
    """Several of them."""
    pages = call_pages(Call.objects.public().filter(pk__in=_keys(identifiers)), language)
    return {str(pk): Topic(page.title, page.url or "/", has_deadlines=True) for pk, page in pages.items()}


def calls(identifiers: Sequence[str], language: str) -> dict[str, Topic]:
    """Every call there is and will be."""
    page = best_page(CallIndexPage, language) if "" in identifiers else None
    return {"": Topic(gettext("All calls"), page.url or "/", has_deadlines=True)} if page else {}


def question(identifier: str, language: str) -> Topic | None:
    """The answer to one question."""
    return questions_of([identifier], language).get(identifier)


def questions_of(identifiers: Sequence[str], language: str) -> dict[str, Topic]:
    """Several of them. What staff did not put on the page is named without its words."""
    found = Question.objects.filter(pk__in=_keys(identifiers), call__in=Call.objects.public())
    pages = call_pages(Call.objects.filter(pk__in=found.values("call")), language)
    return {str(each.pk): _named(each, pages[each.call_id]) for each in found if each.call_id in pages}


def _named(asked: Question, page: CallPage) -> Topic:
    if asked.is_shown:
        words = Truncator(" ".join(str(asked.wording).split())).chars(120)
        return Topic(words, f"{page.url}?question={asked.pk}#question-{asked.pk}")
    return Topic(gettext("A question about: %(call)s") % {"call": page.title}, f"{page.url}#questions")


def _keys(identifiers: Iterable[str]) -> list[int]:
    return [int(each) for each in identifiers if each.isascii() and each.isdecimal() and len(each) <= 9]


def register() -> None:
    """Make them followable."""
    topics.register("call", calls_of)
    topics.register("calls", calls)
    topics.register("question", questions_of)
