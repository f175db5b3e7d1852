"""The picture of a practice: who made it stands beside it, and it says in words what it shows."""

import json
import re
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file

from hub.content_memory import content_version
from practices.practice.models.practice import Practice
from tests.factories.practices import PracticeFactory
from tests.practices.editing.test_editing import add, described, words

pytestmark = pytest.mark.django_db
CREDIT = {"picture_author": "Kim Maker", "picture_licence": "cc-by-4.0"}
TEXTS = {"en": {"picture_alt": "A garden between houses"}, "nl": {"picture_alt": "Een tuin tussen huizen"}}


def image() -> Image:
    return Image.objects.create(title="Garden", file=get_test_image_file(size=(1600, 1000)))


def pictured(**more: Any) -> Practice:
    given: dict[str, Any] = {"picture": image(), "texts": TEXTS, "theme": ["19"], **CREDIT}
    return PracticeFactory.create(**(given | more))


def soup(client: Client, address: str, data: dict[str, Any] | None = None) -> BeautifulSoup:
    return BeautifulSoup(client.get(address, data).content.decode(), "html.parser")


@pytest.mark.parametrize(
    ("language", "library", "says"),
    [("en", "practices", "A garden between houses"), ("nl", "praktijken", "Een tuin tussen huizen")],
)
def test_the_page_shows_it_in_words_of_the_reader_with_who_made_it(
    visitor: Client, language: str, library: str, says: str
) -> None:
    pictured(slug="shared")
    head = soup(visitor, f"/{language}/{library}/shared/").select_one("header .picture")
    assert head is not None
    assert head.img is not None
    assert head.img["alt"] == says
    assert {"width", "height"} <= set(head.img.attrs)
    assert str(head.img["src"]).endswith(".webp")
    assert "Kim Maker, CC BY 4.0" in " ".join(head.text.split())
    assert head.a is not None
    assert head.a["href"] == "https://creativecommons.org/licenses/by/4.0/"


def test_words_in_another_language_say_so(visitor: Client) -> None:
    pictured(slug="shared", texts={"en": {}, "nl": TEXTS["nl"]})
    head = soup(visitor, "/en/practices/shared/").select_one("header .picture img")
    assert head is not None
    assert (head["alt"], head["lang"]) == ("Een tuin tussen huizen", "nl")


def test_sites_that_link_to_it_get_a_picture_of_their_size(visitor: Client) -> None:
    pictured(slug="shared")
    PracticeFactory.create(slug="bare")
    found = [soup(visitor, f"/en/practices/{slug}/") for slug in ("shared", "bare")]
    shared, bare = ([str(each["content"]) for each in page.select('meta[property="og:image"]')] for page in found)
    assert len(shared) == len(bare) == 1
    assert re.search(r"^http.*/images/.*\.fill-1200x630.*\.jpg$", shared[0])
    assert re.search(r"^http.*/og.*\.png$", bare[0])
    told = found[0].select_one('script[type="application/ld+json"]')
    assert told is not None
    assert json.loads(told.text)["image"]["contentUrl"] == shared[0]


@pytest.mark.parametrize(
    "lacks",
    [{"picture_author": " "}, {"picture_licence": ""}, {"texts": {"en": {}}}],
    ids=["author", "licence", "words"],
)
def test_where_something_is_missing_the_drawing_stands(visitor: Client, lacks: dict[str, Any]) -> None:
    pictured(slug="shared", sector=["citizens"], **lacks)
    head = soup(visitor, "/en/practices/shared/").select_one("header .picture")
    assert head is not None
    assert head.img is None
    assert head.svg is not None
    assert head.svg["aria-hidden"] == "true"
    assert "#theme-19" in str(head.svg)


def test_cards_rows_and_comparison_show_it(visitor: Client) -> None:
    pictured(slug="shared")
    PracticeFactory.create(slug="bare", theme=["19"])
    for address, data in (
        ("/en/practices/", None),
        ("/en/practices/bare/", None),
        ("/en/practices/compare/", {"practice": ["shared", "bare"]}),
    ):
        shown = soup(visitor, address, data).select('main .picture img[loading="lazy"]')
        assert [each["alt"] for each in shown] == ["A garden between houses"], address


def test_a_list_costs_as_many_queries_for_2_as_for_20(visitor: Client) -> None:
    counts = []
    for more in (2, 18):
        for _number in range(more):
            pictured()
        visitor.get("/en/practices/", {"size": 20})  # makes what is shown at this size
        content_version.forget()
        cache.clear()  # Wagtail keeps sizes there, which would hide that each is asked for
        with CaptureQueriesContext(connection) as queries:
            page = visitor.get("/en/practices/", {"size": 20})
        counts.append((page.content.decode().count('alt="A garden'), len(queries)))
    assert [shown for shown, _queries in counts] == [2, 20]
    assert counts[0][1] == counts[1][1]


def test_open_data_says_whose_it_is(visitor: Client) -> None:
    pictured(slug="shared")
    PracticeFactory.create(slug="bare")
    told = visitor.get("/api/v1/practices/shared/").json()["picture"]
    assert told.pop("url").startswith("http")
    assert told == {
        "author": "Kim Maker",
        "licence": "cc-by-4.0",
        "alternative": {"en": "A garden between houses", "nl": "Een tuin tussen huizen"},
    }
    assert visitor.get("/api/v1/practices/bare/").json()["picture"] is None


def test_a_picture_without_its_credit_is_refused() -> None:
    practice = PracticeFactory.create(picture=image())
    with pytest.raises(ValidationError) as refused:
        practice.full_clean()
    assert sorted(refused.value.message_dict) == ["picture_author", "picture_licence"]


def test_the_editor_asks_for_words_in_each_language(editor: Client) -> None:
    texts = [words(picture_alt="A garden"), words("nl", "Samen wonen", picture_alt=" ")]
    given = described(*texts, picture=str(image().pk), **CREDIT)
    refused = add(editor, given)
    assert refused.status_code == 200
    assert refused.content.decode().count("Say what the picture shows") == 1
    assert not Practice.objects.exists()
    whole = described(texts[0], words("nl", "Samen wonen", picture_alt="Een tuin"), picture=str(image().pk), **CREDIT)
    assert add(editor, whole).status_code == 302
    draft = Practice.objects.get().latest_revision.as_object()
    assert [text.picture_alt for text in draft.texts.all()] == ["A garden", "Een tuin"]
    assert "picture_licence" in editor.get(reverse("wagtailsnippets_practices_practice:add")).content.decode()
