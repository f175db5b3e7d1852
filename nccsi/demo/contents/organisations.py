"""Organisations that really exist, each with its words in all four languages."""

from typing import Any

from hub.vocabularies.models import Vocabulary
from nccsi.demo.reading import words
from nccsi.demo.reading.checking import check
from nccsi.demo.reading.terms import Terms
from partners.organisations.models import Organisation, OrganisationText


def load(terms: Terms) -> int:
    """Adds the organisations that are missing and lists them in the directory."""
    told = words.read("organisations.toml")["organisation"]
    known = set(Organisation.objects.values_list("slug", flat=True))
    missing = [facts for facts in told if facts["slug"] not in known]
    for facts in missing:
        _add(facts, terms)
    return len(missing)


def _add(facts: dict[str, Any], terms: Terms) -> None:
    organisation = Organisation(
        slug=facts["slug"],
        name=facts["name"],
        status=Organisation.Status.LISTED,
        original_language=facts["original_language"],
        sector=terms.the(Vocabulary.SECTOR, facts["sector"]),
        country=terms.the(Vocabulary.COUNTRY, facts["country"]),
        region=terms.one(Vocabulary.REGION, facts.get("region")),
        networks=facts["networks"],
        website=facts.get("website", ""),
    )
    organisation.terms = [
        *terms.several(Vocabulary.TRACK, facts["tracks"]),
        *terms.several(Vocabulary.THEME, facts.get("themes", [])),
        *terms.several(Vocabulary.TARGET, facts.get("targets", [])),
    ]
    organisation.texts = [
        OrganisationText(language=language, summary=text["summary"], body=text.get("body", "").strip())
        for language, text in facts["texts"].items()
    ]
    check(organisation, *organisation.texts.all())
    organisation.save()
