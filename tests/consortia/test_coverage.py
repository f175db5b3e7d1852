"""What the page of a call tells of those who are interested: how many, whence, for what, who, and what is missing."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from calls.chain.models import Call
from calls.pages.models import CallPage
from consortia.coverage.coverage import coverage, seen
from consortia.interest.models import Contribution, Interest
from consortia.interest.registration import withdraw
from hub.content_memory import content_version
from hub.vocabularies.models import Term
from nccsi.caching import content_watch
from partners.organisations.models import Organisation
from tests.consortia.test_interests import address, in_a_week
from tests.factories.consortia import InterestFactory
from tests.factories.partners import OrganisationFactory, public_call, term

pytestmark = pytest.mark.django_db


def interested(call: Call, *tracks: str, **facts: Any) -> Interest:
    organisation = OrganisationFactory.create(name=facts.pop("name", f"House {Organisation.objects.count()}"))
    interest = InterestFactory.create(
        call=call, **{"organisation": organisation, "organisation_name": organisation.name, "is_shown": True} | facts
    )
    for code in tracks:
        Contribution.objects.create(interest=interest, track=term("track", code), how="With secret money.")
    return interest


def read(call: Call) -> str:
    answer = Client().get(CallPage.objects.get(call=call).url or "")
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_what_counts_is_counted_and_what_is_missing_is_said() -> None:
    call = public_call(due_at=in_a_week())
    interested(call, "training", role="partner", sector=term("sector", "academia"))
    interested(call, "training", "financing", role="associate", is_shown=False)
    interested(call, "regional", status="withdrawn")
    interested(public_call(), "government")
    with translation.override("en"):
        found = coverage(call)
    assert (found.number, found.leading) == (2, 0)
    assert {each.code: each.count for each in found.sectors if each.count} == {"academia": 1, "citizens": 1}
    assert {each.code: each.count for each in found.tracks if each.count} == {"training": 2, "financing": 1}
    with translation.override("en"):
        missing = found.missing
    assert missing[:2] == [
        "Nobody offers to lead a partnership yet.",
        "Nobody offers “Work with research and teaching” yet.",
    ]
    assert "No organisation from “Business” yet." in missing
    assert len(missing) == 1 + 4 + 3
    interested(call, role="either")
    assert coverage(call).leading == 1


def test_a_call_that_asks_for_some_tracks_lacks_no_others() -> None:
    call = public_call()
    call.tracks = [term("track", "training")]
    call.save()
    assert [each.code for each in coverage(call).tracks] == ["training"]


def test_the_page_names_only_those_that_allow_it_and_nobodys_texts() -> None:
    call = public_call(due_at=in_a_week())
    assert "Who is interested" not in read(call)
    shown = interested(call, "training", name="House of Ideas", offers="A secret boat.")
    interested(call, "training", name="House of Silence", is_shown=False)
    InterestFactory.create(call=call, organisation_name="Anybody at all", is_shown=True)
    assert list(seen(call)) == [shown]
    page = read(call)
    assert "3 organisations show interest so far." in page
    assert shown.organisation
    with translation.override("en"):
        assert f'href="{shown.organisation.get_absolute_url()}"' in page
    assert "Nobody offers “Work with research and teaching” yet." in page
    for hidden in ("House of Silence", "Anybody at all", "secret", "Coordinator", shown.email):
        assert hidden not in page, hidden
    withdraw(shown)
    assert "House of Ideas" not in read(call), "a page that is kept changes with it"
    Contribution.objects.filter(interest__call=call).delete()
    assert "Nobody offers “Training for target groups” yet." in read(call)
    assert {Interest, Contribution, Interest.seeks.through} <= set(content_watch.watched())


def test_a_hidden_organisation_is_not_named() -> None:
    call = public_call(due_at=in_a_week())
    interest = interested(call, name="House of Ideas")
    Organisation.objects.filter(pk=interest.organisation_id).update(status="hidden")
    assert "House of Ideas" not in read(call)


def test_a_long_list_has_a_page_of_its_own(client: Client) -> None:
    call = public_call(due_at=in_a_week())
    for number in range(12):
        interested(call, name=f"House {number:02}")
    assert address("who", call.pk) not in read(call)
    for number in range(12, 30):
        interested(call, name=f"House {number:02}")
    page = read(call)
    assert address("who", call.pk) in page
    assert "House 11" in page
    assert "House 12" not in page
    first = client.get(address("who", call.pk)).content.decode()
    second = client.get(address("who", call.pk), {"page": 2}).content.decode()
    assert ("House 23" in first, "House 24" in first, "House 24" in second) == (True, False, True)
    assert client.get(address("who", Call.objects.create(title="Hidden").pk)).status_code == 404


def test_the_same_number_of_queries_for_one_and_many(client: Client) -> None:
    call = public_call(due_at=in_a_week())

    def asked(path: str) -> int:
        content_version.current()
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert Client().get(path).status_code == 200
        return len(queries)

    interested(call, "training")
    paths = [CallPage.objects.get(call=call).url or "", address("who", call.pk)]
    for path in paths:
        asked(path)
    interested(call, "training")
    few = [asked(path) for path in paths]
    for _each in range(30):
        interested(call, *Term.objects.of("track").values_list("code", flat=True))
    assert [asked(path) for path in paths] == few


def test_the_page_of_an_organisation_tells_what_it_is_interested_in() -> None:
    call = public_call(due_at=in_a_week(), title="Together")
    interest = interested(call, "training", role="lead")
    organisation = interest.organisation
    assert organisation
    with translation.override("en"):
        path = organisation.get_absolute_url()
    page = Client().get(path).content.decode()
    assert "Calls it is interested in" in page
    assert "Lead a partnership" in page
    Interest.objects.update(is_shown=False)
    assert "Calls it is interested in" not in Client().get(path).content.decode()
    assert not seen(call).exists()


def test_whoever_uses_the_name_of_a_listed_organisation_is_not_told_to_visitors() -> None:
    """They may be its people or not: what they say makes nothing vanish that is missing."""
    call = public_call(due_at=in_a_week())
    listed = interested(call, "training", role="partner", name="House of Ideas")
    InterestFactory.create(call=call, organisation_name="HOUSE of ideas", role="lead")
    InterestFactory.create(call=call, organisation_name="Hall of Ideas", role="partner")
    found = coverage(call)
    assert (found.number, found.leading) == (2, 0)
    assert coverage(call, with_namesakes=True).number == 3, "staff see it"
    Organisation.objects.filter(pk=listed.organisation_id).update(status="hidden")
    assert coverage(call).number == 3


def test_the_page_of_the_call_tells_how_many_let_others_see_it() -> None:
    call = public_call(due_at=in_a_week())
    interested(call)
    assert "1 organisation shows interest so far. 1 lets others see it." in read(call)
    interested(call, is_shown=False)
    interested(call)
    assert "3 organisations show interest so far. 2 let others see it." in read(call)
