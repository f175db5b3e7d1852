"""Who reviews an update sees in the editor which fields it changes, with the old and the new words."""

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from i18nfield.strings import LazyI18nString

from accounts.users.models import User
from hub.vocabularies.models import Term
from practices.contributing import submission as verbs
from practices.practice.models.details import PracticeFigure
from practices.practice.models.practice import Practice
from practices.submissions.models import Submission
from tests.factories.submissions import ANSWERS, published, send, sent
from tests.practices.review.review_buttons import NAMES

pytestmark = pytest.mark.django_db

HEADING = "What this update changes"


def shown(editor: Client, submission: Submission) -> str:
    """The panel on the page on which the reviewer decides."""
    page = editor.get(reverse(f"{NAMES}:edit", args=[submission.practice_id])).content.decode()
    return page.split(HEADING, 1)[1].split("</section>", 1)[0] if HEADING in page else ""


def rows_of(panel: str) -> dict[str, tuple[str, str]]:
    """Name of each field with its two cells, as plain words."""
    cells = re.findall(r'<th scope="row">(.*?)</th>\s*<td>(.*?)</td>\s*<td>(.*?)</td>', panel, re.DOTALL)
    plain = [[unescape(re.sub(r"<[^>]+>", " ", cell.replace("<br>", " | "))) for cell in row] for row in cells]
    return {name: (before.strip(), after.strip()) for name, before, after in plain}


def proposed(user: User, by: User, language: str = "en", **answers: Any) -> Submission:
    practice = published(user, by).practice
    assert practice
    update = verbs.start_update(user=user, practice=practice, language=language)
    update.answers |= answers
    update.title = update.answers["title"]
    update.save()
    return send(update)


def test_words_terms_and_sources_with_what_they_were(editor: Client, partner_user: User, editor_user: User) -> None:
    update = proposed(
        partner_user,
        editor_user,
        results="Nine of ten <b>people</b>.",
        steps="1. Find a plot.\n2. Ask.",
        theme=["19", "5"],
        kind="method",
        since=2016,
        website="",
        sources=[{"title": "Report", "url": "https://example.org/new"}, *ANSWERS["sources"]],
    )
    panel = shown(editor, update)
    assert "&lt;b&gt;people" in panel
    rows = rows_of(panel)
    labels = {code: str(Term.objects.of("theme").get(code=code).label) for code in ("3", "5", "19")}
    kinds = [str(Term.objects.of("kind").get(code=code).label) for code in ("good-practice", "method")]
    assert rows["Texts: English | Does it work"] == (ANSWERS["results"], "Nine of ten <b>people</b>.")
    assert rows["Texts: English | How to do it"][1] == "1. Find a plot. | 2. Ask."
    assert rows["Themes"] == (f"{labels['3']}, {labels['19']}", f"{labels['5']}, {labels['19']}")
    assert rows["Kind"] == tuple(kinds)
    assert rows["Since (year)"] == ("2015", "2016")
    assert rows["Website"] == ("https://example.org/", "empty")
    assert rows["Sources: Report | Address"] == ("empty", "https://example.org/new")
    assert not {name for name in rows if "Title" in name and "Sources" not in name}
    assert not {"Target groups", "Place", "Countries", "Slug"} & rows.keys(), "what stays is not named"


def test_a_new_language_and_figures(editor: Client, partner_user: User, editor_user: User) -> None:
    words = {"title": "Samentuinen", "summary": "Samen.", "results": "Veel.", "needs": "Grond.", "steps": "1. Begin."}
    update = proposed(partner_user, editor_user, language="nl", **words)
    draft = Practice.objects.get(pk=update.practice_id).get_latest_revision_as_object()
    label = LazyI18nString({"en": "gardens", "nl": "tuinen"})
    draft.figures.set([PracticeFigure(value="12", label=label, year=2020)])
    draft.save_revision(user=editor_user)
    rows = rows_of(shown(editor, update))
    assert rows["Texts: Dutch | Language"] == ("empty", "Dutch")
    assert rows["Texts: Dutch | Title"] == ("empty", "Samentuinen")
    assert not [name for name in rows if "English" in name]
    assert rows["Results in figures: 12 gardens | What it counts"] == ("empty", "EN: gardens · NL: tuinen")
    assert rows["Results in figures: 12 gardens | Year"] == ("empty", "2020")


def test_an_update_that_changes_nothing_says_so(editor: Client, partner_user: User, editor_user: User) -> None:
    update = proposed(partner_user, editor_user, results="Nine of ten people.")
    draft = Practice.objects.get(pk=update.practice_id).get_latest_revision_as_object()
    text = draft.texts.get()
    text.results = ANSWERS["results"]
    text.steps = ANSWERS["steps"].replace("\n", "\r\n")  # as browsers send it
    draft.texts.set([text])
    draft.save_revision(user=editor_user)
    panel = shown(editor, update)
    assert "the draft says the same as the published page" in panel
    assert "<table" not in panel


def test_only_updates_under_review_are_compared(editor: Client, partner_user: User, editor_user: User) -> None:
    assert not shown(editor, sent(partner_user, title="A new one"))
    assert not shown(editor, published(partner_user, editor_user))


def test_another_order_of_the_same_is_a_change(editor: Client, partner_user: User, editor_user: User) -> None:
    sources = [{"title": title, "url": f"https://example.org/{title}"} for title in ("One", "Two")]
    practice = published(partner_user, editor_user, sources=sources).practice
    assert practice
    update = verbs.start_update(user=partner_user, practice=practice, language="en")
    update.answers["sources"] = sources[::-1]
    update.save()
    assert rows_of(shown(editor, send(update))) == {"Sources | Order": ("One | Two", "Two | One")}


def test_wagtails_own_comparison_knows_terms_and_languages(
    editor: Client, partner_user: User, editor_user: User
) -> None:
    words = {"title": "Samentuinen", "summary": "Samen.", "results": "Veel.", "needs": "Grond.", "steps": "1. Begin."}
    update = proposed(partner_user, editor_user, language="nl", theme=["5"], **words)
    page = editor.get(reverse(f"{NAMES}:revisions_compare", args=[update.practice_id, "live", "latest"]))
    assert "Themes:" in page.content.decode()
    assert "<dd>Dutch</dd>" in page.content.decode()
