"""The forms in which staff enter a figure and correct one that was kept."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms.models import WagtailAdminModelForm

from hub.dates.brussels import local
from hub.dates.fields import DayInput
from hub.measures.counting import Value
from hub.pages import slugs
from monitoring.indicators.genders import Gender
from monitoring.indicators.models import Indicator
from monitoring.snapshots.correcting import Entry
from monitoring.snapshots.models import Snapshot

# Whoever types 0207 for 2027 would leave a figure that nobody can take away.
EARLIEST = date(1990, 1, 1)
LONGEST = 1_000
# In front of the codes of what is entered by hand, so that none is ever that of something the portal counts.
OWN = "own-"


class IndicatorForm(WagtailAdminModelForm):
    """An indicator; one that is new is entered by hand and gets its code from its name."""

    def save(self, commit: bool = True) -> Indicator:
        made: Indicator = self.instance
        if not made.code:
            stem = slugs.stem_of(f"{OWN}{made.name}", longest=50, otherwise=f"{OWN}figure")
            taken = set(Indicator.objects.filter(code__startswith=stem).values_list("code", flat=True))
            made.code = slugs.first_free(stem, taken)
        saved: Indicator = super().save(commit)
        return saved


def _reason(*, required: bool) -> forms.CharField:
    return forms.CharField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("Stands beside the figure. Whoever reads a report in which it changed reads it too."),
        max_length=LONGEST,
        required=required,
        widget=forms.Textarea({"rows": 3}),
    )


class EnterForm(forms.Form):
    """A figure of a day that somebody read elsewhere."""

    day = forms.DateField(
        label=gettext_lazy("Day"), help_text=gettext_lazy("The day that the figure is of."), widget=DayInput
    )
    figure = forms.DecimalField(label=gettext_lazy("Figure"), max_digits=14, decimal_places=2)
    source = forms.CharField(
        label=gettext_lazy("Source"), help_text=gettext_lazy("For example: Annual report 2026, page 12"), max_length=300
    )
    where = forms.CharField(
        label=gettext_lazy("Where it can be read"),
        help_text=gettext_lazy("An address on the web, or where the document is kept."),
        max_length=500,
    )
    reason = _reason(required=False)

    def __init__(self, data: Any = None, *, indicator: Indicator, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        self.indicator = indicator
        if indicator.by_gender:
            for gender in Gender:
                self.fields[gender.value] = _part(gender)
            self.order_fields(["day", "figure", *Gender.values])

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if day > local(timezone.now()).date():
            raise forms.ValidationError(_("This day is still to come. A figure is of a day that was."))
        if day < EARLIEST:
            raise forms.ValidationError(_("This day lies too far back. Look at the year."))
        return day

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        figure = cleaned.get("figure")
        if not self.indicator.by_gender or figure is None:
            return cleaned
        if figure != figure.to_integral_value() or figure < 0:
            self.add_error("figure", _("People are counted in whole numbers."))
        given = [part for part in Gender.values if cleaned.get(part) is not None]
        if given and len(given) < len(Gender.values):
            missing = [part for part in Gender.values if part not in given and part not in self.errors]
            for part in missing:
                self.add_error(part, _("Fill in all three, or none. If there is nobody, write 0."))
        elif sum(cleaned[part] for part in given) > figure:
            self.add_error("figure", _("The parts together are more than this figure."))
        return cleaned

    @property
    def entry(self) -> Entry:
        """What is to be kept."""
        asked = self.cleaned_data
        parts = {part: Decimal(asked[part]) for part in Gender.values if asked.get(part) is not None}
        source = f"{asked['source']}\n{asked['where']}"
        return Entry(asked["day"], asked["figure"], source, parts)


def _part(gender: Gender) -> forms.IntegerField:
    return forms.IntegerField(
        label=gender.label,
        help_text=(
            gettext_lazy("Part of this figure. Leave it empty if nobody counted them by gender.")
            if gender is Gender.WOMEN
            else ""
        ),
        min_value=0,
        max_value=10**12,
        required=False,
    )


class CorrectForm(forms.Form):
    """What a kept figure should have been; the fields are those that the figure has."""

    number = forms.IntegerField(label=gettext_lazy("Number"), min_value=0, max_value=10**12)
    whole = forms.IntegerField(label=gettext_lazy("Of how many"), min_value=0, max_value=10**12)
    amount = forms.DecimalField(label=gettext_lazy("Median"), max_digits=14, decimal_places=2)
    reason = _reason(required=True)

    def __init__(self, data: Any = None, *, corrects: Snapshot) -> None:
        kept = {"number": corrects.number, "whole": corrects.whole, "amount": corrects.amount}
        super().__init__(data, initial=kept)
        measure = corrects.indicator.measure
        is_share = bool(measure and measure.whole) or corrects.whole is not None
        is_median = bool(measure and measure.middle) or corrects.amount is not None
        if not is_share:
            del self.fields["whole"]
        if not is_median:
            del self.fields["amount"]
        else:
            # Of no records there is no median.
            self.fields["amount"].required = False

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        number, whole = cleaned.get("number"), cleaned.get("whole")
        if number is not None and whole is not None and number > whole:
            self.add_error("number", _("This is more than the total."))
        return cleaned

    @property
    def value(self) -> Value:
        """The figure that is right."""
        amount: Decimal | None = self.cleaned_data.get("amount")
        return Value(self.cleaned_data["number"], self.cleaned_data.get("whole"), amount)
