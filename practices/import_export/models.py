import uuid

from django.conf import settings
from django.db import models


class PracticeImport(models.Model):
    """A spreadsheet that somebody uploaded, between the look at what it would do and a day later.

    Its rows are kept here and not as a file: files are served by the proxy, to whoever knows their address.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="practice_imports")
    name = models.CharField(max_length=255)
    sheet = models.JSONField()
    created_at = models.DateTimeField(auto_now_add=True)
    done_at = models.DateTimeField(null=True, blank=True)
    added = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    published = models.PositiveIntegerField(default=0)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-created_at"]
        # Whoever may add or change practices may import; there is nothing else to allow.
        default_permissions = ()

    def __str__(self) -> str:
        return self.name
