"""Which pages tell of a call, so that the words by which they are found are renewed with its facts."""

from collections.abc import Iterable

from wagtail.models import Page

from calls.chain.models import Call, Deadline
from calls.pages.models import CallPage
from hub.site_search.page_entries import follow_choices, follow_facts
from hub.vocabularies.models import Term


def connect() -> None:
    """Called once when Django starts."""
    follow_facts(Call, _pages_of_call, untold={"changed_at"})
    follow_facts(Deadline, _pages_of_deadline)
    follow_facts(Term, _pages_with)
    follow_choices(Call.tracks.through, _pages_of_call)


def _pages_of_call(call: Call) -> Iterable[Page]:
    return CallPage.objects.filter(call=call)


def _pages_of_deadline(deadline: Deadline) -> Iterable[Page]:
    return CallPage.objects.filter(call=deadline.call_id)


def _pages_with(track: Term) -> Iterable[Page]:
    return CallPage.objects.filter(call__tracks=track)
