"""What became of practices as open data: numbers on each practice, reports of reuse, policy hooks."""

import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.users.models import User
from partners.organisations.models import Organisation
from practices.practice.models.practice import Practice
from practices.reuse.models.reuses import Reuse
from practices.reuse.models.versions import ReuseVersion
from practices.search.models import LibraryEntry
from tests.factories.mainstreaming import hook
from tests.factories.partners import OrganisationFactory
from tests.factories.practices import PracticeFactory
from tests.factories.reuse import accepted, many, reported

pytestmark = pytest.mark.django_db

PRACTICES, REUSES, HOOKS = (f"/api/v1/{name}/" for name in ("practices", "reuses", "policy-hooks"))


def rows(client: Client, path: str, **query: Any) -> list[dict[str, Any]]:
    answer = client.get(path, query)
    assert answer.status_code == 200
    return answer.json()["results"]


def test_a_practice_tells_what_became_of_it(visitor: Client) -> None:
    practice = PracticeFactory.create(slug="one")
    many(practice, 2)
    many(practice, 1, outcome="stopped", why_stopped="The grant ended.")
    made = hook("eu", title={"en": "The fund"}, practices=[practice])
    hook("region", status="", practices=[practice])
    (row,) = rows(visitor, PRACTICES)
    assert row["reuse"] == {"total": 3, "works": 2, "part": 0, "stopped": 1, "failed": 0, "early": 0}
    assert (row["uptake"], row["outcome"], row["policy"]) == ("yes", ["works", "stopped"], ["eu"])
    assert row["policy_hooks"] == [
        {
            "id": made.pk,
            "title": {"en": "The fund"},
            "kind": "decree",
            "level": "eu",
            "status": "in-force",
            "status_since": "2020-05-01",
        }
    ]
    assert visitor.get(f"{PRACTICES}one/").json()["reuse"] == row["reuse"]


def test_one_of_which_nothing_is_known(visitor: Client) -> None:
    PracticeFactory.create()
    (row,) = rows(visitor, PRACTICES)
    assert (row["uptake"], row["outcome"], row["policy"], row["policy_hooks"]) == ("unknown", [], [], [])
    assert row["reuse"]["total"] == 0


