from django.db import models


class ContentChange(models.Model):
    """One row for each transaction that changed what visitors see; triggers write it (nccsi.caching.content_watch)."""

    class Meta:
        verbose_name = "change of content"
