"""What is filled in about a document, and its file."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.users.models import User
from consortia.consortium.models import Consortium
from consortia.documents.adding import endorsable
from consortia.documents.models import MOST_TITLE
from consortia.files.forms import UploadForm


class VersionForm(UploadForm):
    """Another version of a document."""


class DocumentForm(UploadForm):
    """A new document; a letter of endorsement is one of one organisation."""

    title = forms.CharField(label=_("Title"), error_messages={"required": _("Enter a title.")}, max_length=MOST_TITLE)
    endorses: forms.ModelChoiceField = forms.ModelChoiceField(
        label=_("Letter of endorsement"),
        help_text=_("Only if it is one: of which organisation. Those who lead add that of any, others their own."),
        queryset=None,
        required=False,
        empty_label=_("it is another document"),
    )
    # Made once for each document, so that the form sent twice adds one.
    key = forms.UUIDField(widget=forms.HiddenInput)

    field_order = ("title", "endorses", "file", "upload", "key")

    def __init__(self, data: Any = None, files: Any = None, *, consortium: Consortium, user: User) -> None:
        super().__init__(data, files, consortium=consortium, user=user, initial={"key": uuid4().hex})
        self.fields["endorses"].queryset = endorsable(consortium, user)  # type: ignore[attr-defined]  # choice
        self.fields["endorses"].error_messages["invalid_choice"] = gettext(
            "You cannot add a letter of this organisation: it is not in the consortium any more, or only its own "
            "people and those who lead do that. Choose another."
        )
