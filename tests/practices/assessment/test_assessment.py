"""An assessment that can be read: a judgement per criterion, by whom, and when it is due again."""

import re
from datetime import date
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from i18nfield.strings import LazyI18nString
from wagtail.test.utils.form_data import inline_formset

from practices.assessment.models import Judgement
from practices.practice.models.practice import Practice, due_again
from tests.factories.practices import JudgementFactory, PracticeFactory, term
from tests.practices.editing.test_editing import NAMES, add, described, words

pytestmark = pytest.mark.django_db
ASSESSED: dict[str, Any] = {
    "assessed_on": date(2026, 5, 19),
    "assessed_by": "expert",
    "assessment_due_on": date(2028, 5, 19),
}


def assessment(visitor: Client, path: str = "/en/practices/shared/") -> str:
    page = visitor.get(path).content.decode()
    found = page[page.index('id="assessment"') :]
    return found[: min(found.index(end) for end in ('id="sources"', "</section>") if end in found)]


def test_each_criterion_has_its_judgement_in_words(visitor: Client) -> None:
    practice = PracticeFactory.create(slug="shared", **ASSESSED)
    reason = LazyI18nString({"en": "All can join <b>", "nl": "Iedereen mag mee"})
    JudgementFactory.create(practice=practice, criterion="equity", verdict="partly", reason=reason)
    JudgementFactory.create(practice=practice, criterion="relevance", verdict="met", reason=reason)
    told = assessment(visitor)
    rows = re.findall(r'<dt>(\S[^<]*?) <span.*?class="verdict verdict--([a-z-]+)"', told, re.DOTALL)
    assert len(rows) == 10
    assert rows[:2] == [("Relevance", "met"), ("Intervention characteristics", "not-judged")]
    assert ("Equity", "partly") in rows
    assert told.count("Not judged") == 9
    for sentence in ("Met: 1", "Partly met: 1", "Not judged: 8", "All can join &lt;b&gt;", "Expert from outside"):
        assert sentence in told
    assert "1 of 10 criteria met: read each with its reason" in told
    assert "Friday 19 May 2028" in told
    assert "What every good practice must have" in told
    assert "1 of 10 criteria met" in visitor.get("/en/practices/shared/").content.decode()
    assert "Iedereen mag mee" in assessment(visitor, "/nl/praktijken/shared/")
    assert 'lang="en">All can join' in assessment(visitor, "/fr/pratiques/shared/")


@pytest.mark.parametrize(("today", "due"), [("2028-05-18T12:00Z", False), ("2028-05-19T12:00Z", True)])
def test_it_says_since_when_it_is_due_again(visitor: Client, today: str, due: bool) -> None:
    practice = PracticeFactory.create(slug="shared", **ASSESSED)
    JudgementFactory.create(practice=practice)
    with time_machine.travel(today):
        told = assessment(visitor)
    assert ("Due again since Friday 19 May 2028." in told) == due
    assert ("Due again on" in told) != due


def test_what_nobody_judged_is_not_assessed(visitor: Client) -> None:
    practice = PracticeFactory.create(slug="shared")
    JudgementFactory.create(practice=practice, verdict="not-judged", reason="")
    assert "Not assessed yet." in assessment(visitor)


def test_a_draft_of_an_assessment_is_not_shown(visitor: Client) -> None:
    stored = PracticeFactory.create(slug="shared")
    draft = Practice.objects.get(pk=stored.pk)
    draft.judgements.add(Judgement(criterion=term("criterion", "ethics"), verdict="not-met", reason="Hard to say"))
    draft.save_revision()
    assert "Not assessed yet." in assessment(visitor)
    draft.latest_revision.publish()
    assert "Hard to say" in assessment(visitor)
    assert 'class="verdict verdict--not-met"' in assessment(visitor)


def test_it_is_due_again_after_two_years() -> None:
    assert due_again(date(2026, 5, 19)) == date(2028, 5, 19)
    assert due_again(date(2028, 2, 29)) == date(2030, 2, 28)


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"assessed_on": date(2026, 5, 19)}, "assessed_by"),
        ({"assessed_by": "staff"}, "assessed_on"),
        (ASSESSED | {"assessment_due_on": date(2026, 5, 19)}, "assessment_due_on"),
        ({"staff": -1}, "staff"),
    ],
)
def test_half_an_assessment_is_refused(facts: dict[str, Any], field: str) -> None:
    practice = PracticeFactory.create()
    with pytest.raises(IntegrityError), transaction.atomic():
        Practice.objects.filter(pk=practice.pk).update(**facts)
    for name, value in facts.items():
        setattr(practice, name, value)
    with pytest.raises(ValidationError) as refused:
        practice.full_clean()
    assert field in refused.value.message_dict


