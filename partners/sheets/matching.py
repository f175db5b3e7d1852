"""Which organisation a row is about: by a number in a register, then by the end of its address."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from django.db.models import Q
from django.utils.translation import gettext as _

from hub.sheets.cells import KEY
from partners.organisations import identifiers
from partners.organisations.models import EarlierOrganisationSlug, Organisation


@dataclass(frozen=True)
class Match:
    """The organisation, or a new one, and why the row cannot be about it."""

    thing: Organisation
    slug: str
    reasons: list[tuple[str, str]] = field(default_factory=list)


class Matcher:
    """All that the rows can be about, in a fixed number of queries; with `lock` nobody else changes them meanwhile."""

    def __init__(self, rows: list[Mapping[str, str]], *, lock: bool) -> None:
        slugs = {row.get(KEY, "") for row in rows} - {""}
        numbers = {name: {number for row in rows if (number := _number(row, name))} for name in identifiers.NAMES}
        earlier = EarlierOrganisationSlug.objects.filter(slug__in=slugs).order_by("left_at", "pk")
        had = dict(earlier.values_list("slug", "organisation_id"))
        fits = Q(slug__in=slugs) | Q(pk__in=had.values())
        for name, known in numbers.items():
            fits |= Q(**{f"{name}__in": known})
        keys = Organisation.objects.filter(fits).order_by("pk")
        if lock:
            list(keys.select_for_update(no_key=True).values_list("pk", flat=True))
        found = list(keys.select_related("sector", "country", "region").prefetch_related("terms", "texts"))
        by_key = {each.pk: each for each in found}
        self._by_slug = {slug: by_key[pk] for slug, pk in had.items() if pk in by_key} | {e.slug: e for e in found}
        self._by_number = {
            (name, number): each for each in found for name in identifiers.NAMES if (number := getattr(each, name))
        }

    def match(self, row: Mapping[str, str]) -> Match:
        """By the first of its numbers that somebody has; the others must not be those of another."""
        slug = row.get(KEY, "")
        called = self._by_slug.get(slug)
        numbered = [(name, self._by_number.get((name, _number(row, name)))) for name in identifiers.NAMES]
        owners = {each.pk: (name, each) for name, each in numbered if each}
        if len(owners) > 1:
            return Match(Organisation(slug=slug), slug, [("", _("Its numbers belong to different organisations."))])
        if not owners:
            found = called or Organisation(slug=slug)
            return Match(found, found.slug)
        ((name, owner),) = owners.values()
        if called and called.pk != owner.pk:
            said = _("This is the number of “%(owner)s”, and the slug that of “%(called)s”.")
            reasons = [(name, said % {"owner": owner.name, "called": called.name})]
            return Match(Organisation(slug=slug), slug, reasons)
        if not called and _is_called_otherwise(row, owner):
            # Likely a new one with a slip in its number: it would rename the other and empty its cells.
            said = _(
                "This is the number of “%(owner)s”. If the row is about it, write its slug “%(slug)s”; "
                "else correct the number."
            )
            reasons = [(name, said % {"owner": owner.name, "slug": owner.slug})]
            return Match(Organisation(slug=slug), slug, reasons)
        return Match(owner, owner.slug)

    def taken(self, organisation: Organisation, touched: set[str]) -> Iterator[tuple[str, str]]:
        """Numbers that the row gives it and another organisation has."""
        for name in identifiers.NAMES:
            other = self._by_number.get((name, getattr(organisation, name)))
            if name in touched and other and other.pk != organisation.pk:
                yield name, _("“%s” has this number.") % other.name


def shared(things: Iterable[tuple[int, Organisation]]) -> dict[int, list[tuple[str, str]]]:
    """By the row of each thing, the numbers that it would have together with another row."""
    rows: dict[tuple[str, str], list[int]] = {}
    for row, thing in things:
        for name in identifiers.NAMES:
            if number := getattr(thing, name):
                rows.setdefault((name, number), []).append(row)
    found: dict[int, list[tuple[str, str]]] = {}
    for (name, _same), having in rows.items():
        for row in having if len(having) > 1 else ():
            others = ", ".join(str(each) for each in having if each != row)
            said = _("No two organisations have the same number; these rows have it, too: %s.") % others
            found.setdefault(row, []).append((name, said))
    return found


def _is_called_otherwise(row: Mapping[str, str], owner: Organisation) -> bool:
    said, known = (" ".join(name.casefold().split()) for name in (row.get("name", ""), owner.name))
    return bool(said) and said != known


def _number(row: Mapping[str, str], name: str) -> str:
    written = row.get(name, "")
    return identifiers.plain(name, written) if written else ""
