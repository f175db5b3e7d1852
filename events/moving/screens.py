"""Screens of the admin for one event: moving it, cancelling it, and that it takes place after all."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from events.agenda.models import Event
from events.agenda.ways import Attendance
from events.moving import emails, moving
from events.moving.models import ARRANGED, EventChange
from hub.changes.reasons import ReasonForm
from hub.changes.screens import ChangeScreen, found
from hub.dates import date_warnings
from hub.dates.brussels import BrusselsDateTimeField
from notifications.delivery.rendering import Rendered


class MoveEventForm(ReasonForm):
    """Another time or place, and until when one can sign up then."""

    starts_at = BrusselsDateTimeField(label=_("Starts at"), help_text=_("Brussels time."))
    ends_at = BrusselsDateTimeField(label=_("Ends at"), help_text=_("Brussels time."))
    has_time = forms.BooleanField(
        label=_("The hour matters"), help_text=_("Without it, only the day is shown."), required=False
    )
    registration_closes_at = BrusselsDateTimeField(
        label=_("Registration closes at"), help_text=_("Empty: when the event starts."), required=False
    )
    attendance = forms.ChoiceField(label=_("How one takes part"), choices=Attendance.choices)
    venue = forms.CharField(label=_("Venue"), max_length=160, required=False)
    address = forms.CharField(label=_("Address"), max_length=240, required=False)
    online_url = forms.URLField(
        label=_("Online address"),
        help_text=_("Only in the mails to participants."),
        required=False,
        assume_scheme="https",
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        initial = moving.arranged(event) | {
            "registration_closes_at": event.registration_closes_at,
            "version": event.sequence,
        }
        super().__init__(*args, initial=initial, languages=moving.languages_of(event), **kwargs)

    @property
    def arranged(self) -> dict[str, Any]:
        """When and where it is to be."""
        return moving.meant({name: self.cleaned_data[name] for name in ARRANGED})


def edit_url(event: Event) -> str:
    """Where the facts of an event are edited."""
    return reverse("wagtailsnippets_events_event:edit", args=[event.pk])


class EventScreen(ChangeScreen):
    """A change that everyone hears of who signed up for an event."""

    kind: EventChange.Kind
    subject: Event

    def look_up(self, **keys: int) -> None:
        self.subject = found(self.request, Event, keys["pk"])
        self.back_url = edit_url(self.subject)

    def receivers(self) -> int:
        return len(emails.receivers(self.subject))

    def around(self) -> Mapping[str, Any]:
        return {"event": self.subject, "changes": self.subject.changes.select_related("made_by")}

    def ask(self, data: Any) -> ReasonForm:
        return ReasonForm(data, languages=moving.languages_of(self.subject))

    def preview(self, planned: EventChange, language: str) -> Rendered:
        return emails.preview(planned, language)


class MoveEvent(EventScreen):
    """Another time or place for an event."""

    template = "events/admin/move.html"
    preview_template = "events/admin/move_preview.html"
    title = _("Move an event")
    preview_title = _("Move an event: look once more")

    def already(self) -> str:
        if not self.subject.cancelled_at:
            return ""
        return gettext("This event is cancelled. Say first that it takes place after all.")

    def ask(self, data: Any) -> MoveEventForm:
        return MoveEventForm(data, event=self.subject)

    def plan(self, form: MoveEventForm) -> EventChange:
        moving.check_move(
            self.subject,
            to=form.arranged,
            registration_closes_at=form.cleaned_data["registration_closes_at"],
            seen_version=form.cleaned_data["version"],
        )
        return moving.planned(
            self.subject, EventChange.Kind.MOVED, to=form.arranged, reason=form.cleaned_data["reason"]
        )

    def warnings(self, planned: EventChange) -> list[str]:
        return odd(planned.new_starts_at, planned.new_ends_at, has_time=planned.new_has_time)

    def carry_out(self, form: MoveEventForm) -> EventChange:
        return moving.move(
            self.subject,
            to=form.arranged,
            reason=form.cleaned_data["reason"],
            by=self.author,
            registration_closes_at=form.cleaned_data["registration_closes_at"],
            seen_version=form.cleaned_data["version"],
        )

    def done(self) -> str:
        return gettext("The event has its new time and place.")


class CallOffEvent(EventScreen):
    """An event does not take place."""

    template = "events/admin/call_off.html"
    preview_template = "events/admin/call_off_preview.html"
    title = _("Cancel an event")
    preview_title = _("Cancel an event: look once more")

    def already(self) -> str:
        return gettext("This event is cancelled already.") if self.subject.cancelled_at else ""

    def plan(self, form: ReasonForm) -> EventChange:
        moving.check_call_off(self.subject)
        return moving.planned(self.subject, EventChange.Kind.CANCELLED, reason=form.cleaned_data["reason"])

    def carry_out(self, form: ReasonForm) -> EventChange:
        return moving.call_off(self.subject, reason=form.cleaned_data["reason"], by=self.author)

    def done(self) -> str:
        return gettext("The event is cancelled.")


class ResumeEvent(EventScreen):
    """A cancelled event takes place after all."""

    template = "events/admin/resume.html"
    preview_template = "events/admin/resume_preview.html"
    title = _("Let an event take place after all")
    preview_title = _("Let an event take place after all: look once more")

    def already(self) -> str:
        return "" if self.subject.cancelled_at else gettext("This event is not cancelled.")

    def plan(self, form: ReasonForm) -> EventChange:
        moving.check_resume(self.subject)
        return moving.planned(self.subject, EventChange.Kind.RESUMED, reason=form.cleaned_data["reason"])

    def carry_out(self, form: ReasonForm) -> EventChange:
        return moving.resume(self.subject, reason=form.cleaned_data["reason"], by=self.author)

    def done(self) -> str:
        return gettext("The event takes place after all.")


def odd(starts_at: Any, ends_at: Any, *, has_time: bool) -> list[str]:
    """What is odd about when an event is to be."""
    start = date_warnings.Step(gettext("Starts at"), "", starts_at, has_time)
    found_odd = date_warnings.of_past(start) + date_warnings.of_date(start)
    if timezone.localdate(starts_at) != timezone.localdate(ends_at):
        found_odd += date_warnings.of_date(date_warnings.Step(gettext("Ends at"), "", ends_at, has_time))
    return found_odd
