"""For each reader and whatever languages there are: mail, list, calendar, newsletter and search lead to one page."""

from datetime import timedelta
from itertools import combinations
from typing import Any

import pytest
from django.db.models import F
from django.utils import timezone
from django.utils.translation import override
from i18nfield.strings import LazyI18nString

from calls.overview.topics import calls_of
from calls.pages.call_calendars import call_pages, deadlines
from calls.pages.models import CallPage
from calls.templatetags.calls_tags import new_call
from calls.templatetags.reminders import in_language as in_mail
from events.agenda.calendar import public_events
from events.agenda.models import Event
from events.agenda.pages import EventPage, page_in, with_pages
from hub.languages.reading_order import distance, in_reading_order, languages_for, nearest_words, one_page_each
from hub.newsletter import issues
from hub.pages.models import NewsPage
from hub.pages.topics import best_page
from hub.search.models import PageEntry
from hub.site.visibility import visible
from practices.library.filters import _shown_title
from practices.practice.models.practice import Practice
from practices.practice.models.texts import PracticeText
from tests.factories.events import EventFactory, event_page
from tests.factories.hub import CallFactory, add, add_call_page, add_calls, add_news
from tests.factories.practices import PracticeFactory

LANGUAGES = ("nl", "fr", "de", "en")
EXISTING = [some for number in (1, 2, 3, 4) for some in combinations(LANGUAGES, number)]
ids = "-".join


def expected(reader: str, existing: tuple[str, ...]) -> str:
    """Their own, else English, else the first of the portal's."""
    return next(code for code in (reader, "en", *LANGUAGES) if code in existing)


def from_newsletter(source: str, key: Any, reader: str) -> set[tuple[str, str]]:
    _label, found = issues.sources()[source]
    since = timezone.now() - timedelta(days=1)
    items = [*found.found([str(key)], reader), *found.published(since, reader, 5)]
    return {(item.language, item.url.removeprefix("http://localhost:8000")) for item in items if item.key == str(key)}


@pytest.mark.django_db
@pytest.mark.parametrize("existing", EXISTING, ids=ids)
def test_one_page_of_a_call(existing: tuple[str, ...]) -> None:
    call = CallFactory.create(due=[timezone.now() + timedelta(days=30)])
    pages = {code: add_call_page(add_calls(code), call, title=f"In {code}", slug="the-call") for code in existing}
    for reader in LANGUAGES:
        page: CallPage = pages[expected(reader, existing)]
        [listed] = one_page_each(visible(CallPage.objects.all()), "call_id", reader)
        assert listed == page
        assert call_pages([call], reader) == {call.pk: page}
        assert calls_of([str(call.pk)], reader)[str(call.pk)].url == page.url
        assert PageEntry.objects.for_reader(reader).get(kind="call").page_id == page.pk
        assert from_newsletter("calls", call.pk, reader) == {(page.locale.language_code, page.url)}
        with override(reader):
            told = new_call(call.pk)
            assert told
            assert told["page"] == page
            assert str(deadlines(reader)[0]["URL"]) == f"http://localhost:8000{page.url}"
        overview = best_page(type(page.get_parent().specific), reader)
        assert overview
        assert overview.locale.language_code == page.locale.language_code


@pytest.mark.django_db
@pytest.mark.parametrize("existing", EXISTING, ids=ids)
def test_one_page_of_an_event(existing: tuple[str, ...]) -> None:
    event = EventFactory.create()
    pages = {existing[0]: event_page(event, language=existing[0], title=f"In {existing[0]}")}
    pages |= {code: event_page(event, language=code, title=f"In {code}") for code in existing[1:]}
    EventPage.objects.update(first_published_at=timezone.now())
    for reader in LANGUAGES:
        page = pages[expected(reader, existing)]
        [listed] = with_pages(Event.objects.public(), reader)
        assert listed == page == page_in(event, reader)
        assert PageEntry.objects.for_reader(reader).get(kind="event").page_id == page.pk
        assert from_newsletter("events", event.pk, reader) == {(page.locale.language_code, page.url)}
        [entry] = public_events(reader)
        assert str(entry["URL"]) == f"http://localhost:8000{page.url}"


@pytest.mark.django_db
@pytest.mark.parametrize("existing", EXISTING, ids=ids)
def test_one_page_of_a_piece_of_news_in_the_newsletter(existing: tuple[str, ...]) -> None:
    news = NewsPage(title="What happened", slug="news-piece")
    pages = {}
    for code in existing:
        translation = NewsPage(title=f"In {code}", slug="piece", translation_key=news.translation_key)
        pages[code] = add(add_news(code, count=0), translation)
    for reader in LANGUAGES:
        page = pages[expected(reader, existing)]
        assert from_newsletter("news", news.translation_key, reader) == {(page.locale.language_code, page.url)}


@pytest.mark.django_db
@pytest.mark.parametrize("original", [*LANGUAGES, "fi"])
def test_the_library_sorts_by_the_title_that_it_shows(original: str) -> None:
    for existing in EXISTING:
        languages = {*existing, original}
        texts = {code: {"title": f"In {code}"} for code in languages}
        practice = PracticeFactory.create(original_language=original, texts=texts)
        of_it = PracticeText.objects.filter(practice=practice)
        for reader in LANGUAGES:
            with override(reader):
                title = Practice.objects.filter(pk=practice.pk).values_list(_shown_title(reader, "entry__")).get()[0]
            shown = in_reading_order(of_it, reader, original)[0]
            nearest = distance("language", reader, original=F("practice__original_language"))
            assert title == shown.title == of_it.order_by(nearest, "language")[0].title


@pytest.mark.parametrize("existing", EXISTING, ids=ids)
def test_labels_say_in_mails_what_they_say_on_pages(existing: tuple[str, ...]) -> None:
    label = LazyI18nString({code: f"In {code}" for code in existing})
    for reader in LANGUAGES:
        words = f"In {expected(reader, existing)}"
        with override(reader):
            assert str(label) == in_mail(label.data) == words
        assert label.localize(reader) == nearest_words(label.data, reader) == words


def test_the_order_is_ones_own_then_english_then_the_original_then_the_portals() -> None:
    assert languages_for("fr") == ["fr", "en", "nl", "de"]
    assert languages_for("fr", "de") == ["fr", "en", "de", "nl"]
    assert languages_for("en", "fi") == ["en", "fi", "nl", "fr", "de"]
