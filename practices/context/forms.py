"""What a reader is asked about their situation."""

import re
from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from practices.context.facts import countries_of
from practices.context.situation import MOST_EUROS, MOST_MONTHS, Situation
from practices.practice.terms import Terms

_LONGEST_AMOUNT = 20
# Thousands apart, as each of the languages writes them, and nothing behind the euro.
_AMOUNT = re.compile(r"[0-9]+|[0-9]{1,3}(?:[.,’' \u00a0\u202f][0-9]{3})+")


def _choices(vocabulary: str, empty: Any = None) -> Callable[[], list[tuple[str, Any]]]:
    def choices() -> list[tuple[str, Any]]:
        terms = [(term.code, str(term.label)) for term in Terms.load().of(vocabulary).values()]
        return terms if empty is None else [("", empty), *terms]

    return choices


class EurosField(forms.CharField):
    """A whole amount, however its thousands are set apart."""

    widget = forms.TextInput(attrs={"inputmode": "numeric"})

    def clean(self, value: Any) -> int | None:
        """The number; None for nothing."""
        written = str(super().clean(value)).replace("€", "").strip()
        if not written:
            return None
        if not _AMOUNT.fullmatch(written):
            raise ValidationError(_("Write whole euros in figures, for example 30000."))
        amount = int(re.sub("[^0-9]", "", written))
        if amount > MOST_EUROS:
            raise ValidationError(_("This is more than the form can take. Write at most 1000000000."))
        return amount


class SituationForm(forms.Form):
    """All of it may stay empty."""

    use_required_attribute = False

    country = forms.ChoiceField(label=_("Country"), choices=_choices("country", _("No answer")), required=False)
    region = forms.ChoiceField(label=_("Region"), choices=_choices("region", _("No answer")), required=False)
    reach = forms.ChoiceField(
        label=_("How large is the place?"),
        help_text=_("What fits has reached at least as far."),
        choices=_choices("reach", _("No answer")),
        required=False,
    )
    target = forms.MultipleChoiceField(
        label=_("For whom?"),
        choices=_choices("target"),
        widget=forms.CheckboxSelectMultiple({"class": "choices--long"}),
        required=False,
    )
    sector = forms.MultipleChoiceField(
        label=_("Which sectors are on board?"),
        choices=_choices("sector"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    budget = EurosField(
        label=_("How much can you spend a year, in euro?"),
        help_text=_("A whole number, for example 30000."),
        max_length=_LONGEST_AMOUNT,
        required=False,
    )
    months = forms.IntegerField(
        label=_("In how many months must it be up and running?"), min_value=0, max_value=MOST_MONTHS, required=False
    )
    next = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, request: HttpRequest, *, said: Situation) -> None:
        initial = {
            "country": said.country,
            "region": said.region,
            "reach": said.reach,
            "target": list(said.targets),
            "sector": list(said.sectors),
            "budget": said.budget,
            "months": said.months,
            "next": request.GET.get("next", ""),
        }
        super().__init__(request.POST if request.method == "POST" else None, initial=initial)
        self._host = request.get_host()

    def clean_next(self) -> str:
        """A path of the portal itself, or nothing."""
        path: str = self.cleaned_data["next"]
        ours = url_has_allowed_host_and_scheme(path, allowed_hosts={self._host}) and path.startswith("/")
        return path if ours else ""

    def clean(self) -> dict[str, Any]:
        """A region says its country, and belongs to the one that is named."""
        asked: dict[str, Any] = super().clean() or {}
        country, region = asked.get("country", ""), asked.get("region", "")
        own = countries_of([region], Terms.load())
        if country and own and country not in own:
            self.add_error("region", _("This region is in another country. Choose one of the two."))
        elif own:
            asked["country"] = own[0]
        return asked

    @property
    def situation(self) -> Situation:
        """What was said; the form must be valid."""
        asked = self.cleaned_data
        return Situation(
            country=asked["country"],
            region=asked["region"],
            reach=asked["reach"],
            targets=tuple(asked["target"]),
            sectors=tuple(asked["sector"]),
            budget=asked["budget"],
            months=asked["months"],
        )
