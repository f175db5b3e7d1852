"""A reader's own language comes first on the home page, and the library can be narrowed to it."""

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.translation import override

from practices.practice.languages import newest_in
from practices.templatetags.practices_tags import latest_practices
from tests.factories.practices import PracticeFactory

pytestmark = pytest.mark.django_db
BARE: dict[str, Any] = {"what": "", "results": "", "needs": "", "steps": ""}


def test_what_is_there_in_full_comes_first_and_the_newest_of_it() -> None:
    for day, (slug, texts) in enumerate(
        [
            ("old", {"en": {"title": "Old"}, "nl": {"title": "Oud"}}),
            ("summary", {"en": {"title": "Whole"}, "nl": {"title": "Kort", **BARE}}),
            ("bare", {"nl": {"title": "Nergens meer", **BARE}}),
            ("foreign", {"en": {"title": "New"}}),
        ]
    ):
        published = timezone.now() - timedelta(days=10 - day)
        PracticeFactory.create(slug=slug, texts=texts, first_published_at=published)
    PracticeFactory.create(slug="draft", live=False, texts={"nl": {"title": "Nog niet"}})
    assert [each.slug for each in newest_in("nl")] == ["bare", "old", "foreign", "summary"]
    assert [each.slug for each in newest_in("en")] == ["foreign", "summary", "old", "bare"]
    with override("nl"), CaptureQueriesContext(connection) as queries:
        assert [row["title"] for row in latest_practices(2)] == ["Nergens meer", "Oud"]
    assert len([each for each in queries if '"practices_practice"."slug"' in each["sql"]]) == 1


def offer(html: str) -> str:
    """The address behind "Only in ...", if it is offered."""
    found = re.search(r'chip--add" href="([^"]*)" rel="nofollow">Only in English \(\d+\)</a>', html)
    return unescape(found[1]) if found else ""


def test_the_library_offers_to_show_only_what_is_in_the_readers_language(visitor: Client) -> None:
    PracticeFactory.create(slug="here", kind="method", texts={"en": {"title": "Here"}})
    only_english = visitor.get("/en/practices/").content.decode()
    assert not offer(only_english), "all of them are"
    PracticeFactory.create(slug="there", kind="method", original_language="fr", texts={"fr": {"title": "Ailleurs"}})
    html = visitor.get("/en/practices/", {"kind": "method", "sort": "title"}).content.decode()
    assert "Only in English (1)" in html
    where = offer(html)
    assert {"kind=method", "language=en", "sort=title"} == set(where.partition("?")[2].split("&"))
    narrowed = visitor.get(where).content.decode()
    assert "Here" in narrowed
    assert "Ailleurs" not in narrowed
    assert not offer(narrowed)
    assert re.search(r'class="chip" href="[^"]*"[^>]*><span class="visually-hidden">Remove: </span>English<', narrowed)


def test_nothing_is_offered_that_would_find_nothing(visitor: Client) -> None:
    PracticeFactory.create(slug="there", original_language="fr", texts={"fr": {"title": "Ailleurs"}})
    assert not offer(visitor.get("/en/practices/").content.decode())
