"""What is filled in about a document, and its file."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.users.models import User
from consortia.consortium.models import Consortium, Member
from consortia.documents.models import MOST_TITLE
from consortia.files.forms import UploadForm


class VersionForm(UploadForm):
    """Another version of a document."""


class DocumentForm(UploadForm):
    """A new document; a letter of endorsement is one of one organisation."""

    title = forms.CharField(label=_("Title"), max_length=MOST_TITLE)
    endorses: forms.ModelChoiceField = forms.ModelChoiceField(
        label=_("Letter of endorsement"),
        help_text=_("Only if it is one: of which organisation."),
        queryset=None,
        required=False,
        empty_label=_("it is another document"),
    )
    # Made once for each document, so that the form sent twice adds one.
    key = forms.UUIDField(widget=forms.HiddenInput)

    field_order = ("title", "endorses", "file", "upload", "key")

    def __init__(self, data: Any = None, files: Any = None, *, consortium: Consortium, user: User) -> None:
        super().__init__(data, files, consortium=consortium, user=user, initial={"key": uuid4().hex})
        members: Any = Member.objects.filter(consortium=consortium, status__in=Member.STANDING)
        self.fields["endorses"].queryset = members.select_related("organisation")  # type: ignore[attr-defined]  # choice
        self.fields["endorses"].error_messages["invalid_choice"] = gettext(
            "This organisation is not in the consortium any more. Choose another."
        )
