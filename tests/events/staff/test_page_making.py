"""A page made from the screen of an event: nothing is typed twice."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry, Page, PageLogEntry

from events.agenda.models import Event
from events.agenda.pages import EventPage
from tests.factories.events import EventFactory, agenda, event_page

pytestmark = pytest.mark.django_db


def edit_url(event: Event) -> str:
    return reverse("wagtailsnippets_events_event:edit", args=[event.pk])


def make_url(event: Event, language: str) -> str:
    return reverse("wagtailsnippets_events_event:make_page", args=[event.pk, language])


@pytest.fixture
def event() -> Event:
    for language in ("nl", "fr", "de", "en"):
        agenda(language)
    return EventFactory.create(title={"en": "Info meeting", "fr": "Séance d'information"})


def test_the_screen_offers_each_language_and_links_what_is_there(editor: Client, event: Event) -> None:
    page = event_page(event, language="nl")
    soup = BeautifulSoup(editor.get(edit_url(event)).content, "html.parser")
    offered = {str(button["formaction"]) for button in soup.select("button[form=make-page]")}
    missing = reverse("wagtailsnippets_events_event:make_pages", args=[event.pk])
    assert offered == {make_url(event, language) for language in ("fr", "de", "en")} | {missing}
    assert soup.select(f'a[href="{reverse("wagtailadmin_pages:edit", args=[page.pk])}"]')
    assert soup.select("form#make-page input[name=csrfmiddlewaretoken]")


def test_it_makes_a_draft_in_that_language_and_opens_it(editor: Client, event: Event) -> None:
    known = event_page(event, language="en")
    answer = editor.post(make_url(event, "fr"))
    page = EventPage.objects.get(locale__language_code="fr")
    assert answer["Location"] == reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert (page.title, page.live, page.translation_key) == ("Séance d'information", False, known.translation_key)
    assert page.get_parent().pk == agenda("fr").pk
    assert editor.get(answer["Location"]).status_code == 200
    assert PageLogEntry.objects.filter(page=page.pk, action="wagtail.create").exists()
    assert not ModelLogEntry.objects.exists()


def test_pressed_twice_it_is_one_page(editor: Client, event: Event) -> None:
    first, second = (editor.post(make_url(event, "de"))["Location"] for _time in range(2))
    assert first == second
    assert EventPage.objects.count() == 1


def test_nobody_makes_one_by_looking_or_without_the_right(editor: Client, partner: Client, event: Event) -> None:
    assert editor.get(make_url(event, "de")).status_code == 405
    assert partner.post(make_url(event, "de")).status_code in {302, 403}
    assert editor.post(make_url(event, "xx")).status_code in {302, 403}
    Page.objects.filter(pk=agenda("de").pk).delete()
    assert not EventPage.objects.exists()


def test_the_missing_ones_are_made_in_one_step(editor: Client, event: Event) -> None:
    known = event_page(event, language="nl")
    for _time in range(2):
        answer = editor.post(reverse("wagtailsnippets_events_event:make_pages", args=[event.pk]))
        assert answer["Location"] == edit_url(event)
    pages = EventPage.objects.exclude(pk=known.pk)
    assert {page.locale.language_code for page in pages} == {"fr", "de", "en"}
    assert {(page.live, page.translation_key) for page in pages} == {(False, known.translation_key)}
