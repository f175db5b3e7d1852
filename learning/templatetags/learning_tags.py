"""What other apps' pages, and mails, show of the learning agenda."""

from django import template
from django.utils.translation import get_language

from events.agenda.models import Event
from hub.content_memory.content_version import remembered
from hub.languages.reading_order import nearest_page, one_page_each
from hub.site.visibility import visible
from learning.agenda.filters import Card, cards
from learning.notes.pages import NotePage, NotesIndexPage
from learning.questions.models import Question
from practices.practice.models.practice import Practice

register = template.Library()

MOST = 12


@register.simple_tag
def questions_of_event(event: Event) -> list[Card]:
    """The questions that an event is about, as rows show them."""
    found = Question.objects.unsettled().filter(events=event).with_words().order_by("pk")
    return cards(found[:MOST], get_language() or "")


@register.simple_tag
def cited_in(practice: Practice) -> list[NotePage]:
    """The policy notes that cite a practice, a figure of it or a report of its reuse, each in the nearest language."""
    if not practice.pk:
        return []
    citing = visible(NotePage.objects.filter(citations__practice=practice, citations__ended_at=None))
    pages = NotePage.objects.filter(pk__in=citing.values("pk"))
    nearest = one_page_each(pages, "translation_key", get_language() or "")
    return list(nearest.order_by("-first_published_at", "-pk")[:MOST])


@register.simple_tag
def policy_notes() -> str | None:
    """Where all policy notes stand, in the nearest language; None where the portal has none."""
    language = get_language() or ""

    def found() -> str:
        page = nearest_page(visible(NotesIndexPage.objects.all()), language)
        return (page.url if page else "") or ""

    return remembered(("policy notes", language), found)
