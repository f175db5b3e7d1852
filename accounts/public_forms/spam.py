"""Keeps robots out of public forms without a puzzle: a field that people do not see, and a minimum time.

Both err now and then: a password manager fills every field, a browser fills in a whole form at once. So whoever is
caught is asked, on the same page with everything typed, and gets through by pressing a button.
"""

import time
from collections.abc import Iterator
from copy import copy
from typing import Any, cast

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

from accounts.public_forms import throttling
from accounts.public_forms.names import validate_name
from accounts.users import visits

MINIMUM_SECONDS = 2
SALT = "accounts.spam"
PERSON_SALT = "accounts.spam.person"
# How long the answer to "are you a person?" holds; after that the question comes again.
PERSON_SECONDS = 3_600
# How the field that must stay empty is kept from people; the stylesheet knows the class.
TRAP = {"tabindex": "-1", "autocomplete": "off", "class": "trap"}
GUARDS = ("website", "rendered", "person")
# Fields that end up in mail to an address that anybody may have typed.
NAMES = {"name", "contact_name", "organisation", "organisation_name"}

Doubt = tuple[str, Any]


class TrappedForm(forms.Form):
    """A form with a field that must stay empty. Mix it in first; it is hidden and needs no JavaScript."""

    website = forms.CharField(
        required=False,
        label=_("Leave this empty"),
        widget=forms.TextInput(attrs=TRAP),
    )
    person = forms.CharField(required=False, widget=forms.HiddenInput)

    # Whether the page asks for the button "I am a person, send it".
    asks_person = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in NAMES & self.fields.keys():
            if isinstance(self.fields[name], forms.CharField):
                self.fields[name].validators.append(validate_name)
        self.order_fields([name for name in self.fields if name not in GUARDS])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self._said_person(cleaned.get("person", "")):
            for code, words in self.doubts(cleaned):
                self._ask()
                raise forms.ValidationError(words, code=code)
        return cleaned

    def doubts(self, cleaned: dict[str, Any]) -> Iterator[Doubt]:
        """What speaks for a robot: a code and what to tell."""
        if cleaned.get("website"):
            yield (
                "trap",
                _(
                    "Something filled in a field that people do not see. Password managers do that, and so do robots. "
                    "Nothing is lost: press “I am a person, send it”."
                ),
            )

    @property
    def act(self) -> dict[str, Any]:
        """What was filled in, without the guards."""
        return {name: value for name, value in self.cleaned_data.items() if name not in GUARDS}

    def fresh(self) -> dict[str, str]:
        """The guards as the next page carries them: whoever sends it has been asked, whatever fills it in again."""
        return {"website": "", "person": signing.dumps(int(time.time()), salt=self._person_salt)}

    @property
    def _person_salt(self) -> str:
        """The answer holds for this form at this address, for the network that was asked."""
        request = visits.answered_request()
        where = f"{request.path} {throttling.client_network(request)}" if request else ""
        return f"{PERSON_SALT} {type(self).__qualname__} {where}"

    def _said_person(self, token: str) -> bool:
        try:
            signing.loads(token, salt=self._person_salt, max_age=PERSON_SECONDS)
        except signing.BadSignature:
            return False
        return True

    def _ask(self) -> None:
        self.asks_person = True
        answers = copy(self.data)
        for name, value in self.fresh().items():
            cast(dict[str, Any], answers)[self.add_prefix(name)] = value
        self.data = answers
        for field in self.fields.values():
            # Typed a moment ago by who sees the answer, which nobody keeps: it need not be typed again.
            if isinstance(field.widget, forms.PasswordInput):
                field.widget.render_value = True


class GuardedForm(TrappedForm):
    """A public form that also knows when its page was made."""

    rendered = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rendered"].initial = self._stamp

    @staticmethod
    def _stamp() -> str:
        return signing.dumps(int(time.time()), salt=SALT)

    def fresh(self) -> dict[str, str]:
        return {**super().fresh(), "rendered": self._stamp()}

    def doubts(self, cleaned: dict[str, Any]) -> Iterator[Doubt]:
        yield from super().doubts(cleaned)
        try:
            rendered = signing.loads(cleaned.get("rendered", ""), salt=SALT)
        except signing.BadSignature:
            yield (
                "stale",
                _(
                    "The page was open for too long or came incomplete. "
                    "Nothing is lost: press “I am a person, send it”."
                ),
            )
            return
        if time.time() - rendered < MINIMUM_SECONDS:
            yield (
                "quick",
                _("That was very quick. Nothing is lost: check your answers and press “I am a person, send it”."),
            )
