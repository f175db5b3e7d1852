"""Other answers, from somebody whose interest it is."""

from copy import copy
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.public_forms.names import validate_name
from accounts.users import addresses
from accounts.users.models import User
from consortia.interest.answers import digest
from consortia.interest.forms import AnswersForm, initial_of
from consortia.interest.models import Interest


class ChangeForm(AnswersForm):
    """The answers as they stand. Whose address it is says its name; others of the organisation may take over."""

    contact_name = forms.CharField(
        label=_("Your name"),
        error_messages={"required": _("Enter your name.")},
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    is_contact = forms.BooleanField(
        label=_("Write to me about this from now on"),
        help_text=_("Mails about it then go to the address of your account."),
        required=False,
    )
    # Stands for the answers that were shown; what somebody else changed meanwhile is not overwritten unseen.
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    field_order = ["contact_name"]

    def __init__(self, *args: Any, interest: Interest, user: User, **kwargs: Any) -> None:
        initial = {**initial_of(interest), "seen": digest(interest)}
        super().__init__(*args, call=interest.call, initial=initial, **kwargs)
        self.interest = interest
        is_owner = addresses.holds(user, interest.email)
        if is_owner or not addresses.holds(user, user.email):
            del self.fields["is_contact"]
        if is_owner:
            self.fields["contact_name"].validators.append(validate_name)
        else:
            del self.fields["contact_name"]

    def answers(self) -> dict[str, Any]:
        """For `changing.change`."""
        return self.said() | {
            "sector": self.interest.sector,
            "contact_name": self.cleaned_data.get("contact_name", self.interest.contact_name),
            "is_contact": self.cleaned_data.get("is_contact", False),
            "seen": self.cleaned_data["seen"],
        }

    def show_again(self) -> None:
        """Keep what was typed; what stands by now counts as seen."""
        typed = copy(self.data)
        cast(dict[str, Any], typed)["seen"] = digest(self.interest)
        self.data = typed
