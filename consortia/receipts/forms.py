"""What somebody brings to be verified."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from consortia.receipts import files, verifying


class ReceiptFileForm(forms.Form):
    """The file of a receipt; nothing of it is kept."""

    use_required_attribute = False

    file = forms.FileField(
        label=_("The file of the receipt"),
        help_text=_("It ends in .json. It is read once and not kept."),
        widget=forms.ClearableFileInput(attrs={"accept": "application/json,.json"}),
        error_messages={
            "required": _("Choose the file of the receipt first."),
            "empty": _("This file is empty. Ask for the receipt once more, from whoever sent it."),
        },
    )
    verdict: verifying.Verdict | None = None

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > files.MOST_BYTES:
            raise ValidationError(gettext("No receipt is that large. Choose the file that ends in .json."))
        try:
            self.verdict = verifying.by_file(file.read())
        except files.UnreadableError as error:
            said = gettext("This is no file of a receipt. Choose the one that ends in .json, as it was downloaded.")
            raise ValidationError(said) from error
        return file
