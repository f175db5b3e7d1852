from django.conf import settings
from django.db import models

from hub.sheets.models import UploadedSheet


class OrganisationImport(UploadedSheet):
    """A spreadsheet of organisations."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="organisation_imports")

    class Meta(UploadedSheet.Meta):
        pass
