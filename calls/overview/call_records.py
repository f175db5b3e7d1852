"""Calls as the open data tells them: one row each, whatever the number of languages it has a page in."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db.models import Prefetch
from django.http import QueryDict
from django.utils import timezone

from calls.chain.changes import DeadlineChange
from calls.chain.models import Call, Deadline
from calls.chain.standing import call_state, chain, in_order
from calls.overview import call_list
from calls.overview.forms import CallFilterForm
from calls.pages.models import CallPage
from hub.dates import brussels
from hub.open_data.licence import LICENCE
from hub.open_data.words import Words, in_languages
from hub.site.visibility import visible


@dataclass(frozen=True)
class OpenDeadline:
    """One link of the chain, and where it stands now."""

    deadline: Deadline
    state: str
    zone: str = brussels.BRUSSELS.key

    @property
    def day(self) -> date:
        """The day that clocks in its zone show."""
        return brussels.local(self.deadline.due_at).date()


@dataclass(frozen=True)
class OpenCall:
    """One call, ready to be written."""

    call: Call
    state: str
    urls: Words
    title: Words
    introduction: Words
    track: list[str]
    language: list[str]
    deadlines: list[OpenDeadline]
    changes: list[DeadlineChange]
    licence: str = LICENCE["uri"]


def fitting(asked: QueryDict) -> list[int]:
    """The keys of the calls that fit, in the order of the overview, which knows the same parameters."""
    pages = visible(CallPage.objects.all()).with_facts().defer("body").order_by("pk")
    rows = call_list.rows({page.call_id: page for page in pages}.values())
    form = CallFilterForm(asked, programmes=sorted({row.programme for row in rows} - {""}))
    return [row.call.pk for row in call_list.fitting(rows, **form.chosen())]


def to_records(keys: Sequence[int]) -> list[OpenCall]:
    """The public ones among these, in this order, with a fixed number of queries."""
    changes = Prefetch("changes", DeadlineChange.objects.order_by("-moved_at", "-pk"))
    found = Call.objects.public().with_chain().prefetch_related(changes).in_bulk(keys)
    pages = visible(CallPage.objects.filter(call__in=found)).select_related("locale")
    by_call: dict[int, list[CallPage]] = defaultdict(list)
    for page in pages.defer("body"):
        by_call[page.call_id].append(page)
    now = timezone.now()
    return [_to_record(found[key], by_call[key], now) for key in keys if key in found]


def _to_record(call: Call, pages: Iterable[CallPage], now: datetime) -> OpenCall:
    by_code = {page.locale.language_code: page for page in pages}
    ordered = [(code, by_code[code]) for code, _name in settings.LANGUAGES if code in by_code]
    states = {step.pk: step.state for step in chain(call, now).steps}
    return OpenCall(
        call=call,
        state=call_state(call, now).code,
        urls={code: f"{settings.SITE_URL}{page.url}" for code, page in ordered},
        title={code: page.title for code, page in ordered} or in_languages(call.title),
        introduction={code: page.introduction for code, page in ordered if page.introduction},
        track=[term.code for term in sorted(call.tracks.all(), key=lambda term: (term.position, term.pk))],
        language=[code for code, _page in ordered],
        deadlines=[OpenDeadline(deadline, states[deadline.pk]) for deadline in in_order(call)],
        changes=list(call.changes.all()),
    )
