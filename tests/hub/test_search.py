import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.models import PageViewRestriction

from hub.content_memory.search_index import indexed_once
from hub.pages.models import StandardPage
from hub.search.models import PageEntry
from hub.site_search import page_entries
from hub.vocabularies import loading
from hub.vocabularies.models import Term
from tests.factories.events import EventFactory, event_page
from tests.factories.hub import CallFactory, DeadlineFactory, add_call_page, add_calls, add_page, home
from tests.factories.partners import OrganisationFactory

pytestmark = pytest.mark.django_db


def test_pages_are_found_in_the_readers_language(visitor: Client) -> None:
    add_page(title="Housing for everyone", introduction="Roofs first.")
    add_page(parent=home("nl"), title="Housing in het Nederlands", slug="over")
    text = visitor.get("/en/search/?q=housing").content.decode()
    assert "Housing for everyone" in text
    assert "Roofs first." in text
    assert "Nederlands</a>" not in text


def test_drafts_are_not_found(visitor: Client) -> None:
    add_page(title="Housing for everyone").unpublish()
    assert "Housing for everyone" not in visitor.get("/en/search/?q=housing").content.decode()


def test_nothing_found_says_what_to_do_next(visitor: Client) -> None:
    assert "Try other words" in visitor.get("/en/search/?q=xyzzyplugh").content.decode()
    assert "Try other words" not in visitor.get("/en/search/").content.decode()


@pytest.mark.parametrize(
    "words", ["%00", "x" * 10_000, "<script>alert(1)</script>", "'%3B--", "%22", "-", "a%26!b", "%FF"]
)
def test_odd_input_is_harmless(visitor: Client, words: str) -> None:
    answer = visitor.get(f"/en/search/?q={words}")
    assert answer.status_code == 200
    assert "<script>alert" not in answer.content.decode()


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from(["q", "page", "kind", "language", "x"]), st.text(max_size=40)))
def test_any_query_is_answered(visitor: Client, query: dict[str, Any]) -> None:
    assert visitor.get("/en/search/", query).status_code == 200


def test_a_whole_book_is_not_printed_back(visitor: Client) -> None:
    usual = len(visitor.get("/en/search/?q=roof").content)
    answer = visitor.get("/en/search/", {"q": "x" * 60_000, "unknown": "y" * 60_000})
    assert answer.status_code == 200
    assert len(answer.content) < usual + 2_000
    assert "at most 200 characters" in answer.content.decode()


def found(visitor: Client, words: str, language: str = "en") -> list[str]:
    """The titles that the search shows."""
    answer = visitor.get(f"/{language}/search/", {"q": words})
    return re.findall(r'row__title"><a [^>]*>([^<]*)</a>', answer.content.decode())