def test_its_codes_are_those_that_the_library_finds_it_by(visitor: Client) -> None:
    from practices.search import keys

    for number in range(4):
        practice = PracticeFactory.create()
        many(practice, number % 2, outcome="failed", why_stopped="Nobody came.")
        hook(["eu", "region"][number // 2], practices=[practice])
    for row in rows(visitor, PRACTICES):
        entry = LibraryEntry.objects.get(practice__slug=row["slug"])
        for name in keys.RECORDS:
            told = row[name] if isinstance(row[name], list) else [row[name]]
            assert set(keys.records(name, entry.keys).values()) == set(told)


def test_a_report_tells_what_its_page_tells(visitor: Client, editor_user: User) -> None:
    organisation = OrganisationFactory.create(slug="genio", name="Genio")
    practice = PracticeFactory.create(slug="one")
    said = {"since_month": 3, "what_changed": "Smaller groups.", "nature": ["shorter"], "cost_year": 2022}
    reuse = accepted(
        practice, by=editor_user, organisation=organisation, sources=1, figures=1, planned_cost="12000", **said
    )
    (row,) = rows(visitor, REUSES)
    whole = visitor.get(f"{REUSES}{reuse.uuid}/").json()
    expected = {
        "uuid": str(reuse.uuid),
        "practice": "one",
        "adopter": {"name": "Genio", "slug": "genio"},
        "country": "BE",
        "region": "BE23",
        "place": "Aalst",
        "since": "2021-03",
        "until": None,
        "outcome": "works",
        "came_of_it": {"en": "Neighbours meet."},
        "why_stopped": {},
        "version": 1,
    }
    assert {name: row[name] for name in expected} == expected
    assert visitor.get(row["urls"]["en"].removeprefix("http://localhost:8000")).status_code == 200
    assert row == {name: whole[name] for name in row}
    assert whole["what_changed"] == {"en": "Smaller groups."}
    assert (whole["planned_cost"], whole["actual_cost"], whole["cost_year"]) == ("12000.00", None, 2022)
    assert whole["figures"][0] | {"value": ""} == {
        "what": "people who take part",
        "value": "",
        "unit": "people",
        "year": 2022,
        "source": "",
    }
    assert float(whole["figures"][0]["value"]) == 12
    assert whole["sources"] == [{"title": "Yearly report", "url": "https://example.org/report"}]
    by = ReuseVersion.objects.get().by
    assert by is not None
    assert by.email not in json.dumps(whole)


def test_what_visitors_cannot_read_is_nowhere(visitor: Client, editor_user: User) -> None:
    waiting, of_hidden, of_draft = reported(), accepted(by=editor_user), accepted(by=editor_user)
    Organisation.objects.filter(pk=of_hidden.organisation_id).update(status="hidden")
    Practice.objects.filter(pk=of_draft.practice_id).update(live=False)
    silent = hook("eu", status="", practices=[waiting.practice])
    assert rows(visitor, REUSES) == rows(visitor, HOOKS) == []
    for reuse in (waiting, of_hidden, of_draft):
        assert visitor.get(f"{REUSES}{reuse.uuid}/").status_code == 404
    for key in (silent.pk, 2**63, 10**18):
        assert visitor.get(f"{HOOKS}{key}/").status_code == 404


def test_reports_are_narrowed(visitor: Client) -> None:
    first, second = PracticeFactory.create(slug="first"), PracticeFactory.create(slug="second")
    many(first, 2)
    many(second, 1, outcome="failed", why_stopped="Nobody came.")

    def told(**query: Any) -> list[str]:
        return sorted(row["practice"] for row in rows(visitor, REUSES, **query))

    assert told() == told(outcome="galaxy") == told(country=["BE", "XX"]) == ["first", "first", "second"]
    assert told(practice="first") == told(outcome="works") == ["first", "first"]
    assert told(practice=["first", "second"], outcome=["failed", "early"]) == ["second"]
    assert told(practice="third") == told(practice="first", outcome="failed") == told(country="FI") == []
    assert told(practice="\0") == told()


def test_policy_hooks_are_narrowed_and_tell_their_history(visitor: Client) -> None:
    practice, draft = PracticeFactory.create(slug="one"), PracticeFactory.create(live=False)
    decree = hook("region", practices=[practice, draft], website="https://example.org/decree")
    fund = hook("eu", kind="budget", status="idea", place="")

    def told(**query: Any) -> list[int]:
        return sorted(row["id"] for row in rows(visitor, HOOKS, **query))

    assert told() == told(level="galaxy") == told(level=["eu", "region"]) == [decree.pk, fund.pk]
    assert told(level="eu") == told(status="idea") == told(kind=["budget", "law"]) == [fund.pk]
    assert told(practice="one") == [decree.pk]
    assert told(practice=draft.slug) == told(practice="one", level="eu") == told(country="BE") == []
    whole = visitor.get(f"{HOOKS}{decree.pk}/").json()
    assert whole["practices"] == ["one"]
    assert (whole["status"], whole["status_since"], whole["place"]) == ("in-force", "2020-05-01", "X")
    (step,) = whole["history"]
    assert (step["status"], step["on"], step["known"], step["word"]) == ("in-force", "2020-05-01", "day", "The city")
    page = visitor.get(whole["urls"]["en"].removeprefix("http://localhost:8000")).content.decode()
    assert f'id="hook-{decree.pk}"' in page
    assert f'id="hook-{fund.pk}"' not in page


@pytest.mark.parametrize("path", [PRACTICES, REUSES, HOOKS])
def test_as_many_queries_for_a_few_as_for_many(visitor: Client, path: str) -> None:
    counts = []
    for more in (1, 9):
        for _number in range(more):
            practice = PracticeFactory.create()
            many(practice, 2)
            hook("eu", practices=[practice, PracticeFactory.create()])
        visitor.get("/api/v1/terms/")  # what is remembered does not count
        with CaptureQueriesContext(connection) as captured:
            assert rows(visitor, path, page_size="200")
        counts.append(sum("hub_contentchange" not in query["sql"] for query in captured))
    assert counts[0] == counts[1] <= 12


def test_the_walk_comes_to_an_end_and_what_is_known_is_not_sent_again(visitor: Client) -> None:
    many(PracticeFactory.create(), 5)
    first = visitor.get(REUSES, {"page_size": "2"})
    seen, url = [row["uuid"] for row in first.json()["results"]], first.json()["next"]
    while url:
        answer = visitor.get(url.removeprefix("http://localhost:8000")).json()
        seen, url = [*seen, *(row["uuid"] for row in answer["results"])], answer["next"]
    assert sorted(seen) == sorted(str(each.uuid) for each in Reuse.objects.all())
    assert first.headers["ETag"]
