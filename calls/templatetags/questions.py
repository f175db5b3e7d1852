"""What the mails about a question look up when they are sent, so that they say what holds then."""

from dataclasses import dataclass

from django import template
from django.utils.translation import get_language

from calls.overview import topics as call_topics
from calls.questions import topics as question_topics
from calls.questions.models import Question
from calls.questions.question_list import Told, told

register = template.Library()


@dataclass(frozen=True)
class QuestionWords:
    """A question with its answer or the reason for its refusal, in the receiver's language where there are words."""

    call_title: str
    address: str
    asked: str
    wording: Told
    answer: Told
    refusal: str


@register.simple_tag
def question_words(question: int | Question) -> QuestionWords | None:
    """The words of a question, or None when it is gone; a preview gives the question itself, as it would be saved."""
    stored = Question.objects.select_related("call")
    found = question if isinstance(question, Question) else stored.filter(pk=question).first()
    if found is None:
        return None
    language = get_language() or ""
    call = call_topics.call(str(found.call_id), language)
    place = question_topics.question(str(found.pk), language) or call
    return QuestionWords(
        call_title=call.title if call else str(found.call.title),
        address=place.address if place else "",
        asked=found.asked or str(found.wording),
        wording=told(found.wording, language),
        answer=told(found.answer, language),
        refusal=found.refusal,
    )
