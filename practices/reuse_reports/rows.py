"""Figures and sources in a form: some rows, of which those that are empty do not count."""

import re
from typing import Any, cast

from django import forms
from django.forms.formsets import INITIAL_FORM_COUNT, TOTAL_FORM_COUNT, BaseFormSet, ManagementForm
from django.utils.formats import get_format
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from practices.practice.models.practice import YEARS
from practices.reuse.models.rows import ON_THE_WEB, ReuseFigure, ReuseSource

MOST_FIGURES, MOST_SOURCES = 5, 3


class YearField(forms.IntegerField):
    """A year in four figures."""

    def validate(self, value: int | None) -> None:
        super().validate(value)
        if value is not None and value not in YEARS:
            raise forms.ValidationError(gettext("Write the year in four figures, for example 2015."))


class WrittenNumberField(forms.DecimalField):
    """A number as the reader's language writes it: `1.200,5` in Dutch is `1,200.5` in English."""

    widget = forms.TextInput(attrs={"inputmode": "decimal"})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        # Filled in again it stands as it was written.
        self.widget.is_localized = True

    def to_python(self, value: Any) -> Any:
        return super().to_python(_plain(value) if isinstance(value, str) else value)


def _plain(written: str) -> str:
    """Without what sets the thousands apart, and with a point before the decimals; else as it came."""
    written = written.replace("€", "").strip()
    decimal = re.escape(get_format("DECIMAL_SEPARATOR"))
    # A point is no decimal one where three figures follow it and the language has a comma for that: 1.200 is not 1,2.
    apart = re.compile(rf"-?[1-9][0-9]{{0,2}}(?:(?!{decimal})[.,'’ \u00a0\u202f][0-9]{{3}})+(?:{decimal}[0-9]+)?")
    if apart.fullmatch(written):
        whole, _mark, rest = written.partition(get_format("DECIMAL_SEPARATOR"))
        return re.sub("[^0-9-]", "", whole) + (f".{rest}" if rest else "")
    return written.replace(",", ".") if re.fullmatch(r"-?[0-9]+,[0-9]+", written) else written


class _Row(forms.Form):
    """Nothing in it, or all that is `needed`."""

    use_required_attribute = False
    needed: tuple[tuple[str, Any], ...] = ()

    @property
    def is_filled(self) -> bool:
        """Whether anything stands in it."""
        return any(value not in {None, ""} for value in self.cleaned_data.values())

    @property
    def has_content(self) -> bool:
        """Whether it is to be seen at once."""
        return bool(self.errors) or any(str(bound.value() or "").strip() for bound in self)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.is_filled or self.errors:
            for name, words in self.needed:
                if name not in self.errors and cleaned.get(name) in {None, ""}:
                    self.add_error(name, words)
        return cleaned


class FigureForm(_Row):
    """A figure is nothing without what it counts, its unit and its year."""

    needed = (
        ("what", _("Say what this figure counts.")),
        ("value", _("Write the figure, or leave the whole row empty.")),
        ("unit", _("Say in what it is counted: people, euro, per cent …")),
        ("year", _("Say of which year this figure is.")),
    )

    what = forms.CharField(label=_("What it counts"), required=False, max_length=160)
    value = WrittenNumberField(label=_("Figure"), required=False, max_digits=16, decimal_places=4)
    unit = forms.CharField(
        label=_("Unit"), required=False, max_length=60, help_text=_("For example: people, euro, per cent.")
    )
    year = YearField(label=_("Year"), required=False)
    source = forms.URLField(
        label=_("Where it can be read"),
        required=False,
        max_length=500,
        assume_scheme="https",
        validators=[ON_THE_WEB],
        help_text=_("An address that begins with https://"),
    )

    @property
    def row(self) -> ReuseFigure:
        return ReuseFigure(**self.cleaned_data)


class SourceForm(_Row):
    """Where something of the report can be read."""

    needed = (("title", _("Give this source a title.")), ("url", _("Say where this source can be read.")))

    title = forms.CharField(label=_("Title"), required=False, max_length=200)
    url = forms.URLField(
        label=_("Address"),
        required=False,
        max_length=500,
        assume_scheme="https",
        validators=[ON_THE_WEB],
        help_text=_("It begins with https://"),
    )

    @property
    def row(self) -> ReuseSource:
        return ReuseSource(**self.cleaned_data)


class _Rows(BaseFormSet):
    """As many rows as there can be, whatever was sent: so nothing has to be said of their number."""

    @cached_property
    def management_form(self) -> ManagementForm:
        numbers = {TOTAL_FORM_COUNT: self.max_num, INITIAL_FORM_COUNT: 0}
        form = ManagementForm({f"{self.prefix}-{name}": number for name, number in numbers.items()}, prefix=self.prefix)
        form.full_clean()
        return form

    @property
    def first(self) -> _Row:
        """The row that is seen at once."""
        return cast(_Row, self.forms[0])

    @property
    def others(self) -> list[_Row]:
        return cast(list[_Row], self.forms[1:])

    @property
    def others_filled(self) -> bool:
        """Whether the other rows have to be seen."""
        return any(form.has_content for form in self.others)

    @property
    def rows(self) -> list[Any]:
        """Those that say something, unsaved."""
        return [form.row for form in self.forms if form.is_filled]


def _rows(form: type[_Row], most: int) -> type[_Rows]:
    made = forms.formset_factory(form, formset=_Rows, extra=most, max_num=most, absolute_max=most)
    return cast(type[_Rows], made)


Figures, Sources = _rows(FigureForm, MOST_FIGURES), _rows(SourceForm, MOST_SOURCES)
