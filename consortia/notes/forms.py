"""The words of a note."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from consortia.consortium.stale import StaleForm
from consortia.notes.models import MOST_TEXT


class NoteForm(StaleForm):
    """A new note, or other words for one."""

    text = forms.CharField(
        label=_("Note"),
        error_messages={"required": _("Enter a note.")},
        max_length=MOST_TEXT,
        widget=forms.Textarea({"rows": 4}),
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    # Made once for each note, so that the form sent twice writes one.
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, text: str = "", seen: str = "") -> None:
        super().__init__(data, initial={"text": text, "seen": seen, "key": uuid4().hex})

    def clean_text(self) -> str:
        return str(self.cleaned_data["text"]).replace("\r\n", "\n")
