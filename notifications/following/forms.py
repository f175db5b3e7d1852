from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.public_forms.spam import GuardedForm
from notifications.subscriptions import offsets
from notifications.subscriptions.topics import Topic


def _address_field() -> forms.EmailField:
    return forms.EmailField(
        label=_("E-mail address"),
        error_messages={"required": _("Enter your e-mail address.")},
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
    )


class ChoicesForm(forms.Form):
    """In which language somebody hears of a topic, and how long before its deadlines."""

    language = forms.ChoiceField(
        label=_("Language of the mails"), error_messages={"required": _("Choose the language of the mails.")}
    )
    offsets = forms.TypedMultipleChoiceField(
        label=_("When do you want a reminder before each deadline?"),
        error_messages={"required": _("Choose at least one reminder.")},
        help_text=_("Reminders that count in days leave at 9 in the morning, Brussels time."),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, topic: Topic, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        languages = forms.ChoiceField(choices=settings.LANGUAGES)
        self.fields["language"].choices = languages.choices  # type: ignore[attr-defined]
        if topic.has_deadlines:
            offered = [(hours, offsets.label(hours)) for hours in offsets.OFFERED]
            self.fields["offsets"].choices = offered  # type: ignore[attr-defined]
            self.fields["offsets"].initial = list(offsets.USUAL)
        else:
            del self.fields["offsets"]


class FollowForm(GuardedForm, ChoicesForm):
    """Follow one topic with nothing but an e-mail address."""

    email = _address_field()
    consent = forms.BooleanField(
        label=_("Yes, send me these mails."),
        error_messages={"required": _("Tick the box to agree.")},
    )
    field_order = ["email", "language", "offsets", "consent"]

    def __init__(self, *args: Any, topic: Topic, **kwargs: Any) -> None:
        super().__init__(*args, topic=topic, **kwargs)
        self.wording = gettext(
            "I want mails about “%(topic)s” at this address. I can stop them at any time with one click."
        ) % {"topic": topic.title}
        self.fields["consent"].label = self.wording


class LinkForm(GuardedForm):
    """Ask for a fresh link to the page of everything that an address follows."""

    email = _address_field()
