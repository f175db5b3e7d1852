"""What a note cites is kept as it stood; what changes or is withdrawn since is told, and nobody edits what was kept."""

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import Error, IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from i18nfield.strings import LazyI18nString

from accounts.users.models import User
from hub.vocabularies.models import Term
from learning.notes import citing, stirred
from learning.notes.models import Citation
from learning.notes.reading import open_note
from practices.practice.models.details import PracticeFigure
from practices.practice.models.practice import Practice
from practices.practice.models.texts import PracticeText
from practices.reuse import reporting
from practices.reuse.models.reuses import Reuse
from tests.factories import notes as make
from tests.factories import reuse as reuses
from tests.factories.hub import publish
from tests.factories.practices import PracticeFactory, PracticeFigureFactory, term
from tests.personas import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def figure(**fields: object) -> PracticeFigure:
    return PracticeFigureFactory.create(**{"practice": PracticeFactory.create(), "year": 2025, **fields})


def since(page: object) -> list[str]:
    return [each.since for each in open_note(page).cited]


def test_a_figure_stays_as_it_was_cited_and_the_note_says_what_it_is_now(client: Client) -> None:
    cited = figure()
    page = make.note(make.citing(cited, "Many take part."))
    assert since(page) == [""]
    PracticeFigure.objects.filter(pk=cited.pk).update(value="14000", year=2026)
    shown = client.get(page.url).content.decode()
    assert "12,500 neighbours (2025)" in shown
    assert "Figure of 2025; since then changed: now 14,000 neighbours (2026)." in shown
    assert "Many take part." in shown


def test_a_figure_without_a_year_is_told_by_the_day() -> None:
    cited = figure(year=None)
    page = make.note(make.citing(cited))
    PracticeFigure.objects.filter(pk=cited.pk).update(value="9")
    assert "since then changed: now 9 neighbours." in since(page)[0]


def test_another_language_of_a_label_is_no_change_and_other_words_are() -> None:
    cited = figure(label=LazyI18nString({"en": "neighbours"}))
    page = make.note(make.citing(cited))
    PracticeFigure.objects.filter(pk=cited.pk).update(label=LazyI18nString({"en": "neighbours", "nl": "buren"}))
    assert since(page) == [""]
    PracticeFigure.objects.filter(pk=cited.pk).update(label=LazyI18nString({"en": "friends", "nl": "buren"}))
    assert "now 12,500 friends (2025)" in since(page)[0]


def test_a_figure_that_is_taken_away_is_withdrawn_and_still_told() -> None:
    cited = figure()
    page = make.note(make.citing(cited))
    cited.delete()
    [entry] = open_note(page).cited
    assert entry.since.startswith("Withdrawn since.")
    assert entry.figure == "12,500 neighbours (2025)"
    assert entry.url == ""


def test_a_practice_whose_words_or_evidence_change() -> None:
    practice = PracticeFactory.create(evidence=term("evidence", "3"))
    page = make.note(make.citing(practice))
    Practice.objects.filter(pk=practice.pk).update(evidence=term("evidence", "4"))
    [told] = since(page)
    assert "its description changed since then. Evidence now: " in told
    Practice.objects.filter(pk=practice.pk).update(evidence=term("evidence", "3"))
    assert since(page) == [""]
    PracticeText.objects.filter(practice=practice).update(results="Nothing came of it.")
    assert since(page)[0].endswith("its description changed since then.")


def test_a_text_in_another_language_is_no_change() -> None:
    practice = PracticeFactory.create(texts={"en": {}, "nl": {}})
    page = make.note(make.citing(practice))
    PracticeText.objects.filter(practice=practice, language="nl").update(results="Iets anders.")
    assert since(page) == [""]


def test_a_practice_that_is_not_public_any_more() -> None:
    practice = PracticeFactory.create(texts={"en": {"title": "Shared living"}})
    page = make.note(make.citing(practice))
    Practice.objects.filter(pk=practice.pk).update(live=False)
    [entry] = open_note(page).cited
    assert (entry.title, entry.url, entry.is_withdrawn) == ("Shared living", "", True)


def test_a_report_of_reuse_is_cited_in_its_version(editor_user: User) -> None:
    reuse = reuses.accepted(by=editor_user, sources=1)
    page = make.note(against=(make.citing(reuse),))
    assert "version 1 of" in " ".join(open_note(page).cited[0].facts)
    changed = reuses.account(outcome="stopped", sources=1)
    reporting.update(reuse, account=changed, may_ask=False, by=_reporter(reuse), seen=1)
    assert since(page) == [""]  # nobody checked it yet
    reuses.accept(reuse, by=editor_user)
    assert since(page) == ["Version 1 is cited; since then changed: now version 2, “It stopped”."]


def _reporter(reuse: Reuse) -> User:
    assert reuse.organisation
    return reuses.reporter_of(reuse.organisation)


def test_where_a_practice_was_taken_up_is_told_in_the_language_of_the_note(editor_user: User) -> None:
    reuse = reuses.accepted(by=editor_user, sources=1, where=reuses.place("Aalst"))
    Term.objects.filter(vocabulary="country", code="BE").update(label=LazyI18nString({"en": "Belgium", "nl": "België"}))
    with override("nl"):  # the language in which the editor works
        page = make.note(make.citing(reuse))
    assert "Aalst, Belgium" in open_note(page).cited[0].title


