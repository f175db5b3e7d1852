"""The terms that practices are described with, read once and looked up many times."""

import re
from bisect import bisect_left
from collections.abc import Iterable
from functools import cached_property
from itertools import islice, takewhile
from typing import Self

from hub.content_memory.content_version import remembered
from hub.search import full_text
from hub.vocabularies.models import Term, Vocabulary
from practices.practice.models.practice import ONE_OF, SEVERAL_OF

# Vocabularies whose explanation says in other words what the label means; elsewhere it would only add noise.
_EXPLAINED = {Vocabulary.THEME, Vocabulary.TARGET}
_SHORTEST_WORD = 3
_SHORTEST_STEM = 6
_ENDING = 2
_LABEL, _SYNONYM, _EXPLANATION = "label", "synonym", "explanation"
_IN_BRACKETS = re.compile(r"\([^)]*\)")


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
    def _written(self) -> list[tuple[int, str, str, list[str]]]:
        """Each term with the language and the plain words of a label, a synonym or an explanation of it."""
        texts = [(term.pk, kind, code, text) for term in self.by_id.values() for kind, code, text in _texts(term)]
        plain = full_text.plain_words(text for _pk, _kind, _code, text in texts)
        return [(pk, kind, code, words) for (pk, kind, code, _), words in zip(texts, plain, strict=True) if words]

    @cached_property
    def _in_labels(self) -> list[tuple[str, int]]:
        """The words that a term is looked up by, in alphabetical order; a synonym of several words only as a whole."""
        by_word = ((pk, words) for pk, kind, _, words in self._written if kind != _SYNONYM or len(words) == 1)
        return sorted({(word, pk) for pk, words in by_word for word in words})

    @cached_property
    def _names(self) -> dict[tuple[str, ...], set[int]]:
        """The terms that each label and synonym names as a whole."""
        names: dict[tuple[str, ...], set[int]] = {}
        for pk, kind, _code, words in self._written:
            if kind != _EXPLANATION:
                names.setdefault(tuple(words), set()).add(pk)
        return names

    @cached_property
    def _names_by_term(self) -> dict[int, list[tuple[str, str]]]:
        """Language and plain words of each label and synonym of a term."""
        names: dict[int, list[tuple[str, str]]] = {}
        for pk, kind, code, words in self._written:
            if kind != _EXPLANATION:
                names.setdefault(pk, []).append((code, " ".join(words)))
        return names

    @cached_property
    def longest_name(self) -> int:
        """How many words the longest name of a term has."""
        return max(map(len, self._names), default=0)

    @cached_property
    def words(self) -> list[str]:
        """Every word of the labels, in all languages, to correct what readers type."""
        return sorted({word for word, _pk in self._in_labels if len(word) > _SHORTEST_WORD})

    def called(self, words: Iterable[str]) -> list[int]:
        """The keys of the terms whose label or synonym is exactly this, in plain words."""
        return sorted(self._names.get(tuple(words), ()))

    def names_of(self, keys: Iterable[int]) -> list[tuple[str, str]]:
        """Language and plain words of every label and synonym of these terms."""
        return [name for key in keys for name in self._names_by_term.get(key, ())]

    def named(self, plain: str) -> list[int]:
        """The keys of the terms with a word that starts so, in whatever language: `logement` finds housing."""
        if " " in plain or len(plain) < _SHORTEST_WORD:
            return []
        # Without its ending the word also finds its other forms: "réfugiés" the label "personnes réfugiées".
        beginning = plain[: max(_SHORTEST_STEM, len(plain) - _ENDING)]
        whole = len(beginning) == _SHORTEST_WORD  # "for" begins too much
        first = bisect_left(self._in_labels, (beginning,))
        alike = takewhile(lambda each: each[0].startswith(beginning), islice(self._in_labels, first, None))
        return sorted({pk for word, pk in alike if not whole or word == beginning})


def _texts(term: Term) -> Iterable[tuple[str, str, str]]:
    """What a term is called and explained by; `Jongeren (ook zonder werk)` is called without its brackets as well."""
    for code, label in _each_language(term.label):
        yield _LABEL, code, label
        if "(" in label:
            yield _LABEL, code, _IN_BRACKETS.sub(" ", label)
    for code, synonyms in _each_language(term.synonyms):
        yield from ((_SYNONYM, code, synonym) for synonym in synonyms.splitlines())
    if term.vocabulary in _EXPLAINED:
        for code, explanation in _each_language(term.help):
            yield _EXPLANATION, code, explanation


def _each_language(text: object) -> Iterable[tuple[str, str]]:
    data = getattr(text, "data", text)
    return [(code, str(words)) for code, words in (data if isinstance(data, dict) else {"": data}).items() if words]
