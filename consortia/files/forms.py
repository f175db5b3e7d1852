"""A file in a form: sent along, or before in parts by the browser; a refused form keeps what has arrived."""

from collections.abc import Collection
from copy import copy
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.users.models import User
from consortia.consortium.models import Consortium
from consortia.files import checking, space, uploading
from consortia.files.models import Upload


class SentField(forms.FileField):
    """A file that is needed, but may have come before the form; which of the two, the form asks."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        return super().clean(data, initial) if data else None


class UploadForm(forms.Form):
    """To be built upon. Once it is valid, `cleaned_data["file"]` is what came, checked; call `done` before it is kept.

    `endings` and `largest` (bytes) say what is taken: other uses have lists of their own.
    """

    use_required_attribute = False

    file = SentField(label=_("File"), error_messages={"required": _("Choose a file first.")}, allow_empty_file=True)
    # What `static/js/uploading.js` sent before, or what a refused form has kept.
    upload = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        data: Any = None,
        files: Any = None,
        *,
        consortium: Consortium,
        user: User,
        endings: Collection[str] = checking.ENDINGS,
        largest: int = checking.LARGEST,
        **kwargs: Any,
    ) -> None:
        super().__init__(data, files, **kwargs)
        self.consortium, self.user = consortium, user
        self.endings, self.largest = endings, largest
        self.kept: Upload | None = None
        said = gettext("One of these: %(endings)s. At most %(most)s, without a password.")
        self.fields["file"].help_text = said % {"endings": ", ".join(endings), "most": filesizeformat(largest)}
        self.fields["file"].widget.attrs["accept"] = ",".join(f".{ending}" for ending in endings)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        # Before a byte is looked at or kept.
        if said := uploading.refusal(self.consortium, self.user):
            raise ValidationError(said, code="refused")
        try:
            file = self._found(cleaned)
            checking.check(file, endings=self.endings, largest=self.largest)
            space.check(self.consortium, file.size or 0, besides=self.kept)
        except ValidationError as refused:
            self._forget()
            self.add_error("file", refused)
        else:
            cleaned["file"] = file
            if self.errors:
                self._keep(file)
        return cleaned

    def done(self) -> None:
        """In the transaction in which the file finds its place, and before: so its bytes count once."""
        if self.kept:
            uploading.drop(self.kept)

    def _found(self, cleaned: dict[str, Any]) -> UploadedFile:
        if sent := cleaned.get("file"):
            return cast(UploadedFile, sent)
        key = cleaned.get("upload")
        if not key:
            raise ValidationError(_("Choose a file first."), code="required")
        self.kept = uploading.of_person(self.consortium, self.user, key)
        if self.kept is None:
            said = _("What was sent is not here any more. If it is not in the list, choose the file again.")
            raise ValidationError(said, code="gone")
        return uploading.opened(self.kept)

    def _keep(self, file: UploadedFile) -> None:
        """For the next try: nobody chooses and sends a file twice because a title was missing."""
        if self.kept is None:
            self.kept = uploading.keep(self.consortium, file, by=self.user)
        self._type("upload", str(self.kept.uuid))
        said = gettext("“%(name)s” has arrived and is kept; choose another file to send that instead.")
        self["file"].help_text = said % {"name": self.kept.name}

    def _forget(self) -> None:
        """What was refused is not sent again with the next try."""
        if "upload" in self.data:
            self._type("upload", "")

    def _type(self, name: str, value: str) -> None:
        typed = copy(self.data)
        cast(dict[str, Any], typed)[name] = value
        self.data = typed
