"""Profiles that may be the one that somebody is about to make: by number, by domain, by name."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import Case, F, FloatField, Q, Value, When

from hub.search import full_text
from partners.organisations import domains, identifiers
from partners.organisations.domains import DOMAIN
from partners.organisations.models import Organisation

MOST = 5
# A number is proof, a domain nearly; a name only resembles.
_NUMBER, _DOMAIN = 4.0, 2.0


@dataclass(frozen=True)
class Suggestion:
    """A profile, and what speaks for it: no more than its own page shows."""

    name: str
    slug: str
    place: str


def suggestions(
    *, name: str, addresses: Iterable[str] = (), numbers: Mapping[str, str] | None = None
) -> list[Suggestion]:
    """At most five of the directory, the likeliest first; `addresses` are websites and mailboxes."""
    (plain,) = full_text.plain_words([name[:160]])
    known = _domains(addresses)
    fits, whens = Q(pk__in=[]), []
    for field in identifiers.NAMES:
        if number := identifiers.plain(field, (numbers or {}).get(field, "")):
            fits |= Q(**{field: number})
            whens.append(When(**{field: number}, then=Value(_NUMBER)))
    if known:
        fits |= Q(domain__in=known)
        whens.append(When(domain__in=known, then=Value(_DOMAIN)))
    rank: Any = Case(*whens, default=Value(0.0), output_field=FloatField())
    if plain:
        words = " ".join(plain)
        fits |= Q(plain_name__trigram_similar=words)
        rank = rank + TrigramSimilarity("plain_name", words)
    found = Organisation.objects.public().alias(domain=DOMAIN).filter(fits).annotate(rank=rank)
    rows = found.select_related("country", "sector").order_by(F("rank").desc(), "pk")[:MOST]
    return [Suggestion(each.name, each.slug, f"{each.sector}, {each.country}") for each in rows]


def _domains(addresses: Iterable[str]) -> list[str]:
    """Those that say where somebody works."""
    found = (domains.of_website(each) if "://" in each else domains.of_mailbox(each) for each in addresses)
    return sorted({each for each in found if "." in each} - domains.PUBLIC)
