"""What is filled into a part of a proposal."""

from copy import copy
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.users.models import User
from consortia.asked_parts.counting import measure, tidy
from consortia.asked_parts.models import AskedPart
from consortia.consortium.models import Consortium
from consortia.files.forms import UploadForm
from consortia.filling.models import MOST_TEXT, TextVersion
from consortia.filling.writing import too_long


class TextForm(forms.Form):
    """The text as it shall be, and the version that it was written upon."""

    use_required_attribute = False

    text = forms.CharField(
        label=_("Text"), required=False, max_length=MOST_TEXT, strip=False, widget=forms.Textarea({"rows": 14})
    )
    was = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, data: Any = None, *, part: AskedPart, last: TextVersion | None) -> None:
        stands = {"text": last.text if last else "", "was": last.number if last else 0}
        super().__init__(data, initial=stands)
        self.part = part
        self.fields["text"].required = part.is_required
        said = gettext("At most %(most)s. Line ends and spaces count as characters; nothing else is formatted.")
        if part.unit == AskedPart.Unit.WORDS:
            said = gettext("At most %(most)s.")
        self.fields["text"].help_text = said % {"most": measure(part.limit, part.unit)}
        self.fields["text"].widget.attrs |= {"data-limit": part.limit, "data-unit": part.unit}

    def clean_text(self) -> str:
        text = tidy(self.cleaned_data["text"])
        if said := too_long(self.part, text):
            raise ValidationError(f"{said} {gettext('Nothing was saved yet.')}", code="long")
        return text

    @property
    def words(self) -> str:
        """What stands in the field, as it would be counted."""
        return tidy(str(self["text"].value() or ""))

    def show_again(self, number: int) -> None:
        """After somebody else's change was told: sent once more, these words become the next version."""
        typed = copy(self.data)
        cast(dict[str, Any], typed)["was"] = str(number)
        self.data = typed


class PartFileForm(UploadForm):
    """The next version of a file, of a kind and size that the call asks for."""

    def __init__(
        self, data: Any = None, files: Any = None, *, part: AskedPart, consortium: Consortium, user: User
    ) -> None:
        super().__init__(data, files, consortium=consortium, user=user, endings=part.endings, largest=part.largest)


class BackForm(forms.Form):
    """An earlier text shall stand again, upon this version."""

    was = forms.IntegerField(min_value=0)
