"""What the addresses of figures may ask for: days, a part of a breakdown, and what to compare with."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hub.dates.brussels import BRUSSELS
from hub.dates.fields import DayInput
from hub.measures.spans import Span
from monitoring.comments.forms import EARLIEST

# The part of a breakdown, and which of the two numbers of a share.
PARAMETERS = ("since", "until", "by", "key", "of")
WHOLE = "whole"


def today() -> date:
    """In Brussels."""
    return timezone.localdate(timezone=BRUSSELS)


@dataclass(frozen=True)
class Asked:
    """Which records: of which days, with which key of a breakdown, or those of which they are a share."""

    span: Span
    breakdown: str = ""
    key: str = ""
    of_whole: bool = False

    @property
    def query(self) -> str:
        """The same as a part of an address."""
        said = {"since": self.span.since.isoformat()} if self.span.since else {}
        said["until"] = self.span.until.isoformat()
        if self.breakdown:
            said |= {"by": self.breakdown, "key": self.key}
        if self.of_whole:
            said["of"] = WHOLE
        return urlencode(said)


class DaysForm(forms.Form):
    """Two days; what is left empty is for the page to say."""

    since = forms.DateField(label=_("From"), required=False, widget=DayInput)
    until = forms.DateField(label=_("To"), required=False, widget=DayInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            # Nobody has to narrow anything: that a field is optional need not be said.
            field.is_one_of_several = True  # type: ignore[attr-defined]  # read by templates/django/forms/field.html

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        since, until = cleaned.get("since"), cleaned.get("until")
        for name, day in (("since", since), ("until", until)):
            if day and day < EARLIEST:
                self.add_error(name, gettext("Choose a day from 2000 on."))
            elif day and day > today():
                self.add_error(name, gettext("This day has not come yet. Choose today or an earlier one."))
        if since and not self.errors and since > (until or today()):
            self.add_error("until", gettext("The second day comes before the first. Choose a later one."))
        return cleaned


class Compared(forms.ChoiceField):
    """Another period to hold the first one against."""

    BEFORE, YEAR = "before", "year"

    def __init__(self) -> None:
        choices = [
            ("", _("nothing")),
            (self.BEFORE, _("the period before, of as many days")),
            (self.YEAR, _("the same days a year before")),
        ]
        super().__init__(label=_("Compare with"), required=False, choices=choices)


class PeriodForm(DaysForm):
    """The days that a figure is about, this calendar year unless somebody says so, and what to compare them with."""

    compare = Compared()

    @classmethod
    def of(cls, data: Any) -> "PeriodForm":
        """With the days that the page goes by where none were asked for."""
        said = {name: data[name] for name in ("since", "until", "compare") if data.get(name)}
        usual = {"until": today().isoformat()}
        form = cls(usual | said)
        if "since" not in said:
            # The year of the last day.
            until = form.cleaned_data.get("until") if form.is_valid() else None
            form = cls(usual | {"since": (until or today()).replace(month=1, day=1).isoformat()} | said)
        return form

    @property
    def span(self) -> Span | None:
        """The days, unless something is to mend."""
        return Span(self.cleaned_data["until"], self.cleaned_data["since"]) if self.is_valid() else None

    @property
    def other(self) -> Span | None:
        """Those to compare with."""
        span = self.span
        if span is None or span.since is None or not self.cleaned_data["compare"]:
            return None
        if self.cleaned_data["compare"] == Compared.YEAR:
            return Span(_year_before(span.until), _year_before(span.since))
        days = span.until - span.since
        last = span.since - timedelta(days=1)
        return Span(last, last - days)


class RecordsForm(DaysForm):
    """The records that a figure counts."""

    by = forms.CharField(required=False, max_length=30)
    key = forms.CharField(required=False, max_length=100, strip=False)
    of = forms.ChoiceField(required=False, choices=[("", ""), (WHOLE, WHOLE)])

    @property
    def asked(self) -> Asked | None:
        """What was understood, unless something is to mend."""
        if not self.is_valid():
            return None
        found = self.cleaned_data
        span = Span(found["until"] or today(), found["since"])
        return Asked(span, found["by"], found["key"], found["of"] == WHOLE)

    @property
    def names_nothing(self) -> bool:
        """Whether what is wrong is no day that somebody could mend."""
        self.is_valid()
        return bool(self.errors.keys() & {"by", "key", "of"})


def _year_before(day: date) -> date:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:  # the 29th of February
        return day.replace(year=day.year - 1, day=28)
