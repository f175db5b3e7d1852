"""What visitors see of offers and requests: they end by themselves, by the database's clock, and are searched."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from partners.exchange.models import Notice, today
from tests.factories.exchange import NoticeFactory
from tests.factories.partners import OrganisationFactory, public_call

pytestmark = pytest.mark.django_db


def at(name: str, *args: Any) -> str:
    with translation.override("en"):
        return reverse(f"exchange:{name}", args=args)


def _listed(client: Client, query: str = "") -> str:
    return client.get(f"{at('notices')}?{query}").content.decode()


def test_they_end_by_themselves_by_the_clock_of_the_database(client: Client) -> None:
    last_day = NoticeFactory.create(title="Last day", until=today())
    over = NoticeFactory.create(title="Was yesterday", until=today() - timedelta(days=1))
    assert list(Notice.objects.public()) == [last_day]
    page = _listed(client)
    assert "Last day" in page
    assert "Was yesterday" not in page
    # A wrong clock of the process changes nothing.
    with time_machine.travel(timezone.now() - timedelta(days=30), tick=True):
        assert list(Notice.objects.public()) == [last_day]
    gone = client.get(at("notice", over.pk))
    assert gone.status_code == 410
    assert at("notices") in gone.content.decode()
    assert client.get(at("answer", over.pk)).status_code == 410


def test_what_is_withdrawn_or_of_a_hidden_organisation_is_not_public(client: Client) -> None:
    withdrawn = NoticeFactory.create(withdrawn_at=timezone.now())
    hidden = NoticeFactory.create(organisation=OrganisationFactory.create(status="hidden"))
    assert not Notice.objects.public().exists()
    assert client.get(at("notice", withdrawn.pk)).status_code == 410
    assert client.get(at("notice", hidden.pk)).status_code == 404, "nothing is told of what is hidden"


def test_a_year_is_the_most_and_only_what_is_withdrawn_has_a_reason() -> None:
    NoticeFactory.create(until=today() + timedelta(days=366))
    for wrong in (
        {"until": today() + timedelta(days=367)},
        {"kind": "other"},
        {"taken_down_reason": "Why not"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            NoticeFactory.create(**wrong)


def test_search_and_facets(client: Client) -> None:
    NoticeFactory.create(title="Meeting rooms", terms=["19"])
    NoticeFactory.create(title="An evaluator wanted", kind="request", text="Somebody who measures effects.")
    page = _listed(client, "kind=request")
    assert "An evaluator wanted" in page
    assert "Meeting rooms" not in page
    assert "Meeting rooms" in _listed(client, "theme=19")
    assert "evaluator" not in _listed(client, "theme=19")
    assert "Meeting rooms" in _listed(client, "q=room"), "stems, in the language of the words"
    assert "An evaluator wanted" in _listed(client, "q=measuring&kind=request&country=BE")
    assert "Meeting rooms" in _listed(client, "kind=nonsense&country=XX"), "what is not known is left out"
    assert "Meeting rooms" not in _listed(client, "q=nothing-of-this")


def test_words_of_another_language_say_so(client: Client) -> None:
    found = NoticeFactory.create(title="Een zaal", text="Veertig stoelen.", language="nl")
    assert '<h1 lang="nl">' in client.get(at("notice", found.pk)).content.decode()
    assert 'lang="nl">Een zaal' in _listed(client)


def test_the_page_of_the_organisation_shows_them_only_when_there_are_some(client: Client) -> None:
    organisation = OrganisationFactory.create(slug="house")
    with translation.override("en"):
        page = organisation.get_absolute_url()
    assert "What it offers and looks for" not in client.get(page).content.decode()
    NoticeFactory.create(organisation=organisation, title="Forty chairs")
    assert "Forty chairs" in client.get(f"{page}?again").content.decode()


def test_the_page_of_a_call_shows_what_is_for_it(client: Client) -> None:
    call = public_call(due_at=timezone.now() + timedelta(days=30))
    NoticeFactory.create(title="For no call")
    NoticeFactory.create(title="For this call", call=call)
    page = client.get(f"/en/calls/call-{call.pk}/").content.decode()
    assert "For this call" in page
    assert "For no call" not in page


def test_a_list_of_any_length_asks_as_much(client: Client) -> None:
    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(f"{at('notices')}?fresh={Notice.objects.count()}")
        return len(queries)

    NoticeFactory.create(terms=["19"])
    _listed(client)
    few = asked()
    for _number in range(20):
        NoticeFactory.create(terms=["1", "19"])
    assert asked() <= few
    assert few <= 25
