from typing import Self

from django.contrib.postgres.indexes import GinIndex, GistIndex, OpClass
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from wagtail.models import Page

from hub.languages.reading_order import distance
from hub.search import full_text
from hub.site.visibility import visible


class PageEntryQuerySet(models.QuerySet["PageEntry"]):
    def visible(self) -> Self:
        """Those of pages that a visitor may see. The home page, which is about everything, is none of them."""
        return self.filter(page__in=visible(Page.objects.filter(depth__gt=2)))

    def for_reader(self, language: str) -> Self:
        """Visible ones in the reader's language; of a call or an event the nearest there is, as lists show it."""
        near = distance("language", language)
        others = PageEntry.objects.visible().filter(kind=OuterRef("kind"), fact=OuterRef("fact"))
        nearer = Exists(others.annotate(near=near).filter(near__lt=OuterRef("near")))
        own = Q(language=language) | Q(Q(fact__isnull=False), ~nearer)
        return self.visible().annotate(near=near).filter(own)


class PageEntry(models.Model):
    """The words by which a page is found, as visitors read them; only `hub.site_search.page_entries` writes it.

    `kind` says what it is a page of; `fact` which call or event, so that one page each is found; `moment` when that is,
    or when the page appeared: of what fits as well, the latest comes first. `learnt` tells that its words are among the
    words of the site, where only those belong that visitors can see.
    """

    page = models.OneToOneField("wagtailcore.Page", on_delete=models.CASCADE, primary_key=True, related_name="entry")
    kind = models.CharField(max_length=20)
    fact = models.PositiveBigIntegerField(null=True)
    moment = models.DateTimeField(null=True)
    language = models.CharField(max_length=5)
    title = models.TextField()
    summary = models.TextField()
    facts = models.TextField()
    body = models.TextField()
    learnt = models.BooleanField(default=False)
    plain_title = full_text.plain_column("title")
    search_vector = full_text.row_vector(title="A", summary="B", facts="B", body="C")

    objects = PageEntryQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = "page entry"
        default_permissions = ()
        indexes = [
            GinIndex(fields=["search_vector"], name="page_entry_search"),
            models.Index(fields=["kind", "fact"], name="page_entry_fact", condition=models.Q(fact__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.title


class SiteWord(models.Model):
    """A word of pages and organisations that visitors can see, to complete and to correct what readers type.

    `plain` is the word without case and accents, as it is compared. `hub.query_parsing.site_words` writes it.
    That one is no longer used does no harm: a correction is shown only where it finds something.
    """

    plain = models.CharField(max_length=60, primary_key=True)
    word = models.CharField(max_length=60)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = "word of the site"
        default_permissions = ()
        indexes = [
            GistIndex(OpClass(F("plain"), "gist_trgm_ops"), name="site_word_alike"),
            models.Index(OpClass(F("plain"), "text_pattern_ops"), name="site_word_beginning"),
        ]

    def __str__(self) -> str:
        return self.word
