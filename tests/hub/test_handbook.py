"""The handbook: the same in each language it is written in, and read in the admin."""

import re
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.users.models import UserProfile

from accounts.users.models import User
from hub.handbook import chapters

pytestmark = pytest.mark.django_db
LANGUAGES = sorted(chapters.languages())
TRANSLATED = sorted(set(LANGUAGES) - {chapters.WRITTEN_IN})
_HEADING = re.compile(r"^(#+) .+$", re.MULTILINE)
_PICTURE = re.compile(r"!\[[^\]]+\]\((pictures/[\w-]+\.png)\)")
_WITHIN = re.compile(r"\]\(#([^)]+)\)")


def _text(language: str) -> str:
    return chapters.file_of(language).read_text(encoding="utf-8")


def test_it_is_written_in_dutch_french_and_english() -> None:
    assert LANGUAGES == ["en", "fr", "nl"]


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_has_every_chapter_and_picture(language: str) -> None:
    """In the same order: who follows a colleague's hint finds it."""
    original, text = _text(chapters.WRITTEN_IN), _text(language)
    assert [len(level) for level in _HEADING.findall(text)] == [len(level) for level in _HEADING.findall(original)]
    assert _PICTURE.findall(text) == _PICTURE.findall(original)
    assert text.count("\n|") == original.count("\n|"), "the tables have the same rows"
    assert 0.85 < len(text.split()) / len(original.split()) < 1.45


@pytest.mark.parametrize("language", LANGUAGES)
def test_its_links_and_pictures_are_there(language: str) -> None:
    text, page = _text(language), chapters.handbook(language).content
    assert len(_PICTURE.findall(text)) > 10
    for picture in _PICTURE.findall(text):
        assert (chapters.FOLDER / picture).is_file()
    for anchor in _WITHIN.findall(text):
        assert f'id="{anchor}"' in page, anchor
    assert "<img" in page
    assert 'href="reviewing.md"' not in page


@pytest.mark.parametrize(("language", "shown"), [("de", "en"), ("en", "en"), ("fr", "fr"), ("nl", "nl")])
def test_it_is_read_in_the_language_of_the_editor(language: str, shown: str, editor: Client, editor_user: User) -> None:
    UserProfile.objects.update_or_create(user=editor_user, defaults={"preferred_language": language})
    page = editor.get(reverse("hub_handbook"))
    assert page.context["handbook"].language == shown
    picture = re.search(r'src="(/admin/handbook/pictures/[\w-]+\.png)"', page.content.decode())
    assert picture
    answer = editor.get(picture[1])
    assert answer["Content-Type"] == "image/png"
    assert b"".join(answer.streaming_content).startswith(b"\x89PNG")  # type: ignore[attr-defined]
    assert editor.get(reverse("hub_handbook_picture", args=["nothing"])).status_code == 404


def test_headings_are_found_as_the_repository_shows_them() -> None:
    assert chapters.anchor_of("Name, funding statement and menus") == "name-funding-statement-and-menus"
    assert chapters.anchor_of("L’événement : après") == "lévénement--après"
    assert Path(chapters.file_of("nl")).name == "editors.nl.md"
