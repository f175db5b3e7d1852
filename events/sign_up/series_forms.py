"""The form for several dates of a series."""

from collections.abc import Mapping, Sequence
from copy import copy
from typing import Any, cast

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from events.agenda.models import Event
from events.agenda.pages import place_of
from events.questions import answering
from events.seats.models import Wish
from events.seats.registration import EventCancelledError, EventFullError, EventNotOpenError
from events.seats.several_dates import Pick
from events.sign_up.forms import SignUpForm, wish_choices
from hub.dates import words

# What the value of a date says besides which it is: the page said that all its seats are taken.
_WAITS = ":waits"
_OPEN = {"open", "full"}


def when(event: Event) -> str:
    """When a date is, in one line."""
    if not event.is_one_day:
        write = words.moment if event.has_time else words.day
        return gettext("%(start)s to %(end)s") % {"start": write(event.starts_at), "end": write(event.ends_at)}
    if not event.has_time:
        return words.day(event.starts_at)
    hours = {"from": words.clock(event.starts_at), "until": words.clock(event.ends_at)}
    return gettext("%(day)s, %(from)s to %(until)s (Brussels)") % {"day": words.day(event.starts_at), **hours}


def date_choices(events: Sequence[Event]) -> list[tuple[str, str]]:
    """The dates that can be signed up for, with what is left of each; needs their standing."""
    offered = [event for event in events if event.standing in _OPEN]
    tells_place = len({place_of(event) for event in offered}) > 1
    return [
        (event.uid.hex + (_WAITS if event.is_full else ""), _label(event, tells_place=tells_place)) for event in offered
    ]


def _label(event: Event, *, tells_place: bool) -> str:
    named = ", ".join(filter(None, [when(event), place_of(event) if tells_place else ""]))
    if event.is_full:
        return gettext("%(way)s: all seats are taken, you join the waiting list") % {"way": named}
    if event.is_hybrid:
        ways = [label for value, label in wish_choices(event) if value != Wish.EITHER]
        return f"{named} — {'; '.join(ways)}"
    if event.seats_left is None:
        return named
    text = ngettext("%(way)s: %(left)d seat left", "%(way)s: %(left)d seats left", event.seats_left)
    return text % {"way": named, "left": event.seats_left}


class DatesField(forms.MultipleChoiceField):
    """Dates of a series; which of them are full or closed is known for sure only when the form has arrived."""

    widget = forms.CheckboxSelectMultiple

    def know(self, events: Sequence[Event]) -> None:
        """Offer those of these dates that can be signed up for."""
        self.choices = date_choices(events)
        self._known = {event.uid.hex for event in events}

    def valid_value(self, value: str) -> bool:
        return value.removesuffix(_WAITS) in self._known


class DatesSignUpForm(SignUpForm):
    """The same for several dates of a series at once; what several of them ask alike is asked once."""

    dates = DatesField(label=_("Which dates?"), error_messages={"required": _("Pick at least one date.")})

    def __init__(self, *args: Any, events: Sequence[Event], **kwargs: Any) -> None:
        self._events = events
        self._asked = answering.shared([event for event in events if event.standing in _OPEN])
        super().__init__(*args, event=events[0], **kwargs)
        self._dates.know(events)
        self.order_fields(["same", "dates"])

    @property
    def _dates(self) -> DatesField:
        return cast(DatesField, self.fields["dates"])

    def wishes(self, event: Event) -> list[tuple[str, str]]:
        """The same for all dates: where one is not held in that way, its own way counts."""
        is_hybrid = any(each.is_hybrid for each in self._events if each.standing in _OPEN)
        return [(wish.value, str(wish.label)) for wish in Wish] if is_hybrid else []

    def questions(self, event: Event) -> dict[str, forms.Field]:
        """Those of some dates say of which, and have to be answered by who picks one of these."""
        fields = answering.shared_fields(self._asked)
        open_dates = {each.pk: each for each in self._events if each.standing in _OPEN}
        for name, alike in self._asked.items():
            theirs = {each.event_id for each in alike}
            if theirs != open_dates.keys():
                dates = "; ".join(words.day(each.starts_at) for key, each in open_dates.items() if key in theirs)
                said = gettext("Needed for: %(dates)s.") if alike[0].is_required else gettext("Only for: %(dates)s.")
                fields[name].help_text = format_lazy(
                    "{why} {said}", why=fields[name].help_text, said=said % {"dates": dates}
                )
                fields[name].required = False
        return fields

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        picked = {event.pk for event, _waits in self._picked()}
        for name, alike in self._asked.items():
            asked = alike[0].is_required and picked & {each.event_id for each in alike}
            if asked and not cleaned.get(name) and name not in self.errors:
                self.add_error(name, forms.ValidationError(self.fields[name].error_messages["required"], "required"))
        return cleaned

    def _picked(self) -> list[tuple[Event, bool]]:
        values = self.cleaned_data.get("dates", [])
        by_uid = {value.removesuffix(_WAITS): value.endswith(_WAITS) for value in values}
        return [(event, by_uid[event.uid.hex]) for event in self._events if event.uid.hex in by_uid]

    def picks(self) -> list[Pick]:
        """The dates that were picked, each with the answers to its own questions."""
        waits = bool(self.cleaned_data.get("waits"))
        return [
            Pick(event, waits=waits or is_known_full, answers=answering.said_of(event, self.cleaned_data, self._asked))
            for event, is_known_full in self._picked()
        ]

    def answers(self) -> dict[str, Any]:
        """What holds for all dates."""
        return {name: value for name, value in super().answers().items() if name not in {"answers", "waits"}}

    def refuse(self, events: Sequence[Event], reasons: Mapping[int, Exception]) -> None:
        """Bring the page back with what can be had now, and say of each refused date what is possible."""
        self.must_wait = any(isinstance(reason, EventFullError) for reason in reasons.values())
        self._dates.know(events)
        sent = [value.removesuffix(_WAITS) for value in self.cleaned_data.get("dates", [])]
        now = [value for value, _label in date_choices(events) if value.removesuffix(_WAITS) in sent]
        self.data = copy(self.data)
        cast(Any, self.data).setlist(self.add_prefix("dates"), now)
        for event in events:
            if event.pk in reasons:
                self.add_error("dates", _said(event, reasons[event.pk]))
        self.add_error(None, gettext("Nobody was added, for any date. What you filled in is still here."))


def _said(event: Event, reason: Exception) -> str:
    if isinstance(reason, EventFullError):
        said = gettext(
            "%(date)s: there are not enough free seats. The button below signs you up and puts you on the waiting list "
            "of that date; or pick another date."
        )
    elif isinstance(reason, EventCancelledError):
        said = gettext("%(date)s is cancelled. Pick another date.")
    elif isinstance(reason, EventNotOpenError):
        opens = words.moment(event.registration_opens_at)
        return gettext("%(date)s: sign-up opens on %(moment)s.") % {"date": when(event), "moment": opens}
    else:
        said = gettext("%(date)s: sign-up is closed. Pick another date.")
    return said % {"date": when(event)}
