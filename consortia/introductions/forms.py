"""What members write when they ask for an introduction, and when they answer."""

from django import forms
from django.utils.translation import gettext_lazy as _

from consortia.introductions.models import MOST_WORDS


class AskForm(forms.Form):
    """Why the two should get to know each other."""

    use_required_attribute = False

    message = forms.CharField(
        label=_("Your message"),
        error_messages={"required": _("Enter your message.")},
        help_text=_("Who you are, what you have in mind for this call, and what you hope for from them."),
        max_length=MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 8}),
    )


class AnswerForm(forms.Form):
    """A few words; the button that was pressed says what they go with."""

    answer = forms.ChoiceField(
        choices=[(name, name) for name in ("accept", "decline", "withdraw")], widget=forms.HiddenInput
    )
    note = forms.CharField(
        label=_("A few words with your answer"),
        required=False,
        max_length=MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
