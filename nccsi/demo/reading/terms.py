"""Finds terms by their codes, with one query for the whole demo."""

from collections.abc import Iterable

from hub.vocabularies.models import Term, Vocabulary


class Terms:
    """All terms by vocabulary and code; an unknown code is a mistake in the demo's files and stops it."""

    def __init__(self) -> None:
        self._terms = {(term.vocabulary, term.code): term for term in Term.objects.all()}

    def one(self, vocabulary: str, code: str | None) -> Term | None:
        """The term, or None where the file leaves it open."""
        return self._terms[vocabulary, code] if code else None

    def the(self, vocabulary: str, code: str) -> Term:
        """The term of a fact that must be there."""
        return self._terms[vocabulary, code]

    def several(self, vocabulary: str, codes: Iterable[str]) -> list[Term]:
        """The terms with these codes."""
        return [self._terms[vocabulary, code] for code in codes]

    def tracks(self) -> list[Term]:
        """The action tracks, all of them."""
        return [term for (vocabulary, _code), term in self._terms.items() if vocabulary == Vocabulary.TRACK]
