"""The list of organisations as staff see it: narrowed, and what is done to many at once, on record and undone."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import ModelLogEntry

from accounts.users.models import User
from hub.facts.record import CHANGED_ELSEWHERE, changes_in
from partners.claims import deciding
from partners.claims.models import Claim
from partners.organisations.models import Organisation
from partners.staff import bulk_actions
from tests.factories.accounts import UserFactory
from tests.factories.partners import OrganisationFactory, term
from tests.partners.people import text
from tests.personas import signed_in

pytestmark = pytest.mark.django_db
LIST = "/admin/snippets/partners/organisation/"


def _address(action: str, *chosen: Organisation, every: bool = False, **query: str) -> str:
    ids = ["id=all"] if every else [f"id={each.pk}" for each in chosen]
    asked = [f"{name}={value}" for name, value in query.items()]
    return f"{reverse('wagtail_bulk_action', args=['partners', 'organisation', action])}?{'&'.join(ids + asked)}"


def _described(*codes: tuple[str, str], **facts: Any) -> Organisation:
    found = OrganisationFactory.create(**facts)
    found.terms = [term(vocabulary, code) for vocabulary, code in codes]
    found.save()
    return found


def _listed(client: Client, query: str) -> list[str]:
    return [each.name for each in client.get(f"{LIST}?{query}").context["page_obj"]]


def test_it_is_narrowed_by_each_facet(editor: Client, editor_user: User) -> None:
    brussels = _described(("theme", "19"), ("theme", "3"), name="B", region="BE10", networks=["insisst"])
    finnish = OrganisationFactory.create(name="F", country="FI", sector="government", status="hidden")
    OrganisationFactory.create(name="P", status="proposed")
    deciding.verify(finnish, how="phone", by=editor_user)
    keys = {name: term(*name.split(":")).pk for name in ("theme:19", "theme:3", "country:FI", "sector:government")}
    for query, expected in {
        f"theme={keys['theme:19']}&theme={keys['theme:3']}": ["B"],
        f"region={brussels.region_id}": ["B"],
        f"country={keys['country:FI']}": ["F"],
        f"sector={keys['sector:government']}": ["F"],
        "network=insisst": ["B"],
        "network=unknown": ["B", "F", "P"],
        "verified=true": ["F"],
        "verified=false": ["B", "P"],
        "status=hidden&status=proposed": ["F", "P"],
        "to_do=unverified&status=proposed": ["P"],
    }.items():
        assert _listed(editor, query) == expected, query


def test_each_row_costs_no_query(editor: Client) -> None:
    counts = []
    for more in (3, 30):
        for _number in range(more):
            _described(("theme", "19"))
        with CaptureQueriesContext(connection) as queries:
            editor.get(LIST)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 40


def test_hiding_and_listing_is_said_before_and_on_record(editor: Client, editor_user: User, client: Client) -> None:
    shown, hidden = OrganisationFactory.create(slug="shown"), OrganisationFactory.create(name="Away", status="hidden")
    url = _address("hide", shown, hidden)
    page = text(editor.get(url))
    assert "1 organisation will no longer be visible" in page
    assert "Away: It is hidden already." in page
    assert Organisation.objects.public().exists(), "looking changes nothing"
    for _time in range(2):
        answer = editor.post(url, follow=True)
    assert "There is none to which this can be done." in text(answer)
    assert client.get("/en/partners/shown/").status_code == 404
    (entry,) = ModelLogEntry.objects.filter(action=CHANGED_ELSEWHERE)
    assert entry.user == editor_user
    assert [each.name for each in changes_in(entry)] == ["status"]
    take_back = reverse("wagtailsnippets_partners_organisation:take_back", args=[shown.pk, entry.pk])
    assert editor.get(take_back).status_code == 200
    assert "2 organisations will be shown" in text(editor.get(_address("list", shown, hidden)))
    answer = editor.post(_address("list", shown, hidden), follow=True)
    assert "organisations are in the directory now." in text(answer)
    assert Organisation.objects.public().count() == 2


def test_what_was_proposed_waits_for_its_claim(editor: Client) -> None:
    proposed = OrganisationFactory.create(status="proposed")
    Claim.objects.create(organisation=proposed, user=UserFactory.create(), position="x", is_new=True)
    assert "A claim to it waits" in text(editor.get(_address("list", proposed)))
    editor.post(_address("list", proposed))
    assert not Organisation.objects.public().exists()


def test_a_theme_more_and_less(editor: Client) -> None:
    with_it, without = _described(("theme", "19"), ("theme", "3")), _described(("track", "training"))
    housing = {"term": str(term("theme", "19").pk)}
    page = BeautifulSoup(editor.get(_address("add-term", with_it)).content, "html.parser")
    first = page.select("select[name=term] option")[0]
    assert first["value"] == "", "no term is chosen before somebody chooses"
    refused = editor.post(_address("add-term", with_it), {"term": ""}).content.decode()
    assert "Make a choice under “Theme or action track”." in refused
    answer = editor.post(_address("add-term", with_it, without), housing, follow=True)
    assert "“Housing and assistance for the homeless” added to 1 of 2; the others had it already." in text(answer)
    assert f'href="{reverse("wagtailsnippets_partners_organisation:history", args=[without.pk])}"' in text(answer)
    assert reverse("wagtailsnippets_partners_organisation:history", args=[with_it.pk]) not in text(answer)
    assert {each.code for each in Organisation.objects.get(pk=without.pk).terms.all()} == {"training", "19"}
    assert "all of them had “Housing" in text(editor.post(_address("add-term", with_it), housing, follow=True))
    answer = editor.post(_address("remove-term", every=True, q=""), housing, follow=True)
    assert "“Housing and assistance for the homeless” removed from all 2 that were chosen." in text(answer)
    assert "none of them had “Housing" in text(editor.post(_address("remove-term", with_it), housing, follow=True))
    assert not Organisation.objects.filter(terms__code="19").exists()
    assert {each.code for each in Organisation.objects.get(pk=with_it.pk).terms.all()} == {"3"}
    assert editor.post(_address("add-term", with_it), {"term": "0"}).status_code == 200
    assert ModelLogEntry.objects.filter(action=CHANGED_ELSEWHERE).count() == 3


@pytest.mark.parametrize("action", [each.action_type for each in bulk_actions.ALL])
def test_only_staff_may(action: str, editor: Client) -> None:
    found = OrganisationFactory.create()
    theme = {"term": str(term("theme", "19").pk)}
    stranger = signed_in(UserFactory.create())
    for client in (Client(), stranger):
        assert client.get(_address(action, found)).status_code in {302, 403}
        assert client.post(_address(action, found), theme).status_code in {302, 403}
    assert not ModelLogEntry.objects.exists()
    assert reverse("wagtail_bulk_action", args=["partners", "organisation", action]) in text(editor.get(LIST))
