from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import Locale
from wagtail.test.utils.form_data import inline_formset, nested_form_data
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource

from calls.chain.models import Call
from calls.chain.standing import STATE_LABELS
from calls.pages.models import CallPage
from hub.contact.models import Contact
from tests.factories.hub import CallFactory, DeadlineFactory, add_call_page, add_calls

pytestmark = pytest.mark.django_db

LANGUAGES = ("nl", "fr", "de", "en")


def _per_language(name: str, text: str) -> dict[str, str]:
    return {f"{name}_{index}": f"{text} {code}" for index, code in enumerate(LANGUAGES)}


def _deadline(due_at: str, **fields: Any) -> dict[str, Any]:
    facts = {"kind": "declare", "actor": "partners", "due_at": due_at, "has_time": "on", "governs": ""}
    return facts | _per_language("label", "Declare") | fields


def _call_form(deadlines: list[dict[str, Any]], initial: int = 0) -> dict[str, Any]:
    facts = _per_language("title", "Centres") | {"programme": "ESF+", "reference": "", "official_url": ""}
    facts |= {"budget": "", "funding_rate": "", "contact": ""}
    return nested_form_data(
        facts | {"deadlines": inline_formset(deadlines, initial=initial), "documents": inline_formset([])}
    )


def _edit(editor: Client, call: Call, deadlines: list[dict[str, Any]]) -> Any:
    known = sum("id" in deadline for deadline in deadlines)
    return editor.post(
        f"/admin/snippets/calls/call/edit/{call.pk}/", _call_form(deadlines, initial=known), follow=False
    )


def test_staff_make_a_call_with_its_chain_in_brussels_time(editor: Client) -> None:
    answer = editor.post("/admin/snippets/calls/call/add/", _call_form([_deadline("2027-10-14 23:59")]))
    assert answer.status_code == 302, answer.context["form"].errors
    call = Call.objects.get()
    assert call.title.data["fr"] == "Centres fr"
    assert call.deadlines.get().due_at == datetime(2027, 10, 14, 21, 59, tzinfo=UTC)


def test_before_anything_is_published_dates_are_simply_typed(editor: Client) -> None:
    call = CallFactory.create()
    typed = DeadlineFactory.create(call=call, due_at=datetime(2027, 10, 14, 21, 59, tzinfo=UTC), sort_order=0)
    answer = _edit(editor, call, [_deadline("2027-10-21 23:59", id=str(typed.pk))])
    assert answer.status_code == 302, answer.context["form"].formsets["deadlines"].errors
    typed.refresh_from_db()
    assert (typed.due_at, typed.version) == (datetime(2027, 10, 21, 21, 59, tzinfo=UTC), 1)
    assert not typed.changes.exists()


def test_the_list_of_calls_shows_state_and_next_deadline(editor: Client) -> None:
    add_call_page(add_calls(), CallFactory.create(due=[timezone.now() + timedelta(days=3)]))
    text = editor.get("/admin/snippets/calls/call/").content.decode()
    assert str(STATE_LABELS["closing_soon"]) in text
    assert "Step 0" in text


def test_fields_name_the_language_of_each_box(editor: Client) -> None:
    text = editor.get("/admin/snippets/calls/call/add/").content.decode()
    assert '<label for="id_title_0">' in text
    assert 'name="title_3"' in text
    assert "admin/languages" in text


@pytest.mark.parametrize(
    "path",
    [
        "calls/call/",
        "hub/term/",
        "hub/term/?vocabulary=theme",
        "hub/term/?q=housing",
        "hub/contact/",
        "hub/contact/add/",
    ],
)
def test_staff_reach_their_lists(editor: Client, path: str) -> None:
    assert editor.get(f"/admin/snippets/{path}").status_code == 200


@pytest.mark.parametrize("model", ["calls/call", "hub/contact"])
def test_a_chooser_can_make_a_new_one(editor: Client, model: str) -> None:
    chooser = editor.get(f"/admin/snippets/choose/{model}/")
    assert chooser.status_code == 200
    assert "creation_form" in chooser.context
    form = _per_language({"calls/call": "title", "hub/contact": "role"}[model], "New")
    assert '<label for="id_' in chooser.json()["html"]
    answer = editor.post(
        f"/admin/snippets/choose/{model}/create/", form | {"email": "desk@example.org", "programme": ""}
    )
    assert answer.json()["step"] == "chosen", answer.json()["htmlFragment"]
    made: Any = {"calls/call": Call, "hub/contact": Contact}[model]
    assert made.objects.exists()


@pytest.mark.parametrize("path", ["snippets/calls/call/", "snippets/hub/term/", "settings/hub/sitesettings/", ""])
def test_others_do_not(visitor: Client, partner: Client, path: str) -> None:
    assert visitor.get(f"/admin/{path}").status_code == 302
    assert partner.get(f"/admin/{path}").status_code in {302, 403}


def test_a_call_page_is_translated_and_keeps_its_facts(django_capture_on_commit_callbacks: Any) -> None:
    french = Locale.objects.get(language_code="fr")
    index = add_calls()
    page = add_call_page(index, CallFactory.create(), title="Competence centres")
    for source_page in (index, page):
        source, _created = TranslationSource.get_or_create_from_instance(source_page)
        Translation.objects.get_or_create(source=source, target_locale=french)
    for segment in StringSegment.objects.filter(source=source):
        StringTranslation.objects.create(
            translation_of=segment.string, locale=french, context=segment.context, data=f"FR {segment.string.data}"
        )
    for each in Translation.objects.filter(target_locale=french).order_by("pk"):
        with django_capture_on_commit_callbacks(execute=True):
            each.save_target(publish=True)
    translated = CallPage.objects.get(locale=french)
    assert translated.title == "FR Competence centres"
    assert translated.call == page.call
    assert Client().get(translated.url).status_code == 200
