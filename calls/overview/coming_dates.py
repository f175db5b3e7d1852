"""The dates ahead that the first mail to a follower tells: of one call, or of all that go on."""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext, pgettext

from calls.chain.models import Call, CallQuerySet, Deadline
from calls.chain.standing import ends_at
from calls.overview.topics import keys
from calls.pages.call_calendars import call_pages, deadline_entry
from calls.pages.models import CallPage
from hub.dates import calendars
from hub.dates.time_left import time_left
from notifications.subscriptions import dates
from notifications.subscriptions.dates import Coming, ComingDate

# Of all calls together; a single call has fewer.
MOST = 20


def of_call(identifier: str, language: str) -> Coming | None:
    """The deadlines of one call that are still to come."""
    calls = list(_going_on().filter(pk__in=keys([identifier])).with_chain())
    return _coming(calls, language, name=str(calls[0].title)) if calls else None


def of_all(identifier: str, language: str) -> Coming | None:
    """The next deadlines of all calls, each with the name of its call."""
    calls = _going_on().filter(deadlines__due_at__gte=timezone.now() - timedelta(days=1)).distinct()
    return _coming(list(calls.with_chain()), language, name=gettext("All calls"), are_named=True)


def register() -> None:
    """Called once when Django starts."""
    dates.register("call", of_call)
    dates.register("calls", of_all)


def _going_on() -> CallQuerySet:
    return Call.objects.public().filter(withdrawn_at=None)


def _coming(calls: list[Call], language: str, *, name: str, are_named: bool = False) -> Coming | None:
    now = timezone.now()
    pages = call_pages(calls, language)
    ahead = [(each, call) for call in calls for each in call.deadlines.all() if ends_at(each) > now]
    ahead = sorted(ahead, key=lambda pair: (pair[0].due_at, pair[0].pk))[:MOST]
    if not ahead:
        return None
    entries = [deadline_entry(deadline, call, pages.get(call.pk)) for deadline, call in ahead]
    told = [_told(deadline, pages.get(call.pk) if are_named else None, now) for deadline, call in ahead]
    return Coming(told, calendars.calendar(entries, name=name).decode())


def _told(deadline: Deadline, page: CallPage | None, now: datetime) -> ComingDate:
    what = str(deadline.label)
    if page:
        what = f"{page.title}{pgettext('punctuation', ':')} {what}"
    left = time_left(deadline.due_at, now, has_time=deadline.has_time)
    return ComingDate(what, deadline.due_at, deadline.has_time, left)
