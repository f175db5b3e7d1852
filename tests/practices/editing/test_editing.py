"""Staff describe practices in the admin: drafts, one list per vocabulary, preview, history."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from accounts.users.models import User
from practices.editing.admin import free_slug
from practices.practice.models.practice import Practice
from tests.factories.accounts import UserFactory
from tests.factories.practices import PracticeFactory, term
from tests.personas import give_second_factor, signed_in

pytestmark = pytest.mark.django_db
NAMES = "wagtailsnippets_practices_practice"


def words(language: str = "en", title: str = "Shared homes", **more: str) -> dict[str, str]:
    return {
        "language": language,
        "title": title,
        "summary": "S",
        "what": "",
        "results": "",
        "needs": "",
        "steps": "",
    } | more


def described(*texts: dict[str, str], **more: Any) -> dict[str, Any]:
    """What the editor's form sends."""
    facts = {
        "original_language": "en",
        "kind": str(term("kind", "method").pk),
        "stage": "",
        "evidence": "",
        "reach": "",
        "cost": "",
        "since": "",
        "theme": [str(term("theme", code).pk) for code in ("19", "3")],
        "country": [str(term("country", "BE").pk)],
        "slug": "",
        "texts": inline_formset(list(texts) or [words()]),
        "sources": inline_formset([{"title": "Report", "url": "https://example.org/"}]),
        "staff": "",
        "months": "",
        "assessed_on": "",
        "assessed_by": "",
        "assessment_due_on": "",
        **{name: inline_formset([]) for name in ("figures", "documents", "uses", "judgements")},
    }
    given = facts | more
    lists = {name: given.pop(name) for name in ("theme", "country")}
    return nested_form_data(given) | lists


def add(client: Client, data: dict[str, Any], **more: Any) -> Any:
    return client.post(reverse(f"{NAMES}:add"), data | more)


def test_the_menu_leads_to_the_list_and_each_row_costs_no_query(editor: Client) -> None:
    counts = []
    for more in (1, 2, 20):
        for _number in range(more):
            PracticeFactory.create(stage="5", theme=["19"], texts={"en": {}, "nl": {}})
        with CaptureQueriesContext(connection) as queries:
            page = editor.get(reverse(f"{NAMES}:list"))
        counts.append(len(queries))
    assert page.status_code == 200
    assert "Shared living" in page.content.decode()
    assert counts[1] == counts[2]


def test_searching_and_filtering_shows_each_practice_once(editor: Client) -> None:
    for title in ("Buren", "Voisins"):
        PracticeFactory.create(theme=["19", "3"], texts={"nl": {"title": title}, "fr": {"title": title}})
    queries: list[dict[str, str]] = [{"q": "buren"}, {"theme": str(term("theme", "19").pk), "q": "buren"}]
    for query in queries:
        results = editor.get(reverse(f"{NAMES}:list_results"), query).context["object_list"]
        assert [str(practice) for practice in results] == ["Buren"]


def test_a_draft_gets_a_slug_and_its_terms_and_nobody_sees_it(editor: Client, visitor: Client) -> None:
    assert add(editor, described()).status_code == 302
    practice = Practice.objects.get()
    assert practice.slug == "shared-homes"
    assert not practice.live
    assert visitor.get("/en/practices/shared-homes/").status_code == 404
    draft = practice.latest_revision.as_object()
    assert {(each.vocabulary, each.code) for each in draft.terms.all()} == {
        ("theme", "19"),
        ("theme", "3"),
        ("country", "BE"),
    }


def test_a_draft_of_a_published_practice_keeps_a_language_that_was_added(editor: Client) -> None:
    """Its text has no search vector yet, since it is in no table; the draft must not stumble over that."""
    add(editor, described(), **{"action-publish": "1"})
    practice = Practice.objects.get()
    text, source = practice.texts.get(), practice.sources.get()
    later = described(
        slug=practice.slug,
        texts=inline_formset([words(id=str(text.pk)), words("nl", "Samen wonen")], initial=1),
        sources=inline_formset([{"title": "Report", "url": "https://example.org/", "id": str(source.pk)}], initial=1),
    )
    assert editor.post(reverse(f"{NAMES}:edit", args=[practice.pk]), later).status_code == 302
    practice.refresh_from_db()
    draft = practice.get_latest_revision_as_object()
    assert {each.language: each.title for each in draft.texts.all()} == {"en": "Shared homes", "nl": "Samen wonen"}
    assert [each.language for each in practice.texts.all()] == ["en"]


