from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.public_forms.spam import GuardedForm
from accounts.users import addresses
from accounts.users.models import User
from calls.chain.models import Call
from consortia.interest.models import Interest
from hub.vocabularies.models import Term
from partners.organisations.models import Organisation

CONSENT_WORDING: Promise = _(
    "The centre uses what you fill in to follow up on this call and to bring organisations together. "
    "Other visitors see only how many organisations showed interest. You can withdraw at any time."
)


class TermField(forms.ModelChoiceField):
    """One term of a vocabulary, as radio buttons; addresses and forms carry its code."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            queryset=Term.objects.none(), to_field_name="code", empty_label=None, widget=forms.RadioSelect, **kwargs
        )


class InterestForm(GuardedForm):
    """An organisation's interest in a call."""

    organisation = forms.ModelChoiceField(
        queryset=Organisation.objects.none(),
        required=False,
        label=_("Your organisation"),
        empty_label=_("Another organisation: I fill it in below"),
    )
    organisation_name = forms.CharField(
        label=_("Name of your organisation"),
        max_length=160,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    sector = TermField(label=_("Sector"), help_text=_("Where your organisation stands in the societal pentagon."))
    contact_name = forms.CharField(
        label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("We send a link there to confirm your interest."),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email", "spellcheck": "false"}),
    )
    role = forms.ChoiceField(
        label=_("What you want to do"),
        choices=lambda: [(value, capfirst(label)) for value, label in Interest.Role.choices],
        initial=Interest.Role.EITHER,
        widget=forms.RadioSelect,
    )
    tracks = forms.ModelMultipleChoiceField(
        queryset=Term.objects.none(),
        to_field_name="code",
        label=_("Action tracks that you want to contribute to"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one action track.")},
    )
    offers = forms.CharField(
        label=_("What you offer"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def __init__(self, *args: Any, call: Call, user: User | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        own = Organisation.objects.filter(memberships__user=user).exclude(status=Organisation.Status.HIDDEN)
        if user and own.exists():
            fields["organisation"].queryset = own.select_related("sector")
            fields["organisation_name"].required = fields["sector"].required = False
            fields["organisation_name"].help_text = _("Only when it is another organisation.")
        else:
            del fields["organisation"]
        if user and addresses.holds(user, user.email):
            fields["email"].help_text = _("The receipt goes there. Another address than your own is confirmed by mail.")
        fields["sector"].queryset = Term.objects.of("sector")
        tracks = call.tracks.all()
        fields["tracks"].queryset = tracks or Term.objects.of("track")

    def clean_email(self) -> str:
        return User.normalise_email(self.cleaned_data["email"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        organisation = cleaned.get("organisation")
        if organisation:
            cleaned["organisation_name"] = organisation.name
            cleaned["sector"] = organisation.sector
            return cleaned
        if not cleaned.get("organisation_name") and "organisation_name" not in self.errors:
            self.add_error("organisation_name", gettext("Choose your organisation or fill in its name."))
        if not cleaned.get("sector") and "sector" not in self.errors:
            self.add_error("sector", gettext("Choose the sector of your organisation."))
        return cleaned

    def answers(self) -> dict[str, Any]:
        """What the person filled in, without the guards."""
        names = ["organisation_name", "sector", "contact_name", "email", "role", "tracks", "offers"]
        return {name: self.cleaned_data[name] for name in names} | {
            "organisation": self.cleaned_data.get("organisation")
        }

    def typed(self) -> list[tuple[str, str]]:
        """Label and text of everything that was filled in, valid or not, to be shown back for copying."""
        rows = []
        for bound in self.visible_fields():
            value = bound.value()
            if bound.name == "website" or value in (None, "", []):
                continue
            chosen = [str(each) for each in value] if isinstance(value, list) else [str(value)]
            choices = getattr(bound.field, "choices", None)
            labels = {str(code): str(label) for code, label in choices} if choices is not None else {}
            rows.append((str(bound.label), ", ".join(labels.get(each, each) for each in chosen)))
        return rows
