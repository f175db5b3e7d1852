"""What people can follow of questions about calls: the answer to one."""

from collections.abc import Sequence

from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from calls.chain.models import Call
from calls.overview.topics import keys
from calls.pages.call_calendars import call_pages
from calls.pages.models import CallPage
from calls.questions.models import Question
from notifications.subscriptions import topics
from notifications.subscriptions.topics import Topic


def question(identifier: str, language: str) -> Topic | None:
    """The answer to one question."""
    return questions_of([identifier], language).get(identifier)


def questions_of(identifiers: Sequence[str], language: str) -> dict[str, Topic]:
    """Several of them. What staff did not put on the page is named without its words."""
    found = Question.objects.filter(pk__in=keys(identifiers), call__in=Call.objects.public())
    pages = call_pages(Call.objects.filter(pk__in=found.values("call")), language)
    return {str(each.pk): _named(each, pages[each.call_id]) for each in found if each.call_id in pages}


def _named(asked: Question, page: CallPage) -> Topic:
    if asked.is_shown:
        words = Truncator(" ".join(str(asked.wording).split())).chars(120)
        return Topic(words, f"{page.url}?question={asked.pk}#question-{asked.pk}")
    return Topic(gettext("A question about: %(call)s") % {"call": page.title}, f"{page.url}#questions")


def register() -> None:
    """Make them followable."""
    topics.register("question", questions_of, called=_("Questions about calls"), each=Question)
