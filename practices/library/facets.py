"""What the library can be narrowed by: for each facet its name in addresses, its keys and its options."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.conf.locale import LANG_INFO
from django.utils.functional import Promise
from django.utils.text import capfirst

from hub.languages.names import language_name
from hub.vocabularies.plain import plain_words
from practices.practice.facet_declarations import Answers, FacetDeclaration, in_place
from practices.practice.models.practice import YEARS
from practices.practice.terms import Terms
from practices.search import keys

_LONGEST_LANGUAGE = 5


@dataclass(frozen=True)
class Facet:
    """One facet; codes are what addresses carry, and an unknown one is left out without a word."""

    declaration: FacetDeclaration

    @property
    def name(self) -> str:
        return self.declaration.name

    @property
    def label(self) -> str | Promise:
        return self.declaration.label

    def known(self, codes: Iterable[str], terms: Terms) -> list[str]:
        """Those codes that exist, each once."""
        raise NotImplementedError

    def keys(self, codes: Iterable[str], terms: Terms) -> list[int]:
        """What stands for these codes in the entries of the library; they must be known."""
        raise NotImplementedError

    def named(self, found: Iterable[int], terms: Terms) -> dict[int, str]:
        """Those of the keys that belong to this facet, with their codes."""
        raise NotImplementedError

    def options(self, counted: Mapping[str, int], terms: Terms) -> list[tuple[str, str]]:
        """Code and label of what can be chosen, in the order in which it is shown."""
        raise NotImplementedError


class TermFacet(Facet):
    """A facet whose options are the terms of the vocabulary of the same name."""

    def known(self, codes: Iterable[str], terms: Terms) -> list[str]:
        exists = terms.of(self.name)
        return [code for code in dict.fromkeys(codes) if code in exists]

    def keys(self, codes: Iterable[str], terms: Terms) -> list[int]:
        return terms.ids(self.name, codes)

    def named(self, found: Iterable[int], terms: Terms) -> dict[int, str]:
        own = {term.pk: code for code, term in terms.of(self.name).items()}
        return {key: own[key] for key in found if key in own}

    def options(self, counted: Mapping[str, int], terms: Terms) -> list[tuple[str, str]]:
        options = [(code, str(term.label)) for code, term in terms.of(self.name).items()]
        if not self.declaration.by_count:
            return options
        return sorted(options, key=lambda option: (-counted.get(option[0], 0), plain_words(option[1])))


class LanguageFacet(Facet):
    """In which languages a practice can be read."""

    def known(self, codes: Iterable[str], terms: Terms) -> list[str]:
        return [code for code in dict.fromkeys(codes) if code in LANG_INFO and len(code) <= _LONGEST_LANGUAGE]

    def keys(self, codes: Iterable[str], terms: Terms) -> list[int]:
        return [keys.language_key(code) for code in codes]

    def named(self, found: Iterable[int], terms: Terms) -> dict[int, str]:
        return keys.languages(found)

    def options(self, counted: Mapping[str, int], terms: Terms) -> list[tuple[str, str]]:
        own = [code for code, _name in settings.LANGUAGES]
        return [(code, capfirst(language_name(code))) for code in dict.fromkeys([*own, *sorted(counted)])]


class YearFacet(Facet):
    """Since when a practice has been in use, latest first."""

    def known(self, codes: Iterable[str], terms: Terms) -> list[str]:
        return [code for code in dict.fromkeys(codes) if _is_year(code)]

    def keys(self, codes: Iterable[str], terms: Terms) -> list[int]:
        return [keys.year_key(int(code)) for code in codes]

    def named(self, found: Iterable[int], terms: Terms) -> dict[int, str]:
        return keys.years(found)

    def options(self, counted: Mapping[str, int], terms: Terms) -> list[tuple[str, str]]:
        return [(code, code) for code in sorted(counted, key=int, reverse=True)]


class RecordFacet(Facet):
    """A facet whose options are fixed: what records of reuse and policy say of a practice."""

    def known(self, codes: Iterable[str], terms: Terms) -> list[str]:
        return [code for code in dict.fromkeys(codes) if code in keys.RECORDS[self.name].values]

    def keys(self, codes: Iterable[str], terms: Terms) -> list[int]:
        return [keys.record_key(self.name, code) for code in codes]

    def named(self, found: Iterable[int], terms: Terms) -> dict[int, str]:
        return keys.records(self.name, found)

    def options(self, counted: Mapping[str, int], terms: Terms) -> list[tuple[str, str]]:
        return [(code, str(label)) for code, label in keys.RECORDS[self.name].choices]


_KINDS: Mapping[Answers, type[Facet]] = {
    Answers.ONE: TermFacet,
    Answers.SEVERAL: TermFacet,
    Answers.LANGUAGES: LanguageFacet,
    Answers.YEAR: YearFacet,
    Answers.RECORD: RecordFacet,
    Answers.RECORDS: RecordFacet,
}


def facet_of(declaration: FacetDeclaration) -> Facet:
    """How the library reads what was declared."""
    return _KINDS[declaration.answers](declaration)


FACETS: tuple[Facet, ...] = tuple(facet_of(each) for each in in_place())

Chosen = Mapping[str, list[str]]


def chosen_keys(chosen: Chosen, terms: Terms) -> dict[str, list[int]]:
    """The keys of each facet in which something was chosen; a practice fits with any of them in each."""
    return {facet.name: facet.keys(chosen[facet.name], terms) for facet in FACETS if chosen.get(facet.name)}


def _is_year(code: str) -> bool:
    return len(code) == 4 and code.isascii() and code.isdigit() and int(code) in YEARS
