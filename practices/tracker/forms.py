"""What the addresses of the tracker may ask for."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Self

from django import forms
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hub.dates import brussels
from hub.dates.fields import DayInput
from practices.mainstreaming.models import COULD, TAKEN_UP, HookKind, Level, Status
from practices.practice.terms import Terms
from practices.tracker import periods

# Stands for a stage that nobody knows.
NONE = "none"

HOOKS = {"taken-up": TAKEN_UP, "could": COULD, "ended": (Status.ENDED,)}
HOOK_CHOICES = [
    ("", gettext_lazy("all policy")),
    ("taken-up", gettext_lazy("what took it up (decided or in force)")),
    ("could", gettext_lazy("what could take it up (idea or proposed)")),
    ("ended", gettext_lazy("what ended")),
]


def _today() -> date:
    return timezone.localdate(timezone=brussels.BRUSSELS)


def _is_a_choice(fields: Iterable[forms.Field]) -> None:
    """Nobody has to narrow anything: that a field is optional need not be said."""
    for field in fields:
        field.is_one_of_several = True  # type: ignore[attr-defined]  # read by templates/django/forms/field.html


class _Days(forms.Form):
    """Two days; what is left empty is today, and the shortest of the offered periods before it that holds a move."""

    since = forms.DateField(label=gettext_lazy("From"), required=False, widget=DayInput)
    until = forms.DateField(label=gettext_lazy("To"), required=False, widget=DayInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _is_a_choice(self.fields.values())

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and since > until:
            self.add_error("until", _("The second day comes before the first. Choose a later one."))
        return cleaned


class _Narrowing(_Days):
    """The same, in which what is not understood is left out, and nothing is empty."""

    @staticmethod
    def begin(until: date) -> date:
        """The first day, when nobody asked for one."""
        return periods.begin(until)

    @cached_property
    def asked(self) -> dict[str, Any]:
        """What was understood."""
        self.is_valid()
        found: dict[str, Any] = {name: self.cleaned_data.get(name) for name in self.fields}
        today = _today()
        found["until"] = found["until"] or max(today, found["since"] or today)
        found["since"] = found["since"] or self.begin(found["until"])
        return found

    @property
    def shown(self) -> Self:
        """The form with the days that the page goes by; with what is to mend, as it came."""
        if self.errors:
            return self
        days = {name: self.asked[name].isoformat() for name in ("since", "until")}
        return type(self)({name: self.data.get(name, "") for name in self.fields} | days)


class TrackerForm(_Narrowing):
    """The page of the tracker."""

    hooks = forms.ChoiceField(label=gettext_lazy("Policy that counts"), choices=HOOK_CHOICES, required=False)


class _StageField(forms.ChoiceField):
    def __init__(self) -> None:
        super().__init__(required=False, choices=_stages)


def _stages() -> list[tuple[str, str]]:
    return [*((code, str(term.label)) for code, term in Terms.load().of("stage").items()), (NONE, NONE)]


class PracticesForm(TrackerForm):
    """The list behind the figures about practices."""

    stage, was, became = _StageField(), _StageField(), _StageField()
    level = forms.ChoiceField(required=False, choices=[*Level.choices, ("any", "any")])
    undated = forms.BooleanField(required=False)
    stuck = forms.BooleanField(required=False)

    @staticmethod
    def begin(until: date) -> date:
        """A figure's address has both days; nothing is looked up for the others."""
        return periods.years_before(until, 1)


class MovesForm(_Narrowing):
    """The list of moves."""


class HooksForm(forms.Form):
    """The list of policy hooks."""

    level = forms.ChoiceField(
        label=gettext_lazy("Level"), required=False, choices=[("", gettext_lazy("all policy")), *Level.choices]
    )
    status = forms.ChoiceField(
        label=gettext_lazy("Status"), required=False, choices=[("", gettext_lazy("all policy")), *Status.choices]
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"), required=False, choices=[("", gettext_lazy("all policy")), *HookKind.choices]
    )

    # One of them, for who comes from elsewhere.
    hook = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _is_a_choice(self.fields.values())

    @property
    def asked(self) -> dict[str, Any]:
        """What was understood."""
        self.is_valid()
        return {name: value for name in self.fields if (value := self.cleaned_data.get(name))}
