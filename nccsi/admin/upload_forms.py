"""The forms with which staff upload pictures and documents."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from hub.files.checking import PictureField, check_content


class ImageForm(BaseImageForm):
    """`WAGTAILIMAGES_IMAGE_FORM_BASE`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if usual := self.fields.get("file"):
            self.fields["file"] = PictureField(required=usual.required, label=usual.label, widget=usual.widget)


class DocumentForm(BaseDocumentForm):
    """`WAGTAILDOCS_DOCUMENT_FORM_BASE`."""

    def clean_file(self) -> Any:
        """What is inside must be what the name says."""
        file = self.cleaned_data["file"]
        if isinstance(file, UploadedFile):
            check_content(file)
        return file
