"""The forms with which staff upload pictures and documents."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.forms import Field
from wagtail.admin.forms.account import AvatarPreferencesForm
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from hub.files.checking import PictureField, check_content


def _picture_field(usual: Field) -> PictureField:
    return PictureField(required=usual.required, label=usual.label, widget=usual.widget)


class ImageForm(BaseImageForm):
    """`WAGTAILIMAGES_IMAGE_FORM_BASE`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if usual := self.fields.get("file"):
            self.fields["file"] = _picture_field(usual)


class DocumentForm(BaseDocumentForm):
    """`WAGTAILDOCS_DOCUMENT_FORM_BASE`."""

    def clean_file(self) -> Any:
        """What is inside must be what the name says."""
        file = self.cleaned_data["file"]
        if isinstance(file, UploadedFile):
            check_content(file)
        return file


def install() -> None:
    """The picture of one's own account, too: its form has no setting, and decodes whatever Pillow knows."""
    AvatarPreferencesForm.base_fields["avatar"] = _picture_field(AvatarPreferencesForm.base_fields["avatar"])
