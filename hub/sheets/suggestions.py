"""What somebody may have meant who wrote a code that does not exist."""

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
        """The terms with these codes; ValueError where there is one that is unknown."""
        codes_given = list(wanted)
        unknown = [code for code in codes_given if code not in self.known]
        if unknown:
            raise ValueError(" ".join(map(self._sentence, unknown)))
        return [self.known[code] for code in codes_given]

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
            data = getattr(term.label, "data", term.label)
            for label in [code, *(data.values() if isinstance(data, dict) else [data])]:
                words = plain_words(str(label))
                for written in {" ".join(words), *(word for word in words if len(word) > 3)}:
                    found.setdefault(written, []).append(code)
        return found


def did_you_mean(meant: list[str]) -> str:
    """A question with what is known, or nothing."""
    return _("Did you mean %s?") % " / ".join(meant) if meant else ""