def test_publishing_shows_it_and_a_later_draft_changes_nothing_yet(editor: Client, visitor: Client) -> None:
    add(editor, described(), **{"action-publish": "1"})
    practice = Practice.objects.get()
    edit = reverse(f"{NAMES}:edit", args=[practice.pk])
    assert "Shared homes" in visitor.get("/en/practices/shared-homes/").content.decode()
    assert editor.get(edit).status_code == 200
    text, source = practice.texts.get(), practice.sources.get()
    later = described(
        slug="shared-homes",
        theme=[str(term("theme", "1").pk)],
        texts=inline_formset([words(title="Unreviewed", id=str(text.pk))], initial=1),
        sources=inline_formset([{"title": "Report", "url": "https://example.org/", "id": str(source.pk)}], initial=1),
    )
    assert editor.post(edit, later).status_code == 302
    page = visitor.get("/en/practices/shared-homes/").content.decode()
    assert "Unreviewed" not in page
    assert not visitor.get("/en/practices/?theme=1").context["library"].count
    editor.post(edit, later | {"action-publish": "1"})
    assert "Unreviewed" in visitor.get("/en/practices/shared-homes/").content.decode()
    assert visitor.get("/en/practices/?theme=1").context["library"].count == 1
    assert not visitor.get("/en/practices/?theme=19").context["library"].count


def test_what_does_not_fit_is_told(editor: Client) -> None:
    wrong = described(words("nl"), **{"action-publish": "1"})
    answer = add(editor, wrong)
    assert answer.status_code == 200
    assert "There is no text in this language below." in answer.content.decode()
    assert add(editor, described(slug="compare")).context["form"].errors["slug"]
    twice = described(words("en"), words("en", "Again"))
    assert add(editor, twice).status_code == 200
    assert not Practice.objects.exists()


def test_a_term_of_another_vocabulary_is_refused_everywhere() -> None:
    practice = PracticeFactory.create()
    practice.stage = term("evidence", "1")
    with pytest.raises(ValidationError):
        practice.full_clean()


def test_the_preview_is_the_page_in_the_language_asked_for(editor: Client) -> None:
    practice = PracticeFactory.create(live=False, texts={"en": {"title": "Neighbours"}, "nl": {"title": "Buren"}})
    practice.save_revision()
    url = reverse(f"{NAMES}:preview_on_edit", args=[practice.pk])
    texts = list(practice.texts.order_by("language"))
    data = described(
        slug=practice.slug,
        texts=inline_formset([words(each.language, f"New {each.title}", id=str(each.pk)) for each in texts], initial=2),
    )
    assert editor.post(url, data).json()["is_valid"]
    assert "New Neighbours</h1>" in editor.get(url, {"mode": "en"}).content.decode()
    dutch = editor.get(url, {"mode": "nl"}).content.decode()
    assert "New Buren</h1>" in dutch
    assert '<html lang="nl"' in dutch


def test_the_preview_of_a_new_one_needs_no_slug_yet(editor: Client) -> None:
    url = reverse(f"{NAMES}:preview_on_add")
    assert editor.post(url, described(words(title="Brand new"))).json()["is_valid"]
    assert "Brand new</h1>" in editor.get(url, {"mode": "en"}).content.decode()
    assert not Practice.objects.exists()


def test_a_year_is_a_year(editor: Client) -> None:
    assert "since" in add(editor, described(since="99")).context["form"].errors


def test_who_may_not_change_practices_does_not_see_them() -> None:
    user: User = UserFactory.create(is_staff=True)
    give_second_factor(user)
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client = signed_in(user)
    for url in (reverse(f"{NAMES}:list"), reverse(f"{NAMES}:add")):
        assert client.get(url).status_code in {302, 403}
    assert client.post(reverse(f"{NAMES}:add"), described()).status_code in {302, 403}
    assert not Practice.objects.exists()


def test_slugs_are_free_and_never_a_word_of_the_portal() -> None:
    PracticeFactory.create(slug="shared-homes")
    PracticeFactory.create(slug="shared-homes-2")
    assert free_slug("Shared homes!") == "shared-homes-3"
    assert free_slug("Compare") == "compare-2"
    assert free_slug("—") == "practice"


def test_a_text_in_another_language_waits_with_all_the_rest(editor: Client) -> None:
    add(editor, described(), **{"action-publish": "1"})
    practice = Practice.objects.get()
    text, source = practice.texts.get(), practice.sources.get()
    both = described(
        slug="shared-homes",
        texts=inline_formset([words(id=str(text.pk)), words("nl", "Samen wonen")], initial=1),
        sources=inline_formset([{"title": "Report", "url": "https://example.org/", "id": str(source.pk)}], initial=1),
    )
    assert editor.post(reverse(f"{NAMES}:edit", args=[practice.pk]), both).status_code == 302
    practice.refresh_from_db()
    draft = practice.get_latest_revision_as_object()
    assert {each.title for each in draft.texts.all()} == {"Shared homes", "Samen wonen"}
    assert {each.code for each in draft.terms.all()} == {"19", "3", "BE"}
    practice.latest_revision.publish()
    assert set(practice.texts.values_list("language", flat=True)) == {"en", "nl"}
