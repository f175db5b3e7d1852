"""The screen of a call shows its pages per language and makes the missing ones."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from wagtail.users.models import UserProfile

from accounts.users.models import User
from calls.chain.models import Call
from calls.overview.models import CallIndexPage
from calls.pages.models import CallPage
from tests.factories.hub import CallFactory, add_call_page, add_calls

pytestmark = pytest.mark.django_db
LIST = "/admin/snippets/calls/call/"


@pytest.fixture
def call(editor_user: User) -> Call:
    UserProfile.objects.create(user=editor_user, preferred_language="en")
    for language in ("nl", "fr", "de", "en"):
        add_calls(language)
    return CallFactory.create(title={"en": "Centres", "fr": "Des centres"})


def _make(call: Call) -> str:
    return reverse("wagtailsnippets_calls_call:make_pages", args=[call.pk])


def test_a_call_without_a_page_is_not_called_open(editor: Client, call: Call) -> None:
    def state() -> str:
        cells = BeautifulSoup(editor.get(LIST).content, "html.parser").select("tbody td")
        return " ".join(cell.get_text() for cell in cells)

    assert "No page yet" in state()
    page = add_call_page(CallIndexPage.objects.get(locale__language_code="en"), call, live=False)
    assert "Page in draft" in state()
    page.save_revision().publish()
    assert "No page yet" not in state()
    assert "Page in draft" not in state()


def test_the_missing_pages_are_made_in_one_step_and_once(editor: Client, call: Call) -> None:
    known = add_call_page(CallIndexPage.objects.get(locale__language_code="en"), call)
    screen = reverse("wagtailsnippets_calls_call:edit", args=[call.pk])
    soup = BeautifulSoup(editor.get(screen).content, "html.parser")
    assert [button["formaction"] for button in soup.select("button[form=make-page]")] == [_make(call)]
    for _time in range(2):
        assert editor.post(_make(call))["Location"] == screen
    made = CallPage.objects.exclude(pk=known.pk)
    assert {(page.locale.language_code, page.title) for page in made} == {
        ("nl", "Centres"),
        ("fr", "Des centres"),
        ("de", "Centres"),
    }
    assert {(page.live, page.translation_key) for page in made} == {(False, known.translation_key)}
    soup = BeautifulSoup(editor.get(screen).content, "html.parser")
    assert not soup.select("button[form=make-page]")
    links = {str(link["href"]) for link in soup.select("section.languages-pages a")}
    assert {reverse("wagtailadmin_pages:edit", args=[page.pk]) for page in CallPage.objects.all()} <= links


def test_nobody_makes_them_by_looking_or_without_the_right(editor: Client, partner: Client, call: Call) -> None:
    assert editor.get(_make(call)).status_code == 405
    assert partner.post(_make(call)).status_code in {302, 403}
    assert not CallPage.objects.exists()
