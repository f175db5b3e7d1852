"""What `matching` measures of the directory: its list with facets and map, and the likely duplicates of a name."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from partners.organisations.models import Organisation

ON_A_PAGE, LIKELY = 24, 5
Choice = dict[str, Any]


def choices(own: "list[Organisation]") -> list[Choice]:
    """A theme and the country of each of these, as a visitor chooses them."""
    found = []
    for each in own:
        theme = next(term for term in each.terms.all() if term.vocabulary == "theme")
        found.append({"country": each.country, "theme": theme})
    return found


def rows(choice: Choice) -> object:
    """The first page, the number, and the counts of all facets."""
    from django.http import QueryDict

    from partners.directory.filters import Directory

    asked = QueryDict(mutable=True)
    asked.update({name: term.code for name, term in choice.items()})
    found = Directory(asked, "en")
    facets = [*found.first_facets, *found.more_facets]
    counts = {facet.name: {option.code: option.count for option in facet.options} for facet in facets}
    return [each.pk for each in found.page], found.page.paginator.count, counts


def page(choice: Choice) -> object:
    """The whole page with the two maps, as a first visitor gets it."""
    from django.core.cache import cache
    from django.test import Client

    cache.clear()
    query = {name: term.code for name, term in choice.items()}
    answer = Client(headers={"host": "localhost"}).get("/en/partners/", query)
    if answer.status_code != 200:
        raise RuntimeError(f"The directory answers {answer.status_code}.")
    return answer.content


def by_hand(choice: Choice) -> object:
    from benchmarks.by_hand import directory as plain_directory

    return plain_directory.directory({name: term.pk for name, term in choice.items()}, ON_A_PAGE)


def typed(organisation: "Organisation") -> str:
    """A name that exists, with its last letters gone."""
    return organisation.name[:-2]


def resembling(name: str) -> object:
    """The addresses of what is suggested."""
    from partners.claims.duplicates import suggestions

    return [each.slug for each in suggestions(name=name)]


def resembling_by_hand(name: str) -> object:
    from benchmarks.by_hand import directory as plain_directory
    from hub.search import full_text

    (words,) = full_text.plain_words([name])
    return plain_directory.resembling(" ".join(words), LIKELY)
