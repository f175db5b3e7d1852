"""The terms that somebody named by code or by label, and what they may have meant who wrote neither."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from functools import cached_property

from django.utils.translation import gettext as _

from hub.vocabularies.models import Term
from hub.vocabularies.plain import plain_words


class Suggestions:
    """The terms of a vocabulary, and which of them somebody may have meant who wrote something else."""

    def __init__(self, vocabulary: str, known: Mapping[str, Term]) -> None:
        self.vocabulary = vocabulary
        self.known = known

    def terms(self, wanted: Iterable[str]) -> list[Term]:
        """The terms with these codes, or with these labels where only one has it; ValueError where there is none.

        A label counts in any language, however its case, spaces and accents are written.
        """
        found: dict[str, Term] = {}
        problems = []
        for written in wanted:
            codes = [written] if written in self.known else self._labelled.get(_plain(written), [])
            if len(codes) == 1:
                found[codes[0]] = self.known[codes[0]]
            else:
                problems.append(self._ambiguous(written, codes) if codes else self._sentence(written))
        if problems:
            raise ValueError(" ".join(problems))
        return list(found.values())

    @cached_property
    def _labelled(self) -> dict[str, list[str]]:
        """Codes by their labels in all languages."""
        found: dict[str, list[str]] = {}
        for code, term in self.known.items():
            for label in {_plain(each) for each in _labels(term)} - {""}:
                found.setdefault(label, []).append(code)
        return found

    def _ambiguous(self, written: str, codes: list[str]) -> str:
        message = _("“%(written)s” is the label of several codes of %(vocabulary)s: %(codes)s. Write the code.")
        return message % {"written": written, "vocabulary": self.vocabulary, "codes": ", ".join(codes)}

    def _sentence(self, code: str) -> str:
        message = _("“%(code)s” is not a code of %(vocabulary)s.") % {"code": code, "vocabulary": self.vocabulary}
        meant = [f"{self.known[each].code} ({self.known[each].label})" for each in self._meant(code)]
        known = did_you_mean(meant) or _("The list of codes, where you uploaded the file, has those that there are.")
        return f"{message} {known}"

    def _meant(self, written: str) -> list[str]:
        words = plain_words(written)
        close = get_close_matches(" ".join(words), self._words, n=6, cutoff=0.75)
        return list(dict.fromkeys(code for word in close for code in self._words[word]))[:3]

    @cached_property
    def _words(self) -> dict[str, list[str]]:
        """Codes by everything that somebody could write for them: codes, labels and their words in all languages."""
        found: dict[str, list[str]] = {}
        for code, term in self.known.items():
            for label in [code, *_labels(term)]:
                words = plain_words(label)
                for written in {" ".join(words), *(word for word in words if len(word) > 3)}:
                    found.setdefault(written, []).append(code)
        return found


def _labels(term: Term) -> list[str]:
    data = getattr(term.label, "data", term.label)
    return [str(each) for each in (data.values() if isinstance(data, dict) else [data])]


def _plain(text: str) -> str:
    return " ".join(plain_words(text))


def did_you_mean(meant: list[str]) -> str:
    """A question with what is known, or nothing."""
    return _("Did you mean %s?") % " / ".join(meant) if meant else ""
