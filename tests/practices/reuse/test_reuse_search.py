"""The site's search finds reports of reuse and policy hooks; search engines are told what a report says."""

import json
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.users.models import User
from partners.organisations.models import Organisation
from practices.reuse.models.reuses import Reuse
from tests.factories.mainstreaming import hook
from tests.factories.practices import PracticeFactory
from tests.factories.reuse import accepted, place, reported

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

WORDS: dict[str, Any] = {"came_of_it": "Allotment keepers share zucchini with the neighbourhood."}


def page(client: Client, words: str, kind: str = "") -> str:
    answer = client.get("/en/search/", {"q": words, **({"kind": kind} if kind else {})})
    assert answer.status_code == 200
    return answer.content.decode()


def address(reuse: Reuse) -> str:
    return reuse.get_absolute_url()


def test_a_report_is_found_by_what_it_tells_and_by_where(visitor: Client, editor_user: User) -> None:
    reuse = accepted(by=editor_user, where=place("Oostduinkerke"), **WORDS)
    for words in ("zucchini", "keeper allotments", "Oostduinkerke", "zucchini oostduinkerke"):
        assert address(reuse) in page(visitor, words), words
    found = page(visitor, "zucchini", "reuse")
    assert address(reuse) in found
    assert "Report of reuse" in found
    assert "It works" in found
    assert address(reuse) not in page(visitor, "zucchini aubergine pineapple kind", "practice")


def test_one_that_visitors_cannot_read_is_not_found(visitor: Client, editor_user: User) -> None:
    waiting, hidden = reported(**WORDS), accepted(by=editor_user, **WORDS)
    Organisation.objects.filter(pk=hidden.organisation_id).update(status="hidden")
    found = page(visitor, "zucchini")
    assert address(waiting) not in found
    assert address(hidden) not in found


def test_a_policy_hook_is_found_by_its_name_in_any_language(visitor: Client) -> None:
    made = hook("eu", title={"nl": "Besluit over deeltuinen", "fr": "Décret sur les potagers"}, place="")
    silent = hook("eu", title={"nl": "Besluit over deeltuinen"}, place="", status="")
    for words in ("deeltuinen", "potager", "décret potagers"):
        found = page(visitor, words)
        assert f"hook={made.pk}" in found, words
        assert f"hook={silent.pk}" not in found
    assert "Policy hook" in page(visitor, "deeltuinen", "policy-hook")


def test_plain_names_of_hooks_are_found_as_well(visitor: Client) -> None:
    made = hook("municipality", title="Allotment regulation", place="Oostduinkerke")
    assert f"hook={made.pk}" in page(visitor, "allotments")
    assert f"hook={made.pk}" in page(visitor, "oostduinkerke regulation")


def test_the_indexes_answer(editor_user: User) -> None:
    accepted(by=editor_user, **WORDS)
    with CaptureQueriesContext(connection) as captured, connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(
            "EXPLAIN SELECT id FROM practices_reuseversion WHERE language = 'en' AND "
            "hub_vector(language, '', came_of_it, why_stopped, what_changed) @@ 'zucchini'::tsquery"
        )
        told = " ".join(row[0] for row in cursor.fetchall())
        cursor.execute("EXPLAIN SELECT id FROM practices_reuse WHERE hub_vector('', adopter, place) @@ 'x'::tsquery")
        named = " ".join(row[0] for row in cursor.fetchall())
    assert len(captured) == 3
    assert "reuse_version_words" in told
    assert "reuse_names" in named


def test_search_engines_read_who_used_what_where(visitor: Client, editor_user: User) -> None:
    practice = PracticeFactory.create(texts={"en": {"title": "Shared gardens"}})
    said: dict[str, Any] = {"outcome": "failed", "why_stopped": "Nobody came.", "since_month": 3, "until_year": 2022}
    reuse = accepted(practice, by=editor_user, **said)
    html = visitor.get(address(reuse)).content.decode()
    found = re.search(r'<script type="application/ld\+json">(.+?)</script>', html)
    assert found
    told = json.loads(found[1])
    assert told["@type"] == "UseAction"
    assert told["object"]["name"] == "Shared gardens"
    assert told["agent"]["name"] == reuse.name
    assert (told["startTime"], told["endTime"]) == ("2021-03", "2022")
    assert told["actionStatus"] == "https://schema.org/FailedActionStatus"
    assert told["error"]["description"] == "Nobody came."
