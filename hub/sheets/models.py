import uuid

from django.db import models


class UploadedSheet(models.Model):
    """A spreadsheet that somebody uploaded, between the look at what it would do and a day later; `by` says who.

    Its rows are kept here and not as a file: files are served by the proxy, to whoever knows their address.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=255)
    sheet = models.JSONField()
    created_at = models.DateTimeField(auto_now_add=True)
    done_at = models.DateTimeField(null=True, blank=True)
    added = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    # The keys of what it made and changed, by the state of the row.
    made = models.JSONField(default=dict)

    wagtail_reference_index_ignore = True

    class Meta:
        abstract = True
        ordering = ["-created_at"]
        # Whoever may add or change the things may import; there is nothing else to allow.
        default_permissions = ()

    def __str__(self) -> str:
        return self.name

    @property
    def keys_made(self) -> list[int]:
        """Of all that it made or changed, in the order of the rows."""
        return [key for keys in self.made.values() for key in keys]
