"""What an organisation fills in about its reuse of a practice, and what who checks it decides."""

from collections.abc import Iterator
from copy import copy
from typing import Any, ClassVar, cast

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.dates import MONTHS
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from accounts.users.models import User
from hub.dates import brussels
from hub.vocabularies.models import Term
from partners.organisations.models import Organisation
from partners.profile.forms import OneTermField
from practices.practice.models.practice import Practice
from practices.reuse import frame, rules
from practices.reuse.models.versions import Again, Outcome, ReuseVersion
from practices.reuse.reporting import Account, Place
from practices.reuse_reports.rows import Figures, Sources, WrittenNumberField, YearField

_MONTHS = [("", "–"), *MONTHS.items()]
_EUROS: dict[str, Any] = {"max_digits": 12, "decimal_places": 2, "required": False}


def _month(label: Any) -> Any:
    return forms.TypedChoiceField(label=label, choices=_MONTHS, coerce=int, empty_value=None, required=False)


def _several(choices: Any, label: Any) -> Any:
    widget = forms.CheckboxSelectMultiple
    return forms.MultipleChoiceField(label=label, choices=choices, required=False, widget=widget)


class AccountForm(forms.ModelForm):
    """How it goes: the questions of every version."""

    use_required_attribute = False

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, initial=0)
    since_year = YearField(
        label=_("Since which year"), error_messages={"required": _("Enter the year in which it began.")}
    )
    since_month = _month(_("Since which month"))
    until_year = YearField(label=_("Until which year"), required=False, help_text=_("Only if it is over."))
    until_month = _month(_("Until which month"))
    planned_cost = WrittenNumberField(label=_("Planned cost (euro)"), **_EUROS)
    actual_cost = WrittenNumberField(label=_("Actual cost (euro)"), **_EUROS)
    cost_year = YearField(label=_("In which year"), required=False)
    outcome = forms.ChoiceField(
        label=_("What came of it"),
        error_messages={"required": _("Choose what came of it.")},
        choices=Outcome.choices,
        widget=forms.RadioSelect,
    )
    again = forms.ChoiceField(
        label=_("Would you do it again?"), choices=Again.choices, widget=forms.RadioSelect, required=False
    )
    decided_by = _several(frame.Decider.choices, _("Who decided?"))
    changed = _several(frame.Part.choices, _("What was changed?"))
    nature = _several(frame.Nature.choices, _("In which way?"))
    goals = _several(frame.Goal.choices, _("What was the change for?"))
    language = forms.ChoiceField(
        label=_("Language you write in"),
        error_messages={"required": _("Choose the language that you write in.")},
        choices=lambda: settings.LANGUAGES,
    )

    class Meta:
        model = ReuseVersion
        fields = (
            *("taken_version", "since_year", "since_month", "until_year", "until_month"),
            *("outcome", "came_of_it", "why_stopped", "again", "what_changed"),
            *frame.FIELDS,
            *("planned_cost", "actual_cost", "cost_year", "language"),
        )
        labels: ClassVar[dict[str, Promise]] = {
            "taken_version": _("Which version of the practice did you take up?"),
            "came_of_it": _("Tell what came of it"),
            "why_stopped": _("Why did it stop, or not work?"),
            "what_changed": _("What did you change, and why?"),
            "adapted_when": _("When was it changed?"),
            "planned": _("Was the change planned?"),
            "level": _("For whom was it changed?"),
            "fidelity": _("Did you keep what makes it work?"),
            "circumstances": _("Which of your circumstances made it necessary?"),
        }
        error_messages: ClassVar[dict[str, dict[str, Promise]]] = {
            "came_of_it": {"required": _("Tell what came of it in a few sentences.")},
        }
        help_texts: ClassVar[dict[str, Promise]] = {
            "taken_version": _("For example: as this page tells it, or the manual of 2021."),
            "came_of_it": _("What did you see change, and for whom? What surprised you?"),
            "why_stopped": _("Only if it stopped or did not work. Others learn most from this."),
            "what_changed": _("Empty if you did it as it is described."),
            "circumstances": _("For example: the law, the budget, the people, the place."),
        }
        widgets: ClassVar[dict[str, Any]] = {
            "came_of_it": forms.Textarea({"rows": 6}),
            "why_stopped": forms.Textarea({"rows": 4}),
            "what_changed": forms.Textarea({"rows": 5}),
            "circumstances": forms.Textarea({"rows": 4}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.pk:
            self.initial.setdefault("language", get_language())
        # It is saved as a version of its own, whatever it was filled in with.
        self.instance = copy(self.instance)
        self.instance.pk = None

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        year, month = cleaned.get("since_year"), cleaned.get("since_month")
        today = brussels.local(timezone.now()).date()
        if year and (year, month or 1) > (today.year, today.month):
            self.add_error("since_year", gettext("This is in the future. Report it once it has begun."))
        return cleaned

    def show_again(self, seen: int) -> None:
        """After somebody else's version was told of: sent once more, what is typed comes after that one."""
        typed = copy(self.data)
        cast(dict[str, Any], typed)["seen"] = str(seen)
        self.data = typed

    @property
    def seen_number(self) -> int:
        return self.cleaned_data.get("seen") or 0

    def group(self, *names: str) -> list[forms.BoundField]:
        return [self[name] for name in names if name in self.fields]

    @property
    def who(self) -> list[forms.BoundField]:
        return self.group("practice", "adopter", "organisation", "country", "region", "place")

    @property
    def time(self) -> list[forms.BoundField]:
        return self.group("since_year", "since_month", "until_year", "until_month")

    @property
    def result(self) -> list[forms.BoundField]:
        return self.group("outcome", "came_of_it", "why_stopped", "again")

    @property
    def adaptation(self) -> list[forms.BoundField]:
        return self.group(*frame.FIELDS)

    @property
    def adaptation_filled(self) -> bool:
        """Whether any of these has to be seen at once."""
        return any(bound.errors or bound.value() for bound in self.adaptation)

    @property
    def cost(self) -> list[forms.BoundField]:
        return self.group("planned_cost", "actual_cost", "cost_year")


class _MayAsk(forms.Form):
    may_ask = forms.BooleanField(
        label=_("Others may ask us about it: a link leads to the form by which people write to our organisation."),
        required=False,
    )


class _Where(forms.Form):
    country = OneTermField(label=_("Country"), error_messages={"required": _("Choose a country.")}, required=False)
    region = OneTermField(label=_("Region"), required=False, help_text=_("Where it is, if that is in Belgium."))
    place = forms.CharField(
        label=_("Town or place"), required=False, max_length=100, help_text=_("Empty if it is the whole country.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, empty in (("country", _("Choose a country")), ("region", _("No answer"))):
            field = cast(OneTermField, self.fields[name])
            field.queryset, field.empty_label = Term.objects.of(name), empty

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        country, region = cleaned.get("country"), cleaned.get("region")
        if country and region and region.parent_id not in {None, country.pk}:
            self.add_error("region", gettext("This region is in another country. Choose one of the two."))
        return cleaned

    @property
    def where(self) -> Place:
        cleaned = self.cleaned_data
        return Place(cleaned["country"], cleaned["region"], " ".join(cleaned["place"].split()))


class ReportForm(_Where, _MayAsk, AccountForm):
    """The first report of an organisation about a place."""

    organisation = forms.ModelChoiceField(
        queryset=Organisation.objects.none(),
        label=_("Organisation"),
        error_messages={"required": _("Choose the organisation.")},
        empty_label=_("Choose an organisation"),
    )

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        theirs = rules.organisations_of(by)
        self.fields["organisation"].queryset = theirs  # type: ignore[attr-defined]  # the same
        self.fields["country"].required = True
        if len(theirs) == 1:
            only = theirs[0]
            self.initial.update(organisation=only.pk, country=only.country.code)


class UpdateForm(_MayAsk, AccountForm):
    """How it went on; who and where stays as it was."""


# The other forms ask who did it themselves; here it is told of others.
_OF_OTHERS: dict[str, tuple[Any, Any]] = {
    "taken_version": (_("Which version of the practice was taken up?"), _("As far as the source says.")),
    "came_of_it": (_("Tell what came of it"), _("What changed, and for whom, according to the source?")),
    "again": (_("Would they do it again?"), ""),
    "what_changed": (_("What did they change, and why?"), _("Empty if they did it as it is described.")),
    "circumstances": (
        _("Which of their circumstances made it necessary?"),
        AccountForm.Meta.help_texts["circumstances"],
    ),
}


class EntryForm(_Where, AccountForm):
    """What the centre enters of others than its members: asked about them, and who it was about comes first."""

    practice = forms.CharField(
        label=_("Practice"), max_length=300, help_text=_("Its address on this site, or its slug.")
    )
    adopter = forms.CharField(label=_("Who took it up"), max_length=160)

    field_order = ("practice", "adopter", "country", "region", "place")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, (label, help_text) in _OF_OTHERS.items():
            self.fields[name].label, self.fields[name].help_text = label, help_text

    def clean_practice(self) -> Practice:
        """The published one that has this slug."""
        slug = self.cleaned_data["practice"].strip().rstrip("/").split("/")[-1]
        found = Practice.objects.public().filter(slug=slug).first()
        if found is None:
            raise forms.ValidationError(gettext("No published practice has this address."))
        return found

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not cleaned.get("country") and not cleaned.get("place"):
            self.add_error("place", gettext("Name a country or a place."))
        return cleaned


class WholeForm:
    """A form about a reuse with the rows of its figures and sources; errors of all of them are told together."""

    asks_person = False

    def __init__(self, form: AccountForm, data: Any, version: ReuseVersion | None = None) -> None:
        self.form = form
        # What was sent is all there is: rows that were filled in before are sent again.
        figures, sources = _initial(version) if version and data is None else ([], [])
        self.figures = Figures(data, prefix="figures", initial=figures)
        self.sources = Sources(data, prefix="sources", initial=sources)

    def is_valid(self) -> bool:
        """Whether all of it is; each part is asked, so that all that is to mend is told at once."""
        valid = [each.is_valid() for each in (self.form, self.figures, self.sources)]
        return all(valid)

    @property
    def account(self) -> Account:
        """What is said, unsaved."""
        return Account(self.form.instance, self.figures.rows, self.sources.rows)

    @property
    def parts(self) -> list[forms.BaseForm]:
        return [self.form, *self.figures.forms, *self.sources.forms]

    @property
    def errors(self) -> list[str]:
        return [name for part in self.parts for name in part.errors]

    def non_field_errors(self) -> list[str]:
        return [str(each) for part in self.parts for each in part.non_field_errors()]

    def __iter__(self) -> Iterator[forms.BoundField]:
        return (bound for part in self.parts for bound in part)


def _initial(version: ReuseVersion) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    figures: list[dict[str, Any]] = [
        {"what": each.what, "value": each.value.normalize() + 0, "unit": each.unit, "year": each.year}
        | {"source": each.source}
        for each in version.figures.all()
    ]
    return figures, [{"title": each.title, "url": each.url} for each in version.sources.all()]


class CheckForm(forms.Form):
    """Shown from now on, or back with a reason."""

    use_required_attribute = False

    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=[("accept", _("Accept: everybody can read it")), ("return", _("Send it back"))],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Reason for sending it back"),
        help_text=_("Who wrote it reads this in a mail. That something failed is no reason."),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("decision") == "return" and not cleaned.get("reason"):
            self.add_error("reason", gettext("Say why: who wrote it reads this."))
        return cleaned


class TakeDownForm(forms.Form):
    """Off the pages for good, with a reason."""

    use_required_attribute = False

    reason = forms.CharField(
        label=_("Why it is taken down"),
        help_text=_("The organisation reads this in a mail."),
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
    )