def test_who_withdraws_a_report_is_not_named_any_more(editor_user: User) -> None:
    reuse = reuses.accepted(by=editor_user, sources=1)
    page = make.note(make.citing(reuse))
    [entry] = open_note(page).cited
    assert reuse.name in entry.title
    assert entry.practice
    Reuse.objects.filter(pk=reuse.pk).update(state="withdrawn")
    [entry] = open_note(page).cited
    assert reuse.name not in " ".join([entry.title, *entry.facts])
    assert (entry.title != "", entry.practice) == (True, "")
    assert "It works" in entry.facts
    assert entry.since.startswith("Withdrawn since.")


def test_publishing_again_keeps_what_was_cited_and_drops_what_is_not_cited_any_more() -> None:
    first, second = figure(), figure()
    page = make.note(make.citing(first), make.citing(second))
    PracticeFigure.objects.filter(pk=first.pk).update(value="14000")
    page.title = "Should we?"
    publish(page)
    assert [each.said["value"] for each in page.citations.current()] == ["12500", "12500"]
    page.supports = [page.supports.raw_data[0]]
    publish(page)
    assert [each.key for each in page.citations.current()] == [first.pk]
    assert page.citations.count() == 2


def test_another_record_in_the_same_block_is_another_citation() -> None:
    first, second = figure(), figure(value="7")
    block = make.citing(first)
    page = make.note(block)
    page.supports = [block | {"value": {"record": second.pk, "says": ""}}]
    publish(page)
    assert [each.said["value"] for each in page.citations.current()] == ["7"]


def test_cited_anew_it_says_what_it_is_now_and_the_one_before_is_kept(editor_user: User) -> None:
    cited = figure()
    page = make.note(make.citing(cited))
    citation = page.citations.get()
    assert citing.cite_anew(citation, by=editor_user) is False  # nothing changed
    PracticeFigure.objects.filter(pk=cited.pk).update(value="14000")
    assert citing.cite_anew(citation, by=editor_user) is True
    assert citing.cite_anew(citation, by=editor_user) is False  # sent twice
    assert [(each.said["value"], each.ended_at is None) for each in page.citations.all()] == [
        ("12500", False),
        ("14000", True),
    ]
    assert since(page) == [""]


def test_what_is_withdrawn_cannot_be_cited_anew(editor_user: User) -> None:
    cited = figure()
    page = make.note(make.citing(cited))
    Practice.objects.filter(pk=cited.practice_id).update(live=False)
    assert citing.cite_anew(page.citations.get(), by=editor_user) is False


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE learning_citation SET said = '{}'",
        "UPDATE learning_citation SET at = now() - interval '1 day'",
        "UPDATE learning_citation SET figure_id = NULL, key = key + 1",
        "DELETE FROM learning_citation; SET CONSTRAINTS ALL IMMEDIATE",
        "UPDATE learning_citation SET ended_at = now(); UPDATE learning_citation SET ended_at = NULL",
    ],
)
def test_nobody_edits_what_was_cited(change: str) -> None:
    make.note(make.citing(figure()))
    with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)


def test_a_block_cites_once() -> None:
    page = make.note(make.citing(figure()))
    found = page.citations.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Citation.objects.create(page=page, block=found.block, kind="figure", key=1, said={})


def test_the_note_goes_with_its_citations() -> None:
    page = make.note(make.citing(figure()))
    page.delete()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert not Citation.objects.exists()


def test_a_draft_keeps_nothing_and_what_nobody_can_read_is_refused() -> None:
    page = make.draft_note(make.citing(figure()))
    assert not page.citations.exists()
    page.supports = [make.citing(PracticeFactory.create(live=False))]
    with pytest.raises(ValidationError) as refused:
        page.full_clean()
    assert "supports" in refused.value.message_dict


def test_a_note_whose_record_is_withdrawn_can_still_be_edited() -> None:
    practice = PracticeFactory.create()
    page = make.note(make.citing(practice))
    Practice.objects.filter(pk=practice.pk).update(live=False)
    page.full_clean()


def test_staff_see_which_notes_cite_what_changed(editor: Client, administrator: Client) -> None:
    cited = figure()
    page = make.note(make.citing(cited))
    make.note(make.citing(figure()), title="Another question?")
    address = reverse("learning_admin_stirred")
    assert "Every note still says what its records say." in editor.get(address).content.decode()
    line = "Policy notes that cite what has changed since"
    assert line not in editor.get("/admin/").content.decode()
    PracticeFigure.objects.filter(pk=cited.pk).update(value="14000")
    shown = editor.get(address).content.decode()
    assert page.title in shown
    assert "Figure of a practice:" in shown
    assert "Another question?" not in shown
    assert line in editor.get("/admin/").content.decode()
    anew = reverse("learning_admin_cite_anew", args=[page.citations.get().pk])
    assert administrator.post(anew, follow=True).status_code == 200
    assert since(page) == [""]
    assert stirred.keys() == []


def test_only_who_publishes_cites_anew(client: Client, other_user: User) -> None:
    page = make.note(make.citing(figure()))
    anew = reverse("learning_admin_cite_anew", args=[page.citations.get().pk])
    assert client.post(anew).status_code == 302
    assert signed_in(other_user).post(anew).status_code in {302, 403}
    assert Group.objects.exists()


def test_many_citations_are_looked_at_bit_by_bit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stirred, "AT_ONCE", 2)
    some = [figure() for _number in range(5)]
    pages = [make.note(make.citing(each)) for each in some]
    for each in some[::2]:
        PracticeFigure.objects.filter(pk=each.pk).update(value="14000")
    assert [each.page.pk for each in stirred.stirred()] == sorted((page.pk for page in pages[::2]), reverse=True)
