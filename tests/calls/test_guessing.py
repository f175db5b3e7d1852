"""A new date of a chain is what its name says, unless somebody says otherwise."""

from typing import Any

import pytest
from django.test import Client
from django.utils import translation
from wagtail.test.utils.form_data import inline_formset, nested_form_data
from wagtail.users.models import UserProfile

from accounts.users.models import User
from calls.chain import chain_warnings
from calls.chain.guessing import Guess, guess
from calls.chain.models import Call, Deadline

NAMES = [
    ("Kom naar het infomoment", "info_meeting", "everyone", ""),
    ("Participez à la séance d’information", "info_meeting", "everyone", ""),
    ("Informationstreffen besuchen", "info_meeting", "everyone", ""),
    ("Geef je partnerschap aan", "declare", "partners", "declaration"),
    ("Déclarez votre partenariat", "declare", "partners", "declaration"),
    ("Partnerschaft anmelden", "declare", "partners", "declaration"),
    ("Declare your partnership", "declare", "partners", "declaration"),
    ("Aanbeveling aan de Europese Commissie", "recommendation", "authority", ""),
    ("Empfehlung an die Europäische Kommission", "recommendation", "authority", ""),
    ("Recommendation on the declared partnerships", "recommendation", "authority", ""),
    ("Dien het voorstel in", "submit", "consortium", "proposal"),
    ("Déposez la proposition", "submit", "consortium", "proposal"),
    ("Vorschlag einreichen", "submit", "consortium", "proposal"),
    ("L’appel est ouvert", "opens", "authority", ""),
    ("Bekendmaking van de uitslag", "result", "authority", ""),
    ("Werkbezoek", "other", "partners", ""),
    ("Voorstelling van de dienst", "other", "partners", ""),
]


@pytest.mark.parametrize(("name", "kind", "actor", "governs"), NAMES, ids=[name for name, *_facts in NAMES])
def test_the_name_says_what_it_is(name: str, kind: str, actor: str, governs: str) -> None:
    assert guess([name]) == Guess(kind, actor, governs)


def test_the_place_in_the_chain_says_the_rest() -> None:
    assert guess(["Fin"], is_last=True).kind == "result"
    assert guess(["Werkbezoek"]).kind == "other"
    assert guess(["Submit the proposal"], taken=["proposal"]).governs == "", "each thing is closed once"
    assert guess(["Whatever"], kind="declare") == Guess("declare", "partners", "declaration")


def _row(label: str, due_at: str, **facts: str) -> dict[str, Any]:
    left_open = {"kind": "", "actor": "", "governs": "from-name"}
    return {"label_0": label, "label_3": label, "due_at": due_at, "has_time": "on"} | left_open | facts


def _send(editor: Client, *rows: dict[str, Any]) -> Any:
    facts = {"title_0": "Oproep", "programme": "", "reference": "", "official_url": "", "budget": ""}
    facts |= {"funding_rate": "", "contact": ""}
    data = nested_form_data(
        facts | {"deadlines": inline_formset(list(rows), initial=0), "documents": inline_formset([])}
    )
    return editor.post("/admin/snippets/calls/call/add/", data, follow=True)


@pytest.mark.django_db
def test_new_rows_are_filled_in_and_said(editor: Client) -> None:
    page = _send(
        editor,
        _row("Dien het voorstel in", "2031-11-28 17:00"),
        _row("Geef je partnerschap aan", "2031-10-14 23:59"),
        _row("Kom naar het infomoment", "2031-09-18 10:00", actor="centre"),
        _row("Vorschlag vorstellen", "2031-11-27 17:00", governs=""),
    ).content.decode()
    call = Call.objects.get()
    assert list(call.deadlines.order_by("due_at").values_list("kind", "actor", "governs")) == [
        ("info_meeting", "centre", ""),
        ("declare", "partners", "declaration"),
        ("submit", "consortium", ""),
        ("submit", "consortium", "proposal"),
    ]
    assert "Geef je partnerschap aan" in page
    assert "was taken as" in page or "opgevat" in page


@pytest.mark.django_db
def test_a_chain_that_ends_no_interest_says_so(editor: Client, editor_user: User) -> None:
    _send(editor, _row("Werkbezoek", "2031-10-14 23:59"))
    (deadline,) = Deadline.objects.all()
    screen = f"/admin/snippets/calls/call/edit/{deadline.call_id}/"
    UserProfile.objects.create(user=editor_user, preferred_language="en")
    with translation.override("en"):
        (warning,) = chain_warnings.of_what_closes([deadline])
        assert warning in editor.get(screen).content.decode()
        deadline.governs = Deadline.Governs.DECLARATION
        deadline.save()
        assert warning not in editor.get(screen).content.decode()
