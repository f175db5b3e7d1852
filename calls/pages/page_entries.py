"""Which pages tell of a call, so that the words by which they are found are renewed with its facts."""

from collections.abc import Collection, Iterable

from wagtail.models import Page

from calls.chain.models import Call, Deadline
from calls.pages.models import CallPage
from hub.site_search.page_entries import follow_choices, follow_facts
from hub.vocabularies.models import Term


def connect() -> None:
    """Called once when Django starts."""
    follow_facts(Call, _pages_of_calls, untold={"changed_at"})
    follow_facts(Deadline, _pages_of_deadlines)
    follow_facts(Term, _pages_with)
    follow_choices(Call.tracks.through, _pages_of_calls)


def _pages_of_calls(calls: Collection[Call]) -> Iterable[Page]:
    return CallPage.objects.filter(call__in=calls)


def _pages_of_deadlines(deadlines: Collection[Deadline]) -> Iterable[Page]:
    return CallPage.objects.filter(call__in={deadline.call_id for deadline in deadlines})


def _pages_with(tracks: Collection[Term]) -> Iterable[Page]:
    return CallPage.objects.filter(call__tracks__in=tracks)
