"""What other pages show of calls, and what the mail about a new one looks up."""

from typing import Any

from django import template
from django.template import Context
from django.utils.translation import get_language

from calls.chain.models import Call
from calls.chain.standing import accepts, chain
from calls.overview import call_list
from calls.overview.call_list import CallRow
from calls.overview.models import CallIndexPage
from calls.pages.call_calendars import call_pages
from calls.pages.models import CallPage
from calls.questions import question_list
from calls.questions.question_list import QuestionList
from hub.content_memory.content_version import remembered
from hub.languages.reading_order import one_page_each
from hub.site.visibility import visible

register = template.Library()


@register.simple_tag
def new_call(pk: int) -> dict[str, Any] | None:
    """The call's page in the reader's language, else in another one that is named, with its chain."""
    call = Call.objects.with_chain().filter(pk=pk).first()
    if call is None:
        return None
    language = get_language() or ""
    page = call_pages([call], language).get(call.pk)
    if page is None:
        return None
    foreign = page.locale.language_code if page.locale.language_code != language else ""
    return {"page": page, "steps": chain(call).steps, "foreign": foreign}


@register.simple_tag
def current_call() -> CallRow | None:
    """The call that the start of the portal shows: of those that go on, the one with the nearest deadline."""
    language = get_language() or ""
    # No call comes back by the clock alone, and those that have ended since are left out here.
    ahead = remembered(("calls ahead", language), lambda: _ahead(language))
    return next((each for each in call_list.rows(ahead) if not each.is_past), None)


@register.simple_tag
def all_calls() -> CallIndexPage | None:
    """The page that lists them, in the reader's language."""
    language = get_language() or ""
    pages = CallIndexPage.objects.filter(locale__language_code=language)
    return remembered(("calls index", language), visible(pages).first)


@register.filter
def accepts_interest(call: Call) -> bool:
    """Whether interest in it can still be registered; for showing a button."""
    return accepts(call, "interest")


@register.simple_tag(takes_context=True)
def call_questions(context: Context, page: CallPage) -> QuestionList:
    """The questions that staff put on the page of a call, as far as the visitor asked for them."""
    return question_list.shown(page.call, page.locale.language_code, context["request"].GET)


def _ahead(language: str) -> list[CallPage]:
    return list(one_page_each(visible(CallPage.objects.all()), "call_id", language).with_chain().ahead())
