"""What people can follow of the centre: one call, all calls, the news, a question of a call."""

from django.utils.text import Truncator
from django.utils.translation import gettext

from hub.models import Call, CallIndexPage, CallPage, NewsIndexPage, Question
from hub.models.pages import PortalPage
from notifications import topics
from notifications.topics import Topic


def call(identifier: str, language: str) -> Topic | None:
    """One call, as long as a visitor may see it."""
    if not identifier.isascii() or not identifier.isdecimal() or len(identifier) > 9:
        return None
    found = Call.objects.public().filter(pk=identifier).first()
    page = _best(CallPage, language, call=found) if found else None
    return Topic(page.title, page.url or "/", has_deadlines=True) if page else None


def calls(identifier: str, language: str) -> Topic | None:
    """Every call there is and will be."""
    page = None if identifier else _best(CallIndexPage, language)
    return Topic(gettext("All calls"), page.url or "/", has_deadlines=True) if page else None


def news(identifier: str, language: str) -> Topic | None:
    """What the centre has to tell."""
    page = None if identifier else _best(NewsIndexPage, language)
    return Topic(gettext("News of the centre"), page.url or "/") if page else None


def question(identifier: str, language: str) -> Topic | None:
    """The answer to one question. What staff did not put on the page is named without its words."""
    if not identifier.isascii() or not identifier.isdecimal() or len(identifier) > 9:
        return None
    found = Question.objects.filter(pk=identifier, call__in=Call.objects.public()).first()
    page = _best(CallPage, language, call=found.call_id) if found else None
    if found is None or page is None:
        return None
    if found.is_shown:
        words = Truncator(" ".join(str(found.wording).split())).chars(120)
        return Topic(words, f"{page.url}?question={found.pk}#question-{found.pk}")
    return Topic(gettext("A question about: %(call)s") % {"call": page.title}, f"{page.url}#questions")


def register() -> None:
    """Make them followable."""
    topics.register("call", call)
    topics.register("calls", calls)
    topics.register("news", news)
    topics.register("question", question)


def _best(model: type[PortalPage], language: str, **which: object) -> PortalPage | None:
    """The live page in this language, else in another one."""
    pages = model.objects.live().public().filter(**which).select_related("locale")
    return max(pages, key=lambda page: page.locale.language_code == language, default=None)
