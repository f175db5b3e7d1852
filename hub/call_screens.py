"""Screens of the admin for one call: moving a date, withdrawing, what will be sent. A preview comes before each."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from i18nfield.forms import I18nFormField

from hub import audience, date_warnings, deadlines, notices, reminder_calendar, reminders
from hub.brussels import BrusselsDateTimeField
from hub.language_widgets import LabelledTextarea
from hub.models import Call, CallWithdrawal, Deadline, DeadlineChange
from notifications import offsets
from notifications.rendering import Rendered

CONFIRM, BACK = "confirm", "back"


class ReasonForm(forms.Form):
    """Why, in each language."""

    def __init__(self, *args: Any, call: Call, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.call = call
        self.fields["reason"] = I18nFormField(
            label=_("Reason"),
            help_text=_("Everyone who is told reads this, and it stays on the page of the call."),
            widget=LabelledTextarea,
            required=False,  # which languages are needed, and what to say when one lacks, is settled below
            require_all_fields=False,
        )

    def clean_reason(self) -> Any:
        return deadlines.check_reason(self.call, self.cleaned_data["reason"])


class MoveForm(ReasonForm):
    """Another moment for one deadline."""

    due_at = BrusselsDateTimeField(label=_("New date and time"), help_text=_("Brussels time."))
    has_time = forms.BooleanField(
        label=_("The hour matters"), help_text=_("Without it, only the day is shown."), required=False
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, deadline: Deadline, **kwargs: Any) -> None:
        super().__init__(*args, call=deadline.call, **kwargs)
        self.deadline = deadline

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if due_at := cleaned.get("due_at"):
            cleaned["due_at"] = deadlines.as_meant(self.deadline, due_at, has_time=cleaned["has_time"])
        return cleaned


@dataclass(frozen=True)
class Preview:
    """A mail in one language."""

    language: str
    mail: Rendered


def _call(request: HttpRequest, pk: int) -> Call:
    if not request.user.has_perm("hub.change_call"):
        raise PermissionDenied
    return get_object_or_404(Call, pk=pk)


def _edit_url(call: Call) -> str:
    return reverse("wagtailsnippets_hub_call:edit", args=[call.pk])


TITLES = {
    "move": _("Move a date"),
    "move_preview": _("Move a date: look once more"),
    "withdraw": _("Withdraw a call"),
    "withdraw_preview": _("Withdraw a call: look once more"),
    "mails": _("What will be sent and when"),
}


def _screen(request: HttpRequest, template: str, call: Call, **facts: Any) -> HttpResponse:
    around = {"call": call, "title": TITLES[template], "back_url": _edit_url(call)}
    return render(request, f"hub/admin/{template}.html", around | facts)


def _typed(request: HttpRequest) -> list[tuple[str, str]]:
    """What was filled in, to be carried through the preview."""
    leave_out = {"csrfmiddlewaretoken", CONFIRM, BACK, "preview"}
    return [(name, str(value)) for name, value in request.POST.items() if name not in leave_out]


def _previews(kind: str, facts: Mapping[str, Any], call: Call) -> list[Preview]:
    return [Preview(code, notices.preview(kind, facts, call=call, language=code)) for code, _name in settings.LANGUAGES]


def move(request: HttpRequest, pk: int, deadline_id: int) -> HttpResponse:
    """Another date for a deadline: fill in, look at the mails, confirm."""
    call = _call(request, pk)
    deadline = get_object_or_404(Deadline.objects.select_related("call"), pk=deadline_id, call=call)
    initial = {"due_at": deadline.due_at, "has_time": deadline.has_time, "version": deadline.version}
    form = MoveForm(request.POST or None, initial=initial, deadline=deadline)
    facts: dict[str, Any] = {"deadline": deadline, "form": form, "receivers": len(audience.of(call))}
    facts["changes"] = deadline.changes.select_related("moved_by")
    if request.method != "POST" or BACK in request.POST or not form.is_valid():
        return _screen(request, "move", call, **facts)
    if CONFIRM in request.POST:
        try:
            change = _moved(request, deadline, form)
        except ValidationError as error:
            form.add_error(None, error)
            return _screen(request, "move", call, **facts)
        told = ngettext("%(told)d person is told.", "%(told)d people are told.", change.told) % {"told": change.told}
        messages.success(request, gettext("“%(label)s” has its new date.") % {"label": deadline.label} + " " + told)
        return redirect(_edit_url(call))
    try:
        deadlines.check_move(
            call,
            deadline,
            due_at=form.cleaned_data["due_at"],
            has_time=form.cleaned_data["has_time"],
            seen_version=form.cleaned_data["version"],
        )
    except ValidationError as error:
        form.add_error(None, error)
        return _screen(request, "move", call, **facts)
    planned = _planned(deadline, form)
    mails = _previews(notices.MOVED, notices.moved_facts(planned), call)
    facts |= {"planned": planned, "previews": mails, "typed": _typed(request), "warnings": _warnings(deadline, planned)}
    return _screen(request, "move_preview", call, **facts)


def _moved(request: HttpRequest, deadline: Deadline, form: MoveForm) -> DeadlineChange:
    return deadlines.move(
        deadline,
        due_at=form.cleaned_data["due_at"],
        has_time=form.cleaned_data["has_time"],
        reason=form.cleaned_data["reason"],
        by=request.user if request.user.is_authenticated else None,
        seen_version=form.cleaned_data["version"],
    )


def _planned(deadline: Deadline, form: MoveForm) -> DeadlineChange:
    """The change as it would be, unsaved."""
    return DeadlineChange(
        deadline=deadline,
        call=deadline.call,
        version=deadline.version + 1,
        old_due_at=deadline.due_at,
        old_has_time=deadline.has_time,
        new_due_at=form.cleaned_data["due_at"],
        new_has_time=form.cleaned_data["has_time"],
        reason=form.cleaned_data["reason"],
    )


def _warnings(deadline: Deadline, planned: DeadlineChange) -> list[str]:
    moved = date_warnings.Step(str(deadline.label), deadline.kind, planned.new_due_at, planned.new_has_time)
    others = [date_warnings.step(each) for each in deadline.call.deadlines.all() if each.pk != deadline.pk]
    found = date_warnings.of_order([moved, *others]) + date_warnings.of_date(moved)
    if deadline.is_past(timezone.now()):
        found.insert(0, gettext("The old date is gone by: what it closed on the portal opens again until the new one."))
    return found


def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """A call does not go on: fill in why, look at the mails, confirm."""
    call = _call(request, pk)
    if call.withdrawn_at:
        messages.warning(request, gettext("This call was withdrawn already."))
        return redirect(_edit_url(call))
    form = ReasonForm(request.POST or None, call=call)
    facts: dict[str, Any] = {"form": form, "receivers": len(audience.of(call))}
    if request.method != "POST" or BACK in request.POST or not form.is_valid():
        return _screen(request, "withdraw", call, **facts)
    reason = form.cleaned_data["reason"]
    if CONFIRM in request.POST:
        by = request.user if request.user.is_authenticated else None
        done = deadlines.withdraw(call, reason=reason, by=by)
        told = ngettext("%(told)d person is told.", "%(told)d people are told.", done.told) % {"told": done.told}
        messages.success(request, gettext("The call is withdrawn.") + " " + told)
        return redirect(_edit_url(call))
    planned = CallWithdrawal(call=call, reason=reason, withdrawn_at=timezone.now())
    mails = _previews(notices.WITHDRAWN, notices.withdrawn_facts(planned), call)
    return _screen(request, "withdraw_preview", call, **facts, planned=planned, previews=mails, typed=_typed(request))


def mails(request: HttpRequest, pk: int) -> HttpResponse:
    """What will be sent and when; `?deadline=…&hours=…` shows that reminder as it will be read."""
    call = _call(request, pk)
    plans = reminder_calendar.plans(call)
    form = ReminderForm(request.GET, plans=plans)
    facts: dict[str, Any] = {"plans": plans, "is_announced": deadlines.is_announced(call)}
    if form.is_valid():
        facts |= _reminder(form.chosen, form.cleaned_data["hours"])
    return _screen(request, "mails", call, **facts)


class ReminderForm(forms.Form):
    """Which reminder to show."""

    deadline = forms.TypedChoiceField(coerce=int)
    hours = forms.TypedChoiceField(coerce=int, choices=[(hours, hours) for hours in offsets.OFFERED])

    def __init__(self, *args: Any, plans: list[reminder_calendar.Plan], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {plan.deadline.pk: plan.deadline for plan in plans}
        self.fields["deadline"].choices = [(key, key) for key in self.known]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> Deadline:
        """The deadline that was asked for."""
        return self.known[self.cleaned_data["deadline"]]


def _reminder(deadline: Deadline, hours: int) -> dict[str, Any]:
    leaves: datetime = reminder_calendar.moment(deadline, hours)
    facts = reminder_calendar.facts(deadline, hours)
    shown = [
        Preview(code, notices.preview(reminders.KIND, facts, call=deadline.call, language=code, now=leaves))
        for code, _name in settings.LANGUAGES
    ]
    return {"previews": shown, "shown": deadline, "shown_hours": hours, "leaves": leaves}
