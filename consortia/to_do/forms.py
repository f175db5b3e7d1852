"""What is filled in about a task; who does it is one choice: an organisation, or one person of it."""

from collections import defaultdict
from datetime import date
from typing import Any, cast
from uuid import uuid4

from django import forms
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from consortia.consortium.models import Consortium
from consortia.consortium.stale import StaleForm
from consortia.to_do.models import MOST_WHAT
from consortia.to_do.tasks import Said
from hub.dates.fields import DayInput
from partners.organisations.models import Membership

Choices = list[Any]
# So many people of all organisations stand in the list; an organisation can always be chosen.
_MOST_PEOPLE = 400


class TaskForm(StaleForm):
    """A new task, or another text for one."""

    what = forms.CharField(
        label=_("What has to be done"),
        error_messages={"required": _("Enter what has to be done.")},
        max_length=MOST_WHAT,
    )
    who = forms.ChoiceField(label=_("Who does it"), required=False)
    due_on = forms.DateField(
        label=pgettext_lazy("a task", "Until"),
        help_text=_("The last day. Who does it gets a mail the day before."),
        required=False,
        widget=DayInput,
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    # Made once for each task, so that the form sent twice adds one.
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, consortium: Consortium, said: Said | None = None) -> None:
        initial: dict[str, Any] = {"key": uuid4().hex}
        if said:
            initial |= {"what": said.what, "who": _value(said), "due_on": said.due_on, "seen": said.stands_for}
        super().__init__(data, initial=initial)
        self._was_due_on = said.due_on if said else None
        who = cast(forms.ChoiceField, self.fields["who"])
        who.choices = _choices(consortium)
        who.error_messages["invalid_choice"] = gettext("They are not in the consortium any more. Choose again.")

    def clean_due_on(self) -> date | None:
        """A day that is over is told to nobody; one that went by meanwhile stays."""
        day: date | None = self.cleaned_data["due_on"]
        if day and day < timezone.localdate() and day != self._was_due_on:
            raise forms.ValidationError(gettext("This day is over. Choose today or a later one, or leave it empty."))
        return day

    @property
    def said(self) -> Said:
        """What the form says, once it is valid."""
        member, _dot, person = str(self.cleaned_data["who"]).partition(".")
        return Said(
            self.cleaned_data["what"],
            int(member) if member else None,
            int(person) if person else None,
            self.cleaned_data["due_on"],
        )


def _value(said: Said) -> str:
    return f"{said.member or ''}.{said.person}" if said.person else str(said.member or "")


def _choices(consortium: Consortium) -> Choices:
    """Organisations with their people; in two queries."""
    members = list(consortium.members.standing().select_related("organisation"))
    acting = Membership.objects.filter(organisation__in=[each.organisation_id for each in members])
    people: dict[int, list[Any]] = defaultdict(list)
    for each in acting.select_related("user").order_by("user__last_name", "pk")[:_MOST_PEOPLE]:
        people[each.organisation_id].append(each.user)
    return [
        ("", gettext("nobody yet")),
        *(
            (
                member.organisation.name,
                [
                    (str(member.pk), gettext("%(organisation)s, whoever it is") % {"organisation": member}),
                    *((f"{member.pk}.{each.pk}", each.get_full_name()) for each in people[member.organisation_id]),
                ],
            )
            for member in members
        ),
    ]
