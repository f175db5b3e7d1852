from django.conf import settings
from django.db import models

from hub.sheets.models import UploadedSheet


class PracticeImport(UploadedSheet):
    """A spreadsheet of practices."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="practice_imports")
    published = models.PositiveIntegerField(default=0)

    class Meta(UploadedSheet.Meta):
        pass
