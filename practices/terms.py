"""The terms that practices are described with, read once and looked up many times."""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable
from functools import cached_property
from itertools import islice, takewhile
from typing import Self

from hub.content_version import remembered
from hub.models import Term, Vocabulary
from practices.models import ONE_OF, SEVERAL_OF

# Vocabularies whose explanation says in other words what the label means; elsewhere it would only add noise.
_EXPLAINED = {Vocabulary.THEME, Vocabulary.TARGET}
_SHORTEST_WORD = 3
_SHORTEST_STEM = 6
_ENDING = 2


def plain_words(text: str) -> list[str]:
    """The words of a text without case and accents, so that `Santé` and `sante` are one."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return re.findall(r"\w+", letters)


class Terms:
    """All terms of the library's vocabularies: read once, however many rows are shown; shared, so never changed."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self.by_id: dict[int, Term] = {}
        self._by_code: dict[str, dict[str, Term]] = {}
        for term in terms:
            self.by_id[term.pk] = term
            self._by_code.setdefault(term.vocabulary, {})[term.code] = term

    @classmethod
    def load(cls) -> Self:
        """All of them, in the order of their vocabularies."""
        return remembered("terms", lambda: cls(Term.objects.public().filter(vocabulary__in=[*ONE_OF, *SEVERAL_OF])))

    def of(self, vocabulary: str) -> dict[str, Term]:
        """The terms of one vocabulary by code, in its order."""
        return self._by_code.get(vocabulary, {})

    def get(self, term_id: int | None) -> Term | None:
        """The term with this key; None for none."""
        return self.by_id.get(term_id) if term_id else None

    def ids(self, vocabulary: str, codes: Iterable[str]) -> list[int]:
        """The keys of those codes that exist."""
        known = self.of(vocabulary)
        return [known[code].pk for code in codes if code in known]

    @cached_property
    def _in_labels(self) -> list[tuple[str, int]]:
        """The words of the labels with the terms that have them, in alphabetical order."""
        return sorted({(word, term.pk) for term in self.by_id.values() for word in _words_in_every_language(term)})

    @cached_property
    def words(self) -> list[str]:
        """Every word of the labels, in all languages, to correct what readers type."""
        return sorted({word for word, _pk in self._in_labels if len(word) > _SHORTEST_WORD})

    def named(self, word: str) -> list[int]:
        """The keys of the terms with a word that starts so, in whatever language: `logement` finds housing."""
        starts = plain_words(word)
        if len(starts) != 1 or len(starts[0]) < _SHORTEST_WORD:
            return []
        # Without its ending the word also finds its other forms: "réfugiés" the label "personnes réfugiées".
        beginning = starts[0][: max(_SHORTEST_STEM, len(starts[0]) - _ENDING)]
        whole = len(beginning) == _SHORTEST_WORD  # "for" begins too much
        first = bisect_left(self._in_labels, (beginning,))
        alike = takewhile(lambda each: each[0].startswith(beginning), islice(self._in_labels, first, None))
        return sorted({pk for word, pk in alike if not whole or word == beginning})


def _words_in_every_language(term: Term) -> Iterable[str]:
    texts = [term.label, term.help] if term.vocabulary in _EXPLAINED else [term.label]
    for text in texts:
        data = getattr(text, "data", text)
        for words in data.values() if isinstance(data, dict) else [data]:
            yield from plain_words(str(words or ""))