class TestWhatPagesAreFoundBy:
    @pytest.mark.parametrize("words", ["roofs", "Roof", "stairwells", "“stair wells and roofs”", "déjà"])
    def test_the_words_of_its_blocks_in_any_form(self, visitor: Client, words: str) -> None:
        body = [("paragraph", "<p>Stair wells and <b>roofs</b>, deja.</p>"), ("heading", "Stairwell")]
        add_page(title="Housing", body=body)
        assert found(visitor, words) == ["Housing"]

    @pytest.mark.parametrize("words", ["ENCCSI", "enccsi", "CCI-2026/7", "esf+"])
    def test_a_call_by_its_short_name_number_and_programme(self, visitor: Client, words: str) -> None:
        call = CallFactory.create(title="ENCCSI", reference="CCI-2026/7")
        add_call_page(add_calls(), call, title="Build a centre")
        assert "Build a centre" in found(visitor, words)

    def test_an_event_by_its_place_which_may_change(self, visitor: Client) -> None:
        event = EventFactory.create(venue="De Krook", address="Makelaarsstraat, Gent")
        event_page(event, title="Info meeting")
        assert found(visitor, "krook") == found(visitor, "makelaarsstraat gent") == ["Info meeting"]
        event.venue = "Muntpunt"
        event.save()
        assert found(visitor, "muntpunt") == ["Info meeting"]
        assert found(visitor, "krook") == []

    def test_an_event_by_the_call_it_belongs_to(self, visitor: Client) -> None:
        call = CallFactory.create(title="ENCCSI")
        event_page(EventFactory.create(call=call), title="Info meeting")
        assert found(visitor, "enccsi") == ["Info meeting"]
        call.title = "BELSIC"
        call.save()
        assert found(visitor, "belsic") == ["Info meeting"]
        assert found(visitor, "enccsi") == []

    def test_a_call_by_the_steps_of_its_chain_as_they_are_called_now(self, visitor: Client) -> None:
        step = DeadlineFactory.create(label="Notarise the statutes")
        add_call_page(add_calls(), step.call, title="Build a centre")
        assert found(visitor, "notarise") == ["Build a centre"]
        step.label = "Legalise the statutes"
        step.save()
        assert found(visitor, "legalise") == ["Build a centre"]
        assert found(visitor, "notarise") == []
        step.delete()
        assert found(visitor, "legalise") == []

    def test_calls_and_events_by_their_tracks_as_these_are_called_now(self, visitor: Client) -> None:
        track = Term.objects.of("track").get(code="training")
        add_call_page(add_calls(), CallFactory.create(tracks=["training"]), title="Build a centre")
        event = EventFactory.create()
        event_page(event, title="Info meeting")
        event.tracks.add(track)
        event.save()
        assert set(found(visitor, str(track.label.localize("en")))) == {"Build a centre", "Info meeting"}
        track.label = "Apprenticeships"
        track.save()
        assert set(found(visitor, "apprenticeship")) == {"Build a centre", "Info meeting"}
        track.delete()
        assert found(visitor, "apprenticeship") == []

    def test_by_what_the_files_of_the_portal_call_a_track_now(self, visitor: Client) -> None:
        Term.objects.filter(vocabulary="track", code="training").update(label="Apprenticeships")
        add_call_page(add_calls(), CallFactory.create(tracks=["training"]), title="Build a centre")
        event = EventFactory.create()
        event_page(event, title="Info meeting")
        event.tracks.set(Term.objects.filter(vocabulary="track", code="training"))
        event.save()
        assert set(found(visitor, "apprenticeship")) == {"Build a centre", "Info meeting"}
        loading.load()
        assert set(found(visitor, "training for target groups")) == {"Build a centre", "Info meeting"}
        assert found(visitor, "apprenticeship") == []

    def test_files_that_change_what_many_pages_say_ask_as_much_as_for_few(self) -> None:
        calls, counts = add_calls(), []
        for number in (3, 9):
            for _each in range(number):
                add_call_page(calls, CallFactory.create(tracks=["training", "finance"]))
                event_page(event := EventFactory.create())
                event.tracks.set(Term.objects.filter(vocabulary="track", code="training"))
                event.save()
            tracks = Term.objects.of("track")
            tracks.update(label="Apprenticeships")
            page_entries.renew_entries_of(list(tracks))
            PageEntry.objects.update(learnt=False)
            with CaptureQueriesContext(connection) as queries:
                assert loading.load() == tracks.count()
            counts.append(len(queries))
            assert not PageEntry.objects.filter(facts__contains="Apprentice").exists()
            assert not PageEntry.objects.filter(learnt=False, kind__in=["call", "event"]).exists()
        assert counts[0] == counts[1] <= 30

    def test_what_is_saved_meanwhile_is_renewed_once(self, visitor: Client) -> None:
        with page_entries.renewed_once():
            page = add_page(title="Housing")
            page.title = "Gardening"
            page.save()
            assert not PageEntry.objects.filter(page=page).exists()
        assert found(visitor, "gardening") == ["Gardening"]
        page.title = "Cooking"
        page.save()
        assert found(visitor, "cooking") == ["Cooking"]

    def test_wagtails_own_search_knows_at_the_end_what_was_saved_meanwhile(self) -> None:
        def known(words: str) -> list[str]:
            return [page.title for page in StandardPage.objects.search(words)]

        with indexed_once():
            page = add_page(title="Housing")
            assert known("housing") == []
        assert known("housing") == ["Housing"]
        page.title = "Gardening"
        page.save()
        assert known("gardening") == ["Gardening"]

    def test_the_title_comes_before_the_text(self, visitor: Client) -> None:
        add_page(title="Other", slug="other", introduction="About accessibility and accessibility once more.")
        add_page(title="Accessibility", slug="accessibility")
        assert found(visitor, "accessible") == ["Accessibility", "Other"]

    def test_a_new_title_at_once_and_a_draft_not_before_it_is_published(self, visitor: Client) -> None:
        page = add_page(title="Housing")
        page.title = "Gardening"
        revision = page.save_revision()
        assert found(visitor, "gardening") == []
        revision.publish()
        assert found(visitor, "gardening") == ["Gardening"]
        assert found(visitor, "housing") == []

    def test_nothing_private_or_past_or_in_another_language(self, visitor: Client) -> None:
        secret = add_page(title="Housing secret", slug="secret")
        PageViewRestriction.objects.create(page=secret, restriction_type="login")
        add_page(parent=secret, title="Housing below", slug="below")
        add_page(title="Housing expired", slug="expired", expire_at=timezone.now() - timedelta(days=1))
        call_command("publish_scheduled", verbosity=0)
        add_page(parent=home("nl"), title="Housing in Gent", slug="gent")
        assert found(visitor, "housing") == []

    def test_several_words_of_which_no_page_has_all(self, visitor: Client) -> None:
        add_page(title="Housing for families", slug="families")
        add_page(title="Gardens", slug="gardens", introduction="For families.")
        assert found(visitor, "housing families xyzzy") == ["Housing for families"]
        assert found(visitor, '"housing families" xyzzy') == []

    @pytest.mark.parametrize("words", ["-", '"', "“”", "'", "%", "_", "\u00ad"])
    def test_signs_alone_find_nothing(self, visitor: Client, words: str) -> None:
        add_page(title="Housing_for 100 %")
        OrganisationFactory.create(name="100 % Housing")
        assert found(visitor, words) == []

    def test_the_set_up_fills_in_what_is_missing_once(self, visitor: Client) -> None:
        add_page(title="Housing")
        PageEntry.objects.all().delete()
        assert found(visitor, "housing") == []
        assert "Pages made ready for search" in page_entries.fill_entries()
        assert found(visitor, "housing") == ["Housing"]
        assert page_entries.fill_entries() == ""

    def test_as_many_queries_for_one_page_as_for_forty(self, visitor: Client) -> None:
        counts = []
        for more in (1, 5, 34):
            for _number in range(more):
                add_page(title="Housing", slug=f"housing-{PageEntry.objects.count()}")
            cache.clear()
            found(visitor, "housing")  # what a process remembers
            with CaptureQueriesContext(connection) as queries:
                assert found(visitor, "housing")
            counts.append(len(queries))
        assert counts[1] == counts[2] <= 25


class TestOrganisations:
    @pytest.mark.parametrize("words", ["bydelsmodre", "BYDELSMØDRE", "Bydels\u00admødre"])
    def test_a_name_without_its_accents(self, visitor: Client, words: str) -> None:
        OrganisationFactory.create(name="Bydelsmødre")
        assert found(visitor, words) == ["Bydelsmødre"]
