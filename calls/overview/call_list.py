"""Calls as lists show them: the open ones first, the nearest deadline on top, then those that are past."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import QueryDict
from django.utils import timezone

from calls.chain.models import Call
from calls.chain.standing import PAST, CallState, Chain, Step, call_state, chain
from calls.overview.forms import CallFilterForm
from calls.pages.models import CallPage

# There is nothing to choose among one.
WITHOUT_FILTERS = 1


@dataclass(frozen=True)
class CallRow:
    """One call in a list, with the words that its reader gets."""

    page: CallPage
    call: Call
    standing: CallState
    chain: Chain

    @property
    def is_past(self) -> bool:
        return self.standing.code in PAST

    @property
    def state(self) -> str:
        return self.standing.code

    @property
    def state_label(self) -> str:
        return self.standing.label

    @property
    def title(self) -> str:
        return self.page.title

    @property
    def url(self) -> str:
        return self.page.url or ""

    @property
    def foreign_language(self) -> str:
        return self.page.foreign_language

    @property
    def programme(self) -> str:
        return self.call.programme

    @property
    def next_step(self) -> Step | None:
        return self.chain.next_step

    @property
    def _order(self) -> tuple[bool, float]:
        now = self.chain.now.timestamp()
        if self.is_past:
            last = self.chain.steps[-1].due_at.timestamp() if self.chain.steps else 0
            return True, now - last
        following = self.chain.next_step
        return False, following.due_at.timestamp() - now if following else float("inf")


def rows(pages: Iterable[CallPage], *, now: datetime | None = None) -> list[CallRow]:
    """The pages in the order in which a reader wants them; their calls and chains must be prefetched."""
    now = now or timezone.now()
    found = [CallRow(page, page.call, call_state(page.call, now), chain(page.call, now)) for page in pages]
    return sorted(found, key=lambda row: row._order)


def fitting(found: Iterable[CallRow], *, state: str = "", programme: str = "", track: str = "") -> list[CallRow]:
    """Those in a state, of a programme and on an action track; an empty filter lets everything through."""
    return [
        row
        for row in found
        if state in {"", row.state}
        and programme in {"", row.programme}
        and (not track or track in {term.code for term in row.call.tracks.all()})
    ]


def overview(pages: Iterable[CallPage], asked: QueryDict, *, per_page: int) -> dict[str, Any]:
    """What the overview shows: the calls that go on, on its first page, and those that are past, in pages."""
    found = rows(pages)
    form = CallFilterForm(asked, programmes=sorted({row.programme for row in found} - {""}))
    chosen = form.chosen()
    fits = fitting(found, **chosen)
    page_obj = Paginator([row for row in fits if row.is_past], per_page).get_page(asked.get("page"))
    return {
        "form": form,
        "has_filters": bool(chosen) or len(found) > WITHOUT_FILTERS,
        "is_filtered": bool(chosen),
        "base_query": urlencode(chosen),
        "open_calls": [row for row in fits if not row.is_past] if page_obj.number == 1 else [],
        "page_obj": page_obj,
        "past_calls": page_obj.object_list,
    }