def test_a_judgement_has_a_reason_and_stands_once() -> None:
    practice = PracticeFactory.create()
    with pytest.raises(ValidationError):
        Judgement(practice=practice, criterion=term("criterion", "ethics"), verdict="met").full_clean()
    with pytest.raises(ValidationError):
        Judgement(practice=practice, criterion=term("theme", "1"), reason="x").full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        judge_twice(practice)


def judge_twice(practice: Practice) -> None:
    for _number in range(2):
        JudgementFactory.create(practice=practice)
    connection.check_constraints()


def judged(*rows: tuple[str, str, str], untouched: str = "ethics") -> dict[str, str]:
    """What the editor sends: these judgements, and one row that nobody touched."""
    forms = [
        {
            "criterion": str(term("criterion", code).pk),
            "verdict": verdict,
            "reason_0": "",
            "reason_1": "",
            "reason_2": "",
            "reason_3": reason,
        }
        for code, verdict, reason in (*rows, (untouched, "not-judged", ""))
    ]
    return inline_formset(forms)


def test_the_editor_offers_every_criterion_and_keeps_what_was_judged(editor: Client) -> None:
    page = editor.get(reverse(f"{NAMES}:add")).content.decode()
    assert page.count('name="judgements-9-criterion"') == 1
    data = described(
        judgements=judged(("equity", "met", "All can join")), assessed_on="2026-05-19", assessed_by="staff"
    )
    assert add(editor, data).status_code == 302
    draft = Practice.objects.get().latest_revision.as_object()
    assert [(row.criterion.code, row.verdict) for row in draft.judgements.all()] == [("equity", "met")]
    assert draft.assessment_due_on == date(2028, 5, 19)
    edit = editor.get(reverse(f"{NAMES}:edit", args=[draft.pk])).content.decode()
    assert 'name="judgements-9-criterion"' in edit
    assert 'name="judgements-10-criterion"' not in edit


def test_saving_again_from_a_screen_that_stayed_open_adds_nothing(editor: Client) -> None:
    dated = {"assessed_on": "2026-05-19", "assessed_by": "staff"}
    add(editor, described(judgements=judged(("equity", "met", "All can join")), **dated))
    practice = Practice.objects.get()
    kept, text, source = practice.judgements.get(), practice.texts.get(), practice.sources.get()
    # After saving in the background, the screen counts all its rows as known; the untouched one has no key.
    rows = judged(("equity", "partly", "Most can join")) | {"INITIAL_FORMS": "2", "0-id": str(kept.pk), "1-id": ""}
    again = described(
        slug=practice.slug,
        texts=inline_formset([words(id=str(text.pk))], initial=1),
        sources=inline_formset([{"title": "Report", "url": "https://example.org/", "id": str(source.pk)}], initial=1),
        judgements=rows,
        **dated,
    )
    edit = reverse(f"{NAMES}:edit", args=[practice.pk])
    assert editor.post(edit, again | {"action-publish": "1"}).status_code == 302
    assert [(row.criterion.code, row.verdict) for row in practice.judgements.all()] == [("equity", "partly")]
    first, second = practice.revisions.order_by("pk")
    compared = editor.get(reverse(f"{NAMES}:revisions_compare", args=[practice.pk, first.pk, second.pk]))
    assert '<span class="addition">Most can join</span>' in compared.content.decode()


def test_a_judgement_needs_a_day_and_a_reason(editor: Client) -> None:
    form = add(editor, described(judgements=judged(("equity", "met", "All can join")))).context["form"]
    assert form.errors["assessed_on"]
    dated = {"assessed_on": "2026-05-19", "assessed_by": "staff"}
    form = add(editor, described(judgements=judged(("equity", "met", "")), **dated)).context["form"]
    assert form.formsets["judgements"].errors[0]["reason"]


def test_a_new_assessment_moves_the_day_on_which_it_is_due(editor: Client) -> None:
    practice = PracticeFactory.create(**ASSESSED)
    practice.save_revision()
    data = described(
        slug=practice.slug,
        texts=inline_formset([{"language": "en", "title": "T", "summary": "S", "id": str(practice.texts.get().pk)}], 1),
        assessed_on="2027-03-01",
        assessed_by="peer",
        assessment_due_on="2028-05-19",
    )
    assert editor.post(reverse(f"{NAMES}:edit", args=[practice.pk]), data).status_code == 302
    practice.refresh_from_db()
    assert practice.latest_revision.as_object().assessment_due_on == date(2029, 3, 1)
