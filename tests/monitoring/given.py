"""Measures of every kind over organisations, with their indicators."""

from dataclasses import replace
from datetime import datetime

import pytest
from django.db.models.functions import Length

from hub.dates.brussels import BRUSSELS
from hub.measures import registry
from hub.measures.breakdowns import by_term
from hub.measures.registry import Kind, Measure
from hub.vocabularies.models import Term
from monitoring.indicators.installing import install
from monitoring.indicators.models import Indicator
from partners.directory.measures import ORGANISATIONS
from partners.organisations.models import Organisation
from tests.factories.partners import OrganisationFactory

NOW = datetime(2027, 6, 15, 12, 0, tzinfo=BRUSSELS)
THEMES = by_term("theme", "Theme", "terms", several=True)
STANDING = replace(ORGANISATIONS, breakdowns=(*ORGANISATIONS.breakdowns, THEMES))
HAPPENED = replace(
    STANDING,
    code="new",
    name="New organisations",
    kind=Kind.HAPPENED,
    anew=True,
    records=lambda span: Organisation.objects.public().filter(**span.within("created_at")),
)
SHARE = replace(
    STANDING,
    code="share",
    name="Share of short names",
    records=lambda span: STANDING.records(span).filter(name__lt="m"),
    whole=STANDING.records,
)
MEDIAN = replace(
    ORGANISATIONS,
    code="letters",
    name="Letters of a name",
    records=lambda span: ORGANISATIONS.records(span).annotate(letters=Length("name")),
    middle="letters",
)
PEOPLE = replace(STANDING, code="people", name="People who took part", people=True, is_open=False, anew=True)
CLOSED = replace(ORGANISATIONS, code="closed", name="Asked in confidence", is_open=False)
ALL = (STANDING, HAPPENED, SHARE, MEDIAN, PEOPLE, CLOSED)


def measured(monkeypatch: pytest.MonkeyPatch, *measures: Measure) -> dict[str, Indicator]:
    """Indicators of these alone, all of them public, and no organisation."""
    Organisation.objects.all().delete()
    Indicator.objects.all().delete()
    monkeypatch.setattr(registry, "_measures", {each.code: each for each in measures})
    install()
    Indicator.objects.update(is_public=True)
    return {each.code: each for each in Indicator.objects.all()}


def organisation(name: str, sector: str = "government", *, at: str = "2027-03-01", themes: str = "") -> Organisation:
    """One that is in the directory since this day."""
    made = OrganisationFactory.create(name=name, sector=sector)
    if themes:
        made.terms.set(Term.objects.of("theme").filter(code__in=themes.split()))
        made.save()
    Organisation.objects.filter(pk=made.pk).update(created_at=datetime.fromisoformat(f"{at}T12:00+01:00"))
    return made


def many(number: int, sector: str = "business") -> None:
    """So many more, each with a name of its own."""
    for place in range(number):
        organisation(f"{sector} {place:03}", sector)
