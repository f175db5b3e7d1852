import unicodedata
from copy import copy
from hashlib import sha256
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.public_forms.spam import GuardedForm
from accounts.users.models import User
from events.seats import persons
from events.seats.keeping_times import ACCESS_NEEDS
from events.seats.models import Registration

CONSENT_WORDING: Promise = format_lazy(
    _(
        "We use what you fill in to organise this event and to mail you about it, for nothing else. "
        "What you need to take part is deleted {days} days after the event."
    ),
    days=ACCESS_NEEDS.days,
)


class SignUpForm(GuardedForm, forms.ModelForm):
    """What we ask for a seat; where a name is in doubt also whether it is the same person as before.

    The button of an event that is full says that a place on the waiting list will do.
    """

    waits = forms.BooleanField(required=False, widget=forms.HiddenInput)
    same = forms.ChoiceField(
        label=_("Is that the same person?"),
        choices=[
            ("yes", _("Yes, the same person: these answers replace the earlier ones")),
            ("no", _("No, a colleague with a seat of their own")),
        ],
        widget=forms.RadioSelect,
    )

    class Meta:
        model = Registration
        fields = ["name", "email", "organisation_name", "access_needs"]
        labels = {"name": _("Your name"), "email": _("E-mail address"), "organisation_name": _("Organisation")}
        help_texts = {"email": _("The confirmation with the calendar file goes there.")}
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "name"}),
            "email": forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email", "spellcheck": "false"}),
            "organisation_name": forms.TextInput(attrs={"autocomplete": "organization"}),
            "access_needs": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("same", "waits"):
            if name not in self.data:
                del self.fields[name]

    def ask_whether_same(self, name: str) -> None:
        """Bring the page back with the question, and everything that was typed."""
        self.fields["same"] = copy(self.base_fields["same"])
        self.order_fields(["same"])
        self.add_error(
            "same", gettext("This address is signed up for this event in the name of %(name)s.") % {"name": name}
        )

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        MaxLengthValidator(persons.LONGEST)(unicodedata.normalize("NFKD", name))
        return name

    def clean_email(self) -> str:
        return User.normalise_email(self.cleaned_data["email"])

    def answers(self) -> dict[str, Any]:
        """What the person filled in, and what stands for this very page: the same page sent twice is one act."""
        page = [self.data.get(self.add_prefix("rendered"), ""), *sorted(self.act.items())]
        same = self.cleaned_data.get("same")
        return {name: self.cleaned_data[name] for name in self.Meta.fields} | {
            "waits": bool(self.cleaned_data.get("waits")),
            "is_same": None if same is None else same == "yes",
            "sent_as": sha256(repr(page).encode()).hexdigest(),
        }
