"""What other apps' pages, and mails, show of the learning agenda."""

from typing import Any

from django import template
from django.utils.translation import get_language

from events.agenda.models import Event
from learning.agenda.filters import Card, cards
from learning.answers.models import AnswerVersion
from learning.answers.reading import told
from learning.questions.models import Question

register = template.Library()

MOST = 12


@register.simple_tag
def questions_of_event(event: Event) -> list[Card]:
    """The questions that an event is about, as rows show them."""
    found = Question.objects.unsettled().filter(events=event).with_words().order_by("pk")
    return cards(found[:MOST], get_language() or "")


@register.simple_tag
def answer_told(version: int) -> dict[str, Any]:
    """The words of a version and of its question for a mail; nothing where it is gone."""
    found = AnswerVersion.objects.public().with_words().with_evidence().select_related("question", "by")
    each = found.prefetch_related("question__texts").filter(pk=version).first()
    if each is None:
        return {}
    language = get_language() or ""
    text = each.question.text_in(language)
    return {
        "answer": told(each, language),
        "question": text.words if text else "",
        "url": each.question.get_absolute_url(),
    }
