from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, GistIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Value

from practices.practice.models.practice import Practice
from practices.search.keys import PARTS

# Every part begins at the first place, and so does what would come after the last.
_NO_KEYS = b"\x01" * (len(PARTS) + 1)


class LibraryEntry(models.Model):
    """What a public practice is found, counted and ordered by, in one small row; triggers write it, nobody else does.

    `keys` holds all its terms, languages and its year (`practices.search.keys`): one index finds them, one pass counts
    them. They stand by facet; `starts` tells at which place the keys of each begin, a byte for each and one for the
    end. `words` holds the stems of its texts, each behind the code of its language (`en:hous`), and the keys once
    more (`#17`), so that one index answers a search within facets; `head` holds the stems of titles and summaries with
    their weights. Both lie beside the row, so that counting never reads them.
    `months`, which no facet asks for, is there for the order of what fits.
    """

    practice = models.OneToOneField(Practice, on_delete=models.CASCADE, primary_key=True, related_name="entry")
    keys = ArrayField(models.IntegerField())
    starts = models.BinaryField(default=_NO_KEYS, db_default=_NO_KEYS)
    published_at = models.DateTimeField(null=True)
    evidence = models.SmallIntegerField(default=-1)
    months = models.SmallIntegerField(null=True)
    words = SearchVectorField(db_default=Value("", SearchVectorField()))
    head = SearchVectorField(db_default=Value("", SearchVectorField()))

    class Meta:
        verbose_name = "library entry"
        indexes = [
            GinIndex(fields=["keys"], name="library_entry_keys", fastupdate=False),
            GinIndex(fields=["words"], name="library_entry_words"),
            models.Index(
                models.F("published_at").desc(nulls_last=True), models.F("practice").desc(), name="library_entry_newest"
            ),
            models.Index(
                models.F("evidence").desc(),
                models.F("published_at").desc(nulls_last=True),
                models.F("practice").desc(),
                name="library_entry_evidence",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.practice_id}: {len(self.keys)} keys"


class LibraryWord(models.Model):
    """A word in the titles and summaries of the library, to complete and to correct what readers type.

    `plain` is the word without case and accents, as it is compared. Triggers add words; that one is no longer used
    does no harm, since a suggestion is looked up before it is shown.
    """

    plain = models.CharField(max_length=60, primary_key=True)
    word = models.CharField(max_length=60)

    class Meta:
        verbose_name = "library word"
        indexes = [
            GistIndex(OpClass(models.F("plain"), "gist_trgm_ops"), name="library_word_alike"),
            models.Index(OpClass(models.F("plain"), "text_pattern_ops"), name="library_word_beginning"),
        ]

    def __str__(self) -> str:
        return self.word
