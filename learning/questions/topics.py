"""What people can follow of the learning agenda: the answer to one question."""

from collections.abc import Sequence

from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from learning.questions.models import Question
from notifications.subscriptions import topics
from notifications.subscriptions.topics import Topic

PREFIX = "learning"


def questions(identifiers: Sequence[str], language: str) -> dict[str, Topic]:
    """Those of the agenda, by their numbers."""
    keys = [each for each in identifiers if each.isascii() and each.isdecimal() and len(each) < 10]
    found = Question.objects.public().filter(pk__in=keys).with_words()
    named = {str(each.pk): _named(each, language) for each in found}
    return {key: named[key] for key in keys if key in named}


def _named(question: Question, language: str) -> Topic:
    text = question.text_in(language)
    words = Truncator(text.words if text else question.slug).chars(120)
    return Topic(words, question.get_absolute_url())


def register() -> None:
    """Make them followable."""
    topics.register(PREFIX, questions, called=_("Questions of the learning agenda"), each=Question)
