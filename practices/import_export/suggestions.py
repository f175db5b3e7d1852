"""What somebody may have meant who wrote a code or a slug that does not exist."""

from collections.abc import Iterable
from difflib import get_close_matches
from functools import cached_property

from django.utils.translation import gettext as _

from hub.vocabularies.models import Term
from partners.organisations.models import EarlierOrganisationSlug, Organisation
from practices.practice.terms import Terms, plain_words


class Suggestions:
    """The terms of a vocabulary, and which of them somebody may have meant who wrote something else."""

    def __init__(self, vocabulary: str, terms: Terms) -> None:
        self.vocabulary = vocabulary
        self.known = terms.of(vocabulary)

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
        return f"{message} {_did_you_mean(meant)}".strip()

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


def _did_you_mean(meant: list[str]) -> str:
    """A question with what is known, or nothing."""
    return _("Did you mean %s?") % " / ".join(meant) if meant else ""


class Owners:
    """The organisations with these slugs; one query for all of them, and one more when some are unknown."""

    def __init__(self, slugs: Iterable[str]) -> None:
        written = sorted(set(slugs))
        self._known = {owner.slug: owner for owner in Organisation.objects.filter(slug__in=written)}
        earlier = EarlierOrganisationSlug.objects.filter(slug__in=written).select_related("organisation")
        for each in earlier.order_by("-left_at", "-pk"):
            self._known.setdefault(each.slug, each.organisation)

    def owner(self, slug: str) -> Organisation:
        """The organisation; ValueError where there is none."""
        if slug in self._known:
            return self._known[slug]
        close = get_close_matches(slug.casefold(), self._words, n=4, cutoff=0.7)
        meant = list(dict.fromkeys(self._words[word] for word in close))[:3]
        message = _("No organisation in the directory has the slug “%s”.") % slug
        raise ValueError(f"{message} {_did_you_mean(meant)}".strip())

    @cached_property
    def _words(self) -> dict[str, str]:
        """What to show of each organisation, by its slug and by its name."""
        named = list(Organisation.objects.order_by("slug").values_list("slug", "name"))
        shown = {slug: f"{slug} ({name})" for slug, name in named}
        return {name.casefold(): shown[slug] for slug, name in named} | shown
