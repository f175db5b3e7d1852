from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models

from practices.models.practice import Practice


class LibraryEntry(models.Model):
    """What a public practice is found and counted by, in one small row; triggers write it, nobody else does.

    `keys` holds all its terms, languages and its year (`practices.keys`): one index finds them, one pass counts them.
    """

    practice = models.OneToOneField(Practice, on_delete=models.CASCADE, primary_key=True, related_name="entry")
    keys = ArrayField(models.IntegerField())
    published_at = models.DateTimeField(null=True)
    evidence = models.SmallIntegerField(default=-1)

    class Meta:
        verbose_name = "library entry"
        indexes = [
            GinIndex(fields=["keys"], name="library_entry_keys", fastupdate=False),
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
            GinIndex(OpClass(models.F("plain"), "gin_trgm_ops"), name="library_word_alike"),
            models.Index(OpClass(models.F("plain"), "text_pattern_ops"), name="library_word_beginning"),
        ]

    def __str__(self) -> str:
        return self.word
