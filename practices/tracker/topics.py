"""The tracker as something to follow, and the moves of one practice."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from notifications.subscriptions import topics
from notifications.subscriptions.topics import Topic
from practices.practice.models.practice import Practice
from practices.practice.presentation import text_for

TOPIC = "mainstreaming"
PRACTICE = "practice"


def tracker(identifiers: Sequence[str], language: str) -> dict[str, Topic]:
    """All moves."""
    title = gettext("Mainstreaming: moves of all practices")
    heading = gettext("Hear when a practice moves to another stage")
    return {each: Topic(title, reverse("practices:tracker"), heading=heading) for each in identifiers if not each}


def of_practices(identifiers: Sequence[str], language: str) -> dict[str, Topic]:
    """What becomes of public practices, by their numbers."""
    good = [each for each in identifiers if each.isascii() and each.isdecimal() and len(each) < 10]
    found = Practice.objects.public().filter(pk__in=good).prefetch_related("texts")
    return {str(each.pk): _topic(each, language) for each in found}


def _topic(practice: Practice, language: str) -> Topic:
    text = text_for(practice.texts.all(), language, practice.original_language)
    named = {"practice": text.title if text else practice.slug}
    title, heading = gettext("Practice: %(practice)s"), gettext("Follow what becomes of “%(practice)s”")
    return Topic(title % named, practice.get_absolute_url(), heading=heading % named)


def register() -> None:
    """Make both followable."""
    topics.register(TOPIC, tracker, called=_("Moves of all practices"))
    topics.register(PRACTICE, of_practices, called=_("One practice"), each=Practice)
