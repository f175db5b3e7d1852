"""What somebody fills in who asks to manage a profile, or proposes one."""

from typing import Any, ClassVar

from django import forms
from django.urls import reverse_lazy
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.public_forms.names import validate_name
from hub.search.full_text import WordsField
from hub.vocabularies.models import Term
from partners.claims.duplicates import Suggestion, suggestions
from partners.organisations.identifiers import NAMES
from partners.organisations.models import Organisation, OrganisationText
from partners.profile.forms import NumbersMixin, OneTermField


class ClaimForm(forms.Form):
    """Why a profile should be in this person's hands."""

    use_required_attribute = False

    position = forms.CharField(
        label=_("What you do there"), error_messages={"required": _("Enter what you do there.")}, max_length=120
    )
    message = forms.CharField(
        label=_("What the centre should know"),
        help_text=_("For example how we can reach you at work. Only the centre reads this."),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
    )


class SimilarForm(forms.Form):
    """What is known of an organisation while somebody types; whatever is not understood is left out."""

    name = WordsField(required=False, longest=160)
    website = WordsField(required=False)
    enterprise_number = WordsField(required=False, longest=20)
    vcode = WordsField(required=False, longest=20)
    pic = WordsField(required=False, longest=20)

    def found(self, mailboxes: list[str]) -> list[Suggestion]:
        """Likely duplicates; an empty form has none."""
        self.is_valid()
        answers = self.cleaned_data
        numbers = {name: answers.get(name, "") for name in NAMES}
        name, website = answers.get("name", ""), answers.get("website", "")
        if not (name or website or any(numbers.values())):
            return []
        return suggestions(name=name, addresses=[website, *mailboxes], numbers=numbers)


class ProposalForm(NumbersMixin, forms.ModelForm):
    """A profile that is not there yet: what is needed to look at it. The rest comes once it is theirs."""

    use_required_attribute = False

    sector = OneTermField(
        label=_("Sector"),
        error_messages={"required": _("Choose the sector of the organisation.")},
        help_text=_("Where it stands in the societal pentagon."),
    )
    country = OneTermField(label=_("Country"), error_messages={"required": _("Choose a country.")})
    website = forms.URLField(label=_("Website"), required=False, max_length=200, assume_scheme="https")
    summary = forms.CharField(
        label=_("Summary"),
        error_messages={"required": _("Enter a summary.")},
        max_length=OrganisationText._meta.get_field("summary").max_length,
        help_text=_("What it does and for whom, in one or two sentences, in the language of this page."),
        widget=forms.Textarea({"rows": 3}),
    )
    position = ClaimForm.base_fields["position"]
    message = ClaimForm.base_fields["message"]
    sure = forms.BooleanField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Organisation
        fields = ("name", "website", "enterprise_number", "vcode", "pic")
        labels: ClassVar[dict[str, Promise]] = {
            "name": _("Name"),
        }
        error_messages: ClassVar[dict[str, dict[str, Promise]]] = {
            "name": {"required": _("Enter the name of the organisation.")},
        }

    field_order = ("name", "website", "enterprise_number", "vcode", "pic", "sector", "country", "summary")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].validators.append(validate_name)
        for name in ("sector", "country"):
            self.fields[name].queryset = Term.objects.of(name)  # type: ignore[attr-defined]  # a choice of terms
        for name in ("name", "website", *NAMES):
            self.fields[name].widget.attrs |= {
                "hx-get": reverse_lazy("partners:similar"),
                "hx-trigger": "input changed delay:400ms",
                "hx-target": "#similar",
                "hx-include": "[name=name],[name=website],[name=enterprise_number],[name=vcode],[name=pic]",
                "hx-sync": "closest form:replace",
            }

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for name in ("sector", "country"):
            if name in cleaned:
                setattr(self.instance, name, cleaned[name])
        return cleaned
