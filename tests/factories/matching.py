"""Organisations and interests told in few words, for what is said of matches."""

from collections.abc import Iterable, Mapping
from typing import Any

from calls.chain.models import Call
from consortia.interest.models import Contribution, Interest
from hub.vocabularies.models import Term
from partners.organisations.models import Organisation
from tests.factories.consortia import InterestFactory
from tests.factories.partners import OrganisationFactory, term

# What an organisation is told by; everything else is of the interest.
OF_ORGANISATION = ("country", "region", "networks", "status")


def terms(names: Iterable[str]) -> list[Term]:
    """Terms by `vocabulary:code`."""
    return [term(*name.split(":")) for name in names]


def organisation(name: str, told: Mapping[str, Any]) -> Organisation:
    """A listed one; `terms` are written `theme:19`."""
    facts = {key: told[key] for key in (*OF_ORGANISATION, "sector") if key in told}
    made = OrganisationFactory.create(name=name, texts={}, **facts)
    made.terms = terms(told.get("terms", []))
    made.save()
    return made


def interest(call: Call, name: str, told: Mapping[str, Any] | None = None, **more: Any) -> Interest:
    """A confirmed interest that others may see, of an organisation of that name, unless `organisation` is given."""
    told = dict(told or {}) | more
    own = told.get("organisation") or organisation(name, told)
    made = InterestFactory.create(
        call=call,
        organisation=own,
        organisation_name=own.name,
        sector=term("sector", told.get("sector", "citizens")),
        role=told.get("role", "either"),
        is_shown=told.get("is_shown", True),
    )
    add_tracks(made, told.get("tracks", []))
    made.seeks.set(terms(told.get("seeks", [])))
    return made


def add_tracks(made: Interest, codes: Iterable[str]) -> None:
    """It contributes to these, too."""
    Contribution.objects.bulk_create(Contribution(interest=made, track=term("track", code)) for code in codes)
