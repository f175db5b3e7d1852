from django.contrib.postgres.indexes import GinIndex
from django.db import models

from hub.search import full_text


class PageEntry(models.Model):
    """The words by which a page is found, as visitors read them; `hub.search.page_entries` writes it, nobody else does."""

    page = models.OneToOneField("wagtailcore.Page", on_delete=models.CASCADE, primary_key=True, related_name="entry")
    language = models.CharField(max_length=5)
    title = models.TextField()
    summary = models.TextField()
    facts = models.TextField()
    body = models.TextField()
    plain_title = full_text.plain_column("title")
    search_vector = full_text.row_vector(title="A", summary="B", facts="B", body="C")

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = "page entry"
        default_permissions = ()
        indexes = [GinIndex(fields=["search_vector"], name="page_entry_search")]

    def __str__(self) -> str:
        return self.title
