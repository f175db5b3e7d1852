"""Results in figures, documents, places of use, staff and time on the page of a practice."""

import json
import re

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override
from i18nfield.strings import LazyI18nString
from wagtail.models import Collection, CollectionViewRestriction

from practices.practice.amounts import written
from practices.practice.models.details import PracticeFigure, PracticeUse
from practices.practice.models.practice import Practice
from tests.factories.partners import OrganisationFactory
from tests.factories.practices import (
    JudgementFactory,
    PracticeDocumentFactory,
    PracticeFactory,
    PracticeFigureFactory,
    PracticeSourceFactory,
    PracticeUseFactory,
    term,
)

pytestmark = pytest.mark.django_db


def read(visitor: Client, path: str = "/en/practices/shared/") -> str:
    return visitor.get(path).content.decode()


@pytest.mark.parametrize(
    ("language", "expected"), [("en", "12,500"), ("nl", "12.500"), ("de", "12.500"), ("fr", "12\xa0500")]
)
def test_figures_are_written_as_readers_do(language: str, expected: str) -> None:
    with override(language):
        assert written("12500") == expected
        assert written("80 %") == "80 %"
        assert written("3.5 in 4") == ("3.5 in 4" if language == "en" else "3,5 in 4")
        assert written("1,200") == "1,200"
        assert written("10.5.2024") == "10.5.2024"


def bars(part: str) -> list[tuple[int, str]]:
    """Length and number of each bar."""
    found = re.findall(r'bars__length"[^>]*width="(\d+)".*?bars__number"[^>]*>([^<]*)<', part)
    return [(int(width), said) for width, said in found]


def test_before_and_after_are_bars_with_their_numbers_and_sources(visitor: Client) -> None:
    practice = PracticeFactory.create(slug="shared")
    words = LazyI18nString({"en": "people without a home"})
    for value, year in (("5482", 2018), ("8000", 2008)):
        source = f"https://example.org/{year}"
        PracticeFigureFactory.create(practice=practice, label=words, value=value, year=year, source=source)
    other = LazyI18nString({"en": "homes"})
    PracticeFigureFactory.create(practice=practice, label=other, value="12", year=2018)
    page = read(visitor)
    figures = page[page.index('id="figures"') : page.index('id="assessment"')]
    assert bars(figures) == [(270, "8,000"), (round(270 * 5482 / 8000), "5,482")]
    assert 'role="img" aria-label="people without a home: 8,000 (2008), 5,482 (2018)"' in figures
    assert re.findall(r'href="https://example.org/(\d+)"', figures) == ["2008", "2018"]
    assert re.findall(r'figures__value">([^<]+)<', figures) == ["12"], "what is drawn is not told twice"


def test_a_long_number_stands_above_its_bar(visitor: Client) -> None:
    practice = PracticeFactory.create(slug="shared")
    for value, year in (("8 euro for each child", 2018), ("9 euro for each child", 2019)):
        PracticeFigureFactory.create(practice=practice, label=LazyI18nString({"en": "cost"}), value=value, year=year)
    page = read(visitor)
    assert re.findall(r'bars__label"[^>]*>([^<]+)<', page) == [
        "2018 · 8 euro for each child",
        "2019 · 9 euro for each child",
    ]
    assert [said for _width, said in bars(page)] == ["", ""]


@pytest.mark.parametrize(
    ("values", "labels", "years"),
    [
        (("80 %", "80"), ("a", "a"), (2018, 2019)),
        (("8 of 10", "9 of 10"), ("a", "a"), (2018, 2019)),
        (("-5 %", "-12 %"), ("a", "a"), (2018, 2019)),
        (("8", "9"), ("a", "a"), (2018, 2018)),
        (("8", "9"), ("a", "a"), (2018, None)),
        (("8", "9"), ("a", "b"), (2018, 2019)),
    ],
    ids=["another unit", "no amount", "below zero", "one year", "a year unknown", "something else"],
)
def test_what_does_not_compare_is_not_drawn(
    visitor: Client, values: tuple[str, str], labels: tuple[str, str], years: tuple[int, int | None]
) -> None:
    practice = PracticeFactory.create(slug="shared")
    for value, label, year in zip(values, labels, years, strict=True):
        PracticeFigureFactory.create(practice=practice, label=LazyI18nString({"en": label}), value=value, year=year)
    page = read(visitor)
    assert bars(page) == []
    assert page.count('class="figures__value"') == 2


def test_figures_name_year_source_and_foreign_words(visitor: Client) -> None:
    practice = PracticeFactory.create(slug="shared")
    words = LazyI18nString({"fr": "voisins", "de": "Nachbarn"})
    PracticeFigureFactory.create(practice=practice, label=words, year=2021, source="https://example.org/count")
    page = read(visitor)
    figures = page[page.index('id="figures"') : page.index('id="assessment"')]
    assert '<dt lang="fr">voisins</dt>' in figures
    assert '<dd class="figures__value">12,500</dd>' in figures
    assert "2021 ·" in figures
    assert 'href="https://example.org/count"' in figures
    assert '<dt lang="de">' not in read(visitor, "/de/praxisbeispiele/shared/")


def test_places_of_use_are_named(visitor: Client) -> None:
    practice = PracticeFactory.create(slug="shared")
    PracticeUseFactory.create(practice=practice, organisation="De Buren", place="Ghent", country=term("country", "BE"))
    PracticeUseFactory.create(practice=practice, place="", country=term("country", "FR"), since=2019)
    uses = read(visitor).split('id="uses"')[1].split("</section>")[0]
    assert re.search(r"<strong>De Buren</strong><span[^>]*>Ghent, Belgium</span>", uses)
    assert re.search(r"<strong>France</strong><span[^>]*>since 2019</span>", uses)


