"""Full-text search in the words' own language, with one way to write words for what is stored and what is asked.

The database has it (`hub/sql/words.sql`), so that generated columns, triggers and queries cannot differ:

- a model's text is stored by `row_vector(title="A", body="C")`, a generated column in the row's own `language`;
- `query(typed, language)` is what such a column is asked for; it combines with `&`, `|` and `~`;
- `fits(words)` is the condition for rows with a text in one of many languages;
- `Plain("title")` and `plain_words([...])` give words without accents, capitals and punctuation, to compare them, and
  `plain("title")` does in constraints;
- a form takes a reader's words with `WordsField`, which cuts them to what is worth reading.

In SQL the same are `hub_vector`, `hub_query` and `hub_plain`. The configurations `nccsi_nl`, … are PostgreSQL's own
stemmers, made in hub's first migration.
"""

import unicodedata
from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.postgres.search import SearchQuery, SearchVectorField
from django.db import connection, models
from django.db.models.functions import Concat

from hub.languages.european import EUROPEAN

# Languages that the database has a configuration for, by the stemmer behind it.
CONFIGURATIONS = {
    code: EUROPEAN[code].stemmer for code in settings.ALL_LANGUAGES if code in EUROPEAN and EUROPEAN[code].stemmer
}
LONGEST_WORDS = 200


def configuration(language: str) -> str:
    """The text search configuration of a language; `nccsi_simple` (no stemming) for one we have no stemmer for."""
    return f"nccsi_{language}" if language in CONFIGURATIONS else "nccsi_simple"


def cut(typed: str, longest: int = LONGEST_WORDS) -> str:
    """What a person typed, in one line of at most so many characters, counted when each ligature is written out.

    One character can stand for eighteen letters: cut before that, a short address could ask for a long search.
    """
    written_out = unicodedata.normalize("NFKC", typed[:longest])
    line = "".join(letter if letter.isprintable() or letter == "\xad" else " " for letter in written_out)
    return " ".join(line.split())[:longest].strip()


class WordsField(forms.CharField):
    """What a person typed into a search box: whatever it is, it is searched for and never refused."""

    def __init__(self, *args: Any, longest: int = LONGEST_WORDS, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.validators = []  # what they refuse is taken out instead
        self.longest = longest

    def to_python(self, value: Any) -> str:
        """One line without control characters, cut where nobody reads on."""
        return cut(str(value or ""), self.longest)


class Plain(models.Func):
    """A text as words are compared: no accents, no capitals, a space between two words."""

    function = "hub_plain"
    output_field = models.TextField()


def plain(field: str) -> models.Func:
    """The same of a column, for what the schema keeps: a class of Django's, as migrations import nothing of ours."""
    return models.Func(field, function="hub_plain", output_field=models.TextField())


def plain_words(texts: Iterable[str]) -> list[list[str]]:
    """The words of each text as they are compared; one query."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT string_to_array(nullif(hub_plain(text), ''), ' ') FROM unnest(%s::text[]) WITH ORDINALITY "
            "AS given(text, place) ORDER BY place",
            [[text.replace("\x00", " ") for text in texts]],
        )
        return [words or [] for (words,) in cursor.fetchall()]


class ReadersQuery(SearchQuery):
    """What a vector in one language is asked for; see `query`."""

    def __init__(self, words: str, language: str) -> None:
        models.Func.__init__(self, models.Value(language), models.Value(words), function="hub_query")
        self.function = "hub_query"
        self.config = None
        self.invert = False


def query(words: str, language: str) -> ReadersQuery:
    """What a person typed, forgivingly: any quotes, `or`, a minus before a word; `sans-abri` is a phrase."""
    return ReadersQuery(cut(words), language)


def fits(words: str) -> models.Q:
    """Rows with a `language` and a `search_vector` that have all of these words, in whatever language they are."""
    found = ~models.Q(language__in=list(CONFIGURATIONS)) & models.Q(search_vector=query(words, ""))
    for code in CONFIGURATIONS:
        found |= models.Q(language=code, search_vector=query(words, code))
    return found


class StoredVector(models.GeneratedField):
    """Left out of what drafts and exports hold: an unsaved row has none, and asking for it loses the whole draft."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.serialize = False

    def deconstruct(self) -> Any:
        name, _path, arguments, kwargs = super().deconstruct()
        kwargs.pop("serialize", None)
        return name, "django.db.models.GeneratedField", arguments, kwargs


def row_vector(**weights: str) -> models.GeneratedField:
    """A stored search vector of the named fields, each with its weight `A` to `D`; the row needs a `language`.

    It names the languages whose stems the database knows: one more is a change that asks for a migration.
    """
    return StoredVector(
        expression=models.Func(
            "language",
            *_by_weight(weights),
            function="hub_vector",
            output_field=SearchVectorField(),
            languages=" ".join(sorted(CONFIGURATIONS)),
        ),
        output_field=SearchVectorField(),
        db_persist=True,
        editable=False,
    )


def _by_weight(weights: dict[str, str]) -> Iterable[Any]:
    fields = {weight: [field for field, own in weights.items() if own == weight] for weight in "ABCD"}
    for named in fields.values():
        apart = [part for field in named for part in (models.Value(" "), models.F(field))][1:]
        yield (
            Concat(*apart, output_field=models.TextField())
            if len(apart) > 1
            else apart[0]
            if apart
            else models.Value("")
        )


def plain_column(field: str) -> models.GeneratedField:
    """A stored column with the words of a field as they are compared: working them out takes long for many rows."""
    return StoredVector(
        expression=plain(field),
        output_field=models.TextField(),
        db_persist=True,
        editable=False,
    )
