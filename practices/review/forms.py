"""What reviewers fill in when they press a button of the review."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ApprovalForm(forms.Form):
    """Nothing: the judgements stand in the practice itself."""


class QuestionForm(forms.Form):
    """What the submitter should answer or mend."""

    words = forms.CharField(
        label=_("Your question"),
        help_text=_(
            "Who sent it gets this by mail and can change every answer. Write in the language of the submission."
        ),
        max_length=4000,
        widget=forms.Textarea({"rows": 6}),
    )


class RefusalForm(forms.Form):
    """Why it does not go into the library."""

    words = forms.CharField(
        label=_("Reason"),
        help_text=_("Who sent it reads this in a mail and on their page. It ends the review."),
        max_length=4000,
        widget=forms.Textarea({"rows": 6}),
    )


FORMS: dict[str, type[forms.Form]] = {"approve": ApprovalForm, "ask": QuestionForm, "refuse": RefusalForm}
