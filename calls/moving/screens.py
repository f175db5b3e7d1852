"""Screens of the admin for one call: moving a date, withdrawing, what will be sent."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from i18nfield.strings import LazyI18nString

from calls.chain import chain_warnings, participants
from calls.chain.changes import CallWithdrawal, DeadlineChange
from calls.chain.models import Call, Deadline
from calls.moving import deadlines, emails, failures
from calls.moving.failures import Failure
from calls.reminders import plan, reminders
from hub.changes.reasons import ReasonForm
from hub.changes.screens import ChangeScreen, found, in_each_language
from hub.dates import date_warnings
from hub.dates.brussels import BrusselsDateTimeField
from notifications.delivery.rendering import Rendered
from notifications.subscriptions import offsets


class MoveForm(ReasonForm):
    """Another moment for one deadline."""

    due_at = BrusselsDateTimeField(label=_("New date and time"), help_text=_("Brussels time."))
    has_time = forms.BooleanField(
        label=_("The hour matters"), help_text=_("Without it, only the day is shown."), required=False
    )
    failure_begun_at = BrusselsDateTimeField(
        label=_("After a failure of the portal: from"),
        help_text=_("Only if it failed in the last hour before the date. It stays on record and is public."),
        required=False,
    )
    failure_ended_at = BrusselsDateTimeField(
        label=_("After a failure of the portal: until"),
        help_text=_("Where you leave a reason empty, the page and the mail then say what happened in one sentence."),
        required=False,
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, deadline: Deadline, **kwargs: Any) -> None:
        initial = {"due_at": deadline.due_at, "has_time": deadline.has_time, "version": deadline.version}
        languages = deadlines.languages_of(deadline.call)
        super().__init__(*args, initial=initial, languages=languages, **kwargs)
        self.deadline = deadline
        self.order_fields(["due_at", "has_time", "failure_begun_at", "failure_ended_at", "reason"])
        if not deadline.governs:
            del self.fields["failure_begun_at"], self.fields["failure_ended_at"]

    @property
    def failure(self) -> Failure | None:
        """The failure of the portal that is the reason, if that is it."""
        begun, ended = self.cleaned_data.get("failure_begun_at"), self.cleaned_data.get("failure_ended_at")
        return Failure(begun, ended) if begun and ended else None

    def clean_reason(self) -> LazyI18nString:
        if self.failure:
            self.cleaned_data["reason"] = failures.with_words(self.cleaned_data["reason"], self.failure)
        return super().clean_reason()

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for one, other in (("failure_begun_at", "failure_ended_at"), ("failure_ended_at", "failure_begun_at")):
            if cleaned.get(one) and not cleaned.get(other) and other not in self.errors:
                self.add_error(other, gettext("Say both when the failure began and when it ended."))
        if due_at := cleaned.get("due_at"):
            cleaned["due_at"] = deadlines.as_meant(self.deadline, due_at, has_time=cleaned["has_time"])
        return cleaned


def edit_url(call: Call) -> str:
    """Where the facts of a call are edited."""
    return reverse("wagtailsnippets_calls_call:edit", args=[call.pk])


class CallScreen(ChangeScreen):
    """A change that everyone hears of who follows a call or takes part."""

    subject: Call

    def look_up(self, **keys: int) -> None:
        self.subject = found(self.request, Call, keys["pk"])
        self.back_url = edit_url(self.subject)

    def receivers(self) -> int:
        return len(participants.hearing(self.subject))


class MoveDeadline(CallScreen):
    """Another date for a deadline."""

    template = "calls/admin/move.html"
    preview_template = "calls/admin/move_preview.html"
    title = _("Move a date")
    preview_title = _("Move a date: look once more")

    def look_up(self, **keys: int) -> None:
        super().look_up(**keys)
        chain = Deadline.objects.select_related("call").filter(call=self.subject)
        self.deadline = get_object_or_404(chain, pk=keys["deadline_id"])

    def ask(self, data: Any) -> MoveForm:
        return MoveForm(data, deadline=self.deadline)

    def around(self) -> Mapping[str, Any]:
        return {"deadline": self.deadline, "changes": self.deadline.changes.select_related("moved_by")}

    def plan(self, form: MoveForm) -> DeadlineChange:
        typed = form.cleaned_data
        deadlines.check_move(
            self.subject,
            self.deadline,
            due_at=typed["due_at"],
            has_time=typed["has_time"],
            seen_version=typed["version"],
            failure=form.failure,
        )
        return DeadlineChange(
            deadline=self.deadline,
            call=self.subject,
            version=self.deadline.version + 1,
            old_due_at=self.deadline.due_at,
            old_has_time=self.deadline.has_time,
            new_due_at=typed["due_at"],
            new_has_time=typed["has_time"],
            reason=typed["reason"],
        )

    def preview(self, planned: DeadlineChange, language: str) -> Rendered:
        return emails.preview(emails.MOVED, emails.moved_facts(planned), call=self.subject, language=language)

    def warnings(self, planned: DeadlineChange) -> list[str]:
        moved = date_warnings.Step(
            str(self.deadline.label), self.deadline.kind, planned.new_due_at, planned.new_has_time
        )
        others = [chain_warnings.step(each) for each in self.subject.deadlines.all() if each.pk != self.deadline.pk]
        found_odd = chain_warnings.of_order([moved, *others]) + date_warnings.of_date(moved)
        if self.deadline.is_past(timezone.now()):
            opens = gettext("The old date has passed: what closed then on the portal opens again until the new date.")
            found_odd.insert(0, opens)
        return found_odd

    def carry_out(self, form: MoveForm) -> DeadlineChange:
        return deadlines.move(
            self.deadline,
            due_at=form.cleaned_data["due_at"],
            has_time=form.cleaned_data["has_time"],
            reason=form.cleaned_data["reason"],
            by=self.author,
            seen_version=form.cleaned_data["version"],
            failure=form.failure,
        )

    def done(self) -> str:
        return gettext("“%(label)s” has its new date.") % {"label": self.deadline.label}


class WithdrawCall(CallScreen):
    """A call does not go on."""

    template = "calls/admin/withdraw.html"
    preview_template = "calls/admin/withdraw_preview.html"
    title = _("Withdraw a call")
    preview_title = _("Withdraw a call: look once more")

    def already(self) -> str:
        return gettext("This call was withdrawn already.") if self.subject.withdrawn_at else ""

    def ask(self, data: Any) -> ReasonForm:
        return ReasonForm(data, languages=deadlines.languages_of(self.subject))

    def plan(self, form: ReasonForm) -> CallWithdrawal:
        return CallWithdrawal(call=self.subject, reason=form.cleaned_data["reason"], withdrawn_at=timezone.now())

    def preview(self, planned: CallWithdrawal, language: str) -> Rendered:
        facts = emails.withdrawn_facts(planned)
        return emails.preview(emails.WITHDRAWN, facts, call=self.subject, language=language)

    def carry_out(self, form: ReasonForm) -> CallWithdrawal:
        return deadlines.withdraw(self.subject, reason=form.cleaned_data["reason"], by=self.author)

    def done(self) -> str:
        return gettext("The call is withdrawn.")


def mails(request: HttpRequest, pk: int) -> HttpResponse:
    """What will be sent and when; `?deadline=…&hours=…` shows that reminder as it will be read."""
    call = found(request, Call, pk)
    plans = plan.plans(call)
    form = ReminderForm(request.GET, plans=plans)
    facts: dict[str, Any] = {"plans": plans, "is_announced": deadlines.is_announced(call)}
    facts |= {"subject": call, "call": call, "title": _("What will be sent and when"), "back_url": edit_url(call)}
    if form.is_valid():
        facts |= _reminder(form.chosen, form.cleaned_data["hours"])
    return render(request, "calls/admin/mails.html", facts)


class ReminderForm(forms.Form):
    """Which reminder to show."""

    deadline = forms.TypedChoiceField(coerce=int)
    hours = forms.TypedChoiceField(coerce=int, choices=[(hours, hours) for hours in offsets.OFFERED])

    def __init__(self, *args: Any, plans: list[plan.Plan], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {plan.deadline.pk: plan.deadline for plan in plans}
        self.fields["deadline"].choices = [(key, key) for key in self.known]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> Deadline:
        """The deadline that was asked for."""
        return self.known[self.cleaned_data["deadline"]]


def _reminder(deadline: Deadline, hours: int) -> dict[str, Any]:
    leaves: datetime = plan.moment(deadline, hours)
    facts = plan.facts(deadline, hours)
    shown = in_each_language(
        lambda code: emails.preview(reminders.KIND, facts, call=deadline.call, language=code, now=leaves)
    )
    return {"previews": shown, "shown": deadline, "shown_hours": hours, "leaves": leaves}
