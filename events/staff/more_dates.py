"""More dates for an event: copies of its facts at other moments. With the first of them it becomes a series."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views import View
from wagtail.log_actions import log

from accounts.users.models import User
from events.agenda.models import Event, as_meant
from events.agenda.pages import EventPage
from events.moving import moving, screens
from events.programme.models import ProgrammeItem, Speaker
from events.programme.shifting import shifted
from events.series.models import MOST_DATES, Series
from hub.changes.screens import found
from hub.dates.brussels import BrusselsDateTimeField
from hub.dates.words import day

# So many fields the form has; who needs more sends it again.
FIELDS = 6
# What each date has of its own: who and when it is, and what became of it.
OWN = {
    *("id", "uid", "sequence", "series", "created_at", "updated_at"),
    *("starts_at", "ends_at", "registration_opens_at", "registration_closes_at", "thanks_at"),
    *("list_ended_at", "thanked_at", "cancelled_at"),
}
# The rows that go along; speakers and programme do besides. Materials are of the day on which they were shown.
ROWS = ("questions", "linked_organisations", "linked_practices", "feedback_questions")


@transaction.atomic
def add_dates(event: Event, starts: Iterable[datetime], *, by: User | None) -> list[Event]:
    """The same event at each of these moments, for as long; returns those that were not there yet.

    The first time it becomes a series, and its pages with it. Sent twice it is done once. Raises ValidationError for
    more dates than a series has.
    """
    row = moving.held(event)
    series = _series_of(row)
    there = set(series.dates.values_list("starts_at", flat=True))
    wanted = sorted({as_meant(each, each, has_time=row.has_time)[0] for each in starts} - there)
    if len(there) + len(wanted) > MOST_DATES:
        raise ValidationError(gettext("A series has %(most)d dates at most.") % {"most": MOST_DATES})
    return [_copied(row, start, by=by) for start in wanted]


def _series_of(row: Event) -> Series:
    """The series of an event, which nobody adds dates to until this transaction ends; made where there is none."""
    if row.series_id:
        return Series.objects.select_for_update(no_key=True).get(pk=row.series_id)
    series = Series.objects.create(title=row.title)
    for page in EventPage.objects.filter(event=row):
        page.event, page.series = None, series
        page.save(clean=False, update_fields=["event", "series"])
    row.series = series
    row.save(update_fields=["series"])
    return series


def _copied(row: Event, start: datetime, *, by: User | None) -> Event:
    kept = [field for field in Event._meta.concrete_fields if field.name not in OWN]
    new = Event(series=row.series, **{field.name: getattr(row, field.name) for field in kept}, **_moments(row, start))
    new.tracks, new.organisers = row.tracks.all(), row.organisers.all()
    try:
        new.full_clean()
    except ValidationError as error:
        raise ValidationError([f"{day(start)}: {said}" for said in error.messages]) from error
    new.save()
    for relation in ROWS:
        _copy_rows(Event._meta.get_field(relation).related_model, row, new)
    _copy_programme(row, new)
    log(new, "wagtail.create", user=by)
    return new


def _moments(row: Event, start: datetime) -> dict[str, datetime | None]:
    """When the new date begins and ends, and the other moments as far from it as those of the event are."""
    names = ("ends_at", "registration_closes_at", "thanks_at")
    old = {name: getattr(row, name) for name in names}
    moments = {name: each and shifted(each, before=row.starts_at, after=start) for name, each in old.items()}
    opens_at = row.registration_opens_at
    # All dates open at the same moment, but none after it has closed.
    if opens_at and opens_at >= (moments["registration_closes_at"] or start):
        opens_at = shifted(opens_at, before=row.starts_at, after=start)
    return moments | {"starts_at": start, "registration_opens_at": opens_at}


def _copy_rows(model: Any, row: Event, new: Event) -> dict[int, models.Model]:
    """The rows of one kind, each as one of the new date; by the keys of the old ones."""
    copies = {}
    for each in model.objects.filter(event=row):
        key, each.pk, each.event = each.pk, None, new
        each._state.adding = True
        each.save()
        copies[key] = each
    return copies


def _copy_programme(row: Event, new: Event) -> None:
    speakers: Any = _copy_rows(Speaker, row, new)
    for item in row.programme.prefetch_related("speakers"):
        copy = ProgrammeItem(event=new, title=item.title, room=item.room)
        copy.starts_at, copy.ends_at = (
            shifted(each, before=row.starts_at, after=new.starts_at) for each in (item.starts_at, item.ends_at)
        )
        copy.speakers = [speakers[each.pk] for each in item.speakers.all()]
        copy.save()


class MoreDatesForm(forms.Form):
    """When it takes place besides; for as long as the event itself."""

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._event = event
        for number in range(1, FIELDS + 1):
            label = format_lazy(_("Date {number}: starts at"), number=number)
            self.fields[f"date_{number}"] = BrusselsDateTimeField(
                label=label, help_text=_("Brussels time."), required=False
            )

    @property
    def starts(self) -> list[datetime]:
        """The moments that were filled in."""
        return [start for name in self.fields if (start := self.cleaned_data.get(name))]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name in list(cleaned):
            if (start := cleaned[name]) and self._is_past(start):
                said = _("This date is in the past. Choose one that is still to come.")
                self.add_error(name, ValidationError(said, code="past"))
        if not self.errors and not self.starts:
            self.add_error("date_1", ValidationError(_("Fill in at least one date."), code="required"))
        return cleaned

    def _is_past(self, start: datetime) -> bool:
        """Of mere days, today is still to come."""
        _start, last = as_meant(start, start, has_time=self._event.has_time)
        return last <= timezone.now()


class MoreDates(View):
    """The screen behind the button of the event's screen."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        event = found(request, Event, pk)
        return self._asking(event, MoreDatesForm(event=event))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        event = found(request, Event, pk)
        form = MoreDatesForm(request.POST, event=event)
        if not form.is_valid():
            return self._asking(event, form)
        try:
            new = add_dates(event, form.starts, by=request.user if isinstance(request.user, User) else None)
        except ValidationError as error:
            form.add_error(None, error)
            return self._asking(Event.objects.get(pk=pk), form)
        said = ngettext("%(number)d date is added.", "%(number)d dates are added.", len(new))
        messages.success(request, said % {"number": len(new)})
        for each in new:
            for odd in screens.odd(each.starts_at, each.ends_at, has_time=each.has_time):
                messages.warning(request, f"{day(each.starts_at)}: {odd}")
        return redirect(screens.edit_url(event))

    def _asking(self, event: Event, form: MoreDatesForm) -> HttpResponse:
        return render(
            self.request,
            "events/admin/more_dates.html",
            {
                "title": gettext("Add more dates"),
                "subject": event,
                "event": event,
                "dates": event.series.dates.all() if event.series else [],
                "form": form,
                "back_url": screens.edit_url(event),
            },
        )