def test_what_it_takes_is_told_with_names(visitor: Client) -> None:
    owner = OrganisationFactory.create(name="The neighbourhood", sector="citizens")
    PracticeFactory.create(slug="shared", staff="2.50", months=6, sector=["citizens", "academia"], owner=owner)
    page = read(visitor)
    takes = " ".join(page[page.index('id="takes"') : page.index('id="how"')].split())
    assert "<dd>2.5</dd>" in takes
    assert "<dd>6 months</dd>" in takes
    assert "<span>Citizens: The neighbourhood</span>" in takes
    assert takes.count("(not part of it)") == 3
    assert "Sectors: Citizens, Academia" in takes
    assert "<dd>2,5</dd>" in read(visitor, "/fr/pratiques/shared/")


def test_documents_of_a_closed_collection_stay_away(visitor: Client) -> None:
    practice = PracticeFactory.create(slug="shared", texts={"en": {"steps": ""}})
    secret = PracticeDocumentFactory.create(practice=practice, title="Secret")
    closed = Collection.get_first_root_node().add_child(instance=Collection(name="Closed"))
    inside = closed.add_child(instance=Collection(name="Inside"))
    CollectionViewRestriction.objects.create(collection=closed, restriction_type="login")
    secret.document.collection = inside
    secret.document.save()
    assert "Secret" not in read(visitor)
    assert 'id="how"' not in read(visitor)
    PracticeDocumentFactory.create(practice=practice, title="Handleiding", language="nl")
    how = read(visitor).split('id="how"')[1].split("</section>")[0]
    assert 'hreflang="nl"><span lang="nl">Handleiding</span>' in how
    assert "Dutch" in how
    assert "Secret" not in how


def test_nothing_of_a_draft_is_shown_before_it_is_published(visitor: Client) -> None:
    stored = PracticeFactory.create(slug="shared")
    PracticeFigureFactory.create(practice=stored, label=LazyI18nString({"en": "reviewed", "nl": "nagekeken"}))
    draft = Practice.objects.get(pk=stored.pk)
    draft.figures.add(PracticeFigure(value="7", label=LazyI18nString({"en": "unreviewed"})))
    draft.uses.add(PracticeUse(place="Unreviewed town", country=term("country", "BE")))
    draft.staff = 9
    draft.save_revision()
    assert "nreviewed" not in read(visitor)
    draft.latest_revision.publish()
    page = read(visitor)
    assert "Unreviewed town" in page
    assert "unreviewed" in page
    assert "<dd>9</dd>" in page
    assert "nagekeken" in read(visitor, "/nl/praktijken/shared/")


def test_machines_are_told_too(visitor: Client) -> None:
    practice = PracticeFactory.create(slug="shared", kind="tool", months=6, cost="under-10k", target=["homeless"])
    PracticeFigureFactory.create(practice=practice, year=2021)
    PracticeUseFactory.create(practice=practice, organisation="De Buren")
    PracticeDocumentFactory.create(practice=practice, title="Manual")
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', read(visitor), re.DOTALL)
    assert found
    data = json.loads(found[1])
    assert [thing["@type"] for thing in data["mentions"]] == ["Observation", "Organization"]
    assert data["mentions"][0] | {"observationDate": "2021", "name": "neighbours"} == data["mentions"][0]
    assert data["associatedMedia"][0]["contentUrl"].startswith("http://localhost:8000/documents/")
    assert data["publisher"]["name"] == "NCCSI"
    assert data["audience"][0]["audienceType"] == "Homeless people"
    assert data["totalTime"] == "P6M"


def test_queries_do_not_grow_with_what_is_told(visitor: Client) -> None:
    practice = PracticeFactory.create(slug="shared", theme=["19"], sector=["citizens"])
    PracticeFactory.create(theme=["19"])
    codes = ["relevance", "intervention", "evidence-theory", "ethics", "effectiveness", "equity", "participation"]
    counts = []
    for more in (1, 29):
        for _number in range(more):
            PracticeFigureFactory.create(practice=practice)
            PracticeUseFactory.create(practice=practice, country=term("country", "BE"))
            PracticeDocumentFactory.create(practice=practice)
            PracticeSourceFactory.create(practice=practice)
        for code in codes[:1] if more == 1 else codes[1:]:
            JudgementFactory.create(practice=practice, criterion=code)
        with CaptureQueriesContext(connection) as queries:
            visitor.get("/en/practices/shared/")
        counts.append(len(queries))
    assert counts[0] == counts[1]
    # Reuse elsewhere, the history and the notes that cite it ask once each where there is nothing to tell.
    assert counts[0] <= 27


@pytest.mark.parametrize(
    ("row", "field"),
    [
        (PracticeFigure(value="1", label="x", year=99), "year"),
        (PracticeFigure(value="1", label="x", source="ftp://example.org/"), "source"),
        (PracticeUse(), "__all__"),
        (PracticeUse(place="Ghent", since=99), "since"),
        (PracticeUse(place="Ghent", website="javascript:alert(1)"), "website"),
    ],
)
def test_what_does_not_fit_is_refused(row: PracticeFigure | PracticeUse, field: str) -> None:
    with pytest.raises(ValidationError) as refused:
        row.full_clean(exclude=["practice"])
    assert field in refused.value.message_dict


def test_a_use_without_a_place_cannot_be_stored() -> None:
    practice = PracticeFactory.create()
    with pytest.raises(IntegrityError), transaction.atomic():
        PracticeUse.objects.create(practice=practice)
    with pytest.raises(IntegrityError), transaction.atomic():
        Practice.objects.filter(pk=practice.pk).update(staff=-1)
