"""Keeps robots out of public forms without a puzzle: a field that people do not see, and a minimum time."""

import re
import time
from copy import copy
from typing import Any, cast

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

MINIMUM_SECONDS = 2
SALT = "accounts.spam"
# How the field that must stay empty is kept from people; the stylesheet knows the class.
TRAP = {"tabindex": "-1", "autocomplete": "off", "class": "trap"}
# Fields that end up in mail to an address that anybody may have typed.
NAMES = {"name", "contact_name", "organisation", "organisation_name"}
_NO_NAME = re.compile(r"://|www\.|[\x00-\x1f\x7f-\x9f\u2028\u2029]", re.IGNORECASE)


def validate_name(value: str) -> None:
    """Names of people and organisations are one line and no link: our mail carries no stranger's advertisement."""
    if _NO_NAME.search(value):
        raise forms.ValidationError(_("Write a name on one line, without a web address."), code="name")


class GuardedForm(forms.Form):
    """A public form. Mix it in first; both guards are hidden and need no JavaScript."""

    website = forms.CharField(
        required=False,
        label=_("Leave this empty"),
        widget=forms.TextInput(attrs=TRAP),
    )
    rendered = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in NAMES & self.fields.keys():
            if isinstance(self.fields[name], forms.CharField):
                self.fields[name].validators.append(validate_name)
        self.order_fields([name for name in self.fields if name not in {"website", "rendered"}])
        self.fields["rendered"].initial = self._stamp

    @staticmethod
    def _stamp() -> str:
        return signing.dumps(int(time.time()), salt=SALT)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("website"):
            raise forms.ValidationError(
                _("A field that must stay empty was filled in. Empty it and send again."), code="trap"
            )
        try:
            rendered = signing.loads(cleaned.get("rendered", ""), salt=SALT)
        except signing.BadSignature:
            # Sending the same page again must work: it gets a stamp that holds.
            answers = copy(self.data)
            cast(dict[str, Any], answers)[self.add_prefix("rendered")] = self._stamp()
            self.data = answers
            raise forms.ValidationError(
                _("The page was open for too long or came incomplete. Nothing is lost: please send it again."),
                code="stale",
            ) from None
        if time.time() - rendered < MINIMUM_SECONDS:
            raise forms.ValidationError(
                _("That was very quick. Nothing is lost: please check your answers and send again."), code="quick"
            )
        return cleaned
