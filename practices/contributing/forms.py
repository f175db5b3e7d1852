"""What the pages around the steps of a submission ask."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.text import format_lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

# The licence is that of the open data (`hub.open_data.licence`): a test holds the two together.
CONSENT_WORDING = format_lazy(
    "{} {}",
    _("I may speak for those who own this practice."),
    _(
        "I agree that the centre publishes these words, and may edit and translate them, under the licence CC BY 4.0: "
        "everybody may use them and must name the source."
    ),
)


class LanguageForm(forms.Form):
    """In which language somebody writes."""

    language = forms.ChoiceField(
        label=_("In which language do you write?"),
        error_messages={"required": _("Choose the language that you write in.")},
        choices=lambda: settings.LANGUAGES,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].initial = get_language()


class ButtonsForm(forms.Form):
    """What stands beside the answers of a step: what the page had shown, and which button was pressed."""

    seen = forms.CharField(max_length=64, required=False)
    more = forms.BooleanField(required=False)
    later = forms.BooleanField(required=False)
    check = forms.BooleanField(required=False)

    def pressed(self) -> dict[str, Any]:
        """The values; what cannot be meant counts as nothing."""
        self.is_valid()
        return {name: self.cleaned_data.get(name) for name in self.fields}


class SendForm(forms.Form):
    """The last page: an answer to the reviewers where they asked, and the declaration."""

    use_required_attribute = False

    reply = forms.CharField(
        label=_("Your answer to the reviewers"),
        help_text=_("What you changed, or why not. They read it together with your answers above."),
        max_length=4000,
        required=False,
        widget=forms.Textarea({"rows": 5}),
    )
    agree = forms.BooleanField(
        label=CONSENT_WORDING,
        error_messages={"required": _("Tick the box: without your agreement we cannot publish anything.")},
    )
    seen = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, asked: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asked:
            del self.fields["reply"]
