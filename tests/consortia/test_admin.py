"""What staff see of interests."""

import html
import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from consortia.interest.models import Contribution, Interest
from consortia.introductions.models import Introduction
from hub.vocabularies.models import Term
from tests.factories.consortia import InterestFactory
from tests.factories.partners import OrganisationFactory, public_call, term

pytestmark = pytest.mark.django_db


def address(name: str, *args: int) -> str:
    return reverse(Interest.snippet_viewset.get_url_name(name), args=args)  # type: ignore[attr-defined]  # Wagtail adds it


def test_interests_are_filtered_by_call_track_and_status(editor: Client) -> None:
    call, other = public_call(), public_call(title="Another call")
    mine = InterestFactory.create(call=call, organisation_name="House of Ideas")
    mine.tracks.set([term("track", code) for code in track_codes()[:2]])
    InterestFactory.create(call=other, organisation_name="Elsewhere")
    InterestFactory.create(call=call, organisation_name="Unproved", status="pending", confirmed_at=None)
    track = mine.tracks.all()[0]
    page = editor.get(f"{address('list')}?call={call.pk}&tracks={track.pk}&status=confirmed").content.decode()
    assert "House of Ideas" in page
    assert "Elsewhere" not in page
    assert "Unproved" not in page


def test_interests_are_filtered_by_role_sector_and_whether_they_are_shown(editor: Client) -> None:
    call = public_call()
    InterestFactory.create(call=call, organisation_name="House of Ideas", role="lead", is_shown=True)
    InterestFactory.create(
        call=call, organisation_name="Elsewhere", role="associate", sector=term("sector", "business")
    )
    for asked in ("role=lead", "is_shown=true", f"sector={term('sector', 'citizens').pk}"):
        page = editor.get(f"{address('list')}?{asked}").content.decode()
        assert ("House of Ideas" in page, "Elsewhere" in page) == (True, False), asked


def test_one_interest_is_read_whole_and_taken_away_whole(editor: Client) -> None:
    interest = InterestFactory.create(call=public_call(), offers="A boat.", looks_for="A crew.")
    Contribution.objects.create(interest=interest, track=term("track", "training"), how="With lessons.")
    interest.seeks.set([term("sector", "academia")])
    page = editor.get(address("inspect", interest.pk)).content.decode()
    sheet = editor.get(f"{address('list')}?export=csv")
    text = b"".join(sheet.streaming_content).decode()  # type: ignore[attr-defined]  # a streaming response
    for words in ("A boat.", "A crew.", "With lessons.", "Academia"):
        assert words in page
        assert words in text


def track_codes() -> list[str]:
    return list(Term.objects.of("track").values_list("code", flat=True))


def test_interests_are_not_edited_by_hand(administrator: Client) -> None:
    interest = InterestFactory.create(call=public_call())
    assert administrator.get(address("edit", interest.pk)).status_code in {302, 403}
    assert administrator.get(address("add")).status_code in {302, 403}
    assert administrator.get(address("inspect", interest.pk)).status_code == 200
    administrator.post(address("delete", interest.pk))
    assert Interest.objects.exists()


def test_the_download_runs_no_formula(administrator: Client) -> None:
    interest = InterestFactory.create(call=public_call(), organisation_name="=1+1", offers="+2")
    interest.tracks.set([term("track", track_codes()[0])])
    response = administrator.get(f"{address('list')}?export=csv")
    text = b"".join(response.streaming_content).decode()  # type: ignore[attr-defined]  # a streaming response
    assert "'=1+1" in text
    assert "'+2" in text
    assert administrator.get(f"{address('list')}?export=xlsx").status_code == 200


def test_the_list_stands_in_the_menu_of_the_directory(administrator: Client) -> None:
    page = html.unescape(administrator.get("/admin/").content.decode())
    props = json.loads(page.split('id="wagtail-sidebar-props" type="application/json">')[1].split("</script>")[0])
    menus = [item["_args"] for item in props["modules"][2]["_args"][0]]
    beside = next(below for entry, *below in menus if entry["name"] == "partners")
    # Their names are in the language of whoever asked this process first.
    lists = [item["_args"][0]["url"].rstrip("/").rpartition("/")[2] for item in beside[0]]
    listed = ["organisation", "claim", "interest", "notice", "introduction"]
    assert [each for each in lists if each in listed] == listed


def test_staff_see_who_asked_whom_and_not_what_was_written(editor: Client) -> None:
    call, (one, other) = public_call(), OrganisationFactory.create_batch(2)
    told = {"call": call, "message": "Between us.", "note": "Between us, too.", "answered_at": timezone.now()}
    made = Introduction.objects.create(from_organisation=one, to_organisation=other, status="accepted", **told)
    Introduction.objects.create(
        from_organisation=other, to_organisation=one, status="withdrawn", call=call, message="x"
    )
    names = Introduction.snippet_viewset  # type: ignore[attr-defined]  # Wagtail adds it
    place = reverse(names.get_url_name("list"))
    page = editor.get(f"{place}?call={call.pk}&status=accepted").content.decode()
    read = editor.get(reverse(names.get_url_name("inspect"), args=[made.pk])).content.decode()
    sheet = editor.get(f"{place}?export=csv")
    taken = b"".join(sheet.streaming_content).decode()  # type: ignore[attr-defined]  # a streaming response
    for said in (page, read, taken):
        assert one.name in said
        assert other.name in said
        assert "Between us" not in said
    assert editor.get(f"{place}?q={one.name}").status_code == 200


def test_introductions_cost_as_many_queries_for_one_as_for_many(editor: Client) -> None:
    call = public_call()
    place = reverse(Introduction.snippet_viewset.get_url_name("list"))  # type: ignore[attr-defined]  # Wagtail adds it
    counts = []
    for _round in range(2):
        for _number in range(3):
            one, other = OrganisationFactory.create_batch(2)
            Introduction.objects.create(from_organisation=one, to_organisation=other, call=call, message="x")
        editor.get(place)
        with CaptureQueriesContext(connection) as queries:
            editor.get(place)
        counts.append(len(queries))
    assert counts[0] == counts[1]
