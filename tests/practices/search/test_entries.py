"""The rows in which the library is searched and counted follow the practices, whatever changes them."""

import re

import pytest
from django.conf.locale import LANG_INFO
from django.db import connection

from practices.library.facets import FACETS
from practices.mainstreaming.models import PolicyHook
from practices.practice.models.practice import Practice
from practices.practice.terms import Terms
from practices.reuse.models.reuses import Reuse
from practices.search import keys
from practices.search.models import LibraryEntry, LibraryWord
from tests.factories.practices import PracticeFactory, PracticeTextFactory, term

pytestmark = pytest.mark.django_db


def _keys(practice: Practice) -> set[int]:
    entry = LibraryEntry.objects.filter(practice=practice).first()
    if entry is None:
        return set()
    among_words = {int(key) for key in re.findall(r"'#(-?\d+)'", entry.words)}
    assert among_words == set(entry.keys)
    return among_words


def _expected(practice: Practice) -> set[int]:
    one = (practice.kind_id, practice.stage_id, practice.evidence_id, practice.reach_id, practice.cost_id)
    found = {pk for pk in one if pk} | set(
        practice.terms.through.objects.filter(practice=practice).values_list("term_id", flat=True)
    )
    found |= {keys.language_key(text.language) for text in practice.texts.model.objects.filter(practice=practice)}
    found |= {keys.year_key(practice.since)} if practice.since else set()
    outcomes = {each.shown.outcome for each in Reuse.objects.public().filter(practice=practice) if each.shown}
    found |= {keys.record_key("outcome", outcome) for outcome in outcomes}
    found |= {keys.record_key("uptake", "yes" if outcomes else "unknown")}
    hooks = PolicyHook.objects.public().filter(practices__practice=practice)
    return found | {keys.record_key("policy", hook.level) for hook in hooks}


def test_all_of_it_is_there() -> None:
    practice = PracticeFactory.create(
        theme=["19", "1"], country=["BE"], stage="5", evidence="3", since=2008, texts={"nl": {}, "pt-br": {}}
    )
    assert _keys(practice) == _expected(practice)
    assert len(_keys(practice)) == 10


def test_only_a_text_that_changes_refreshes_anything() -> None:
    """Publishing writes every text once more."""
    text = PracticeFactory.create(texts={"nl": {"title": "Tuinen"}}).texts.get()
    LibraryWord.objects.all().delete()
    text.save()
    assert not LibraryWord.objects.exists()
    text.title = "Huizen"
    text.save()
    assert LibraryWord.objects.filter(plain="huizen").exists()


def test_each_part_holds_the_keys_of_its_facet() -> None:
    """An option is counted among the keys of its part, so a key in the wrong one would be counted nowhere."""
    assert tuple(sorted(keys.PARTS)) == tuple(sorted(facet.name for facet in FACETS))
    codes = {"theme": ["19", "1"], "country": ["BE"], "sdg": ["11"], "sector": ["citizens"], "scaling": ["out"]}
    practice = PracticeFactory.create(stage="5", evidence="3", cost="unknown", since=2008, texts={"nl": {}}, **codes)
    terms = Terms.load()
    expected = {name: {term(name, code).pk for code in several} for name, several in codes.items()}
    expected |= {name: {term(name, code).pk} for name, code in (("stage", "5"), ("evidence", "3"), ("cost", "unknown"))}
    expected |= {"language": {keys.language_key("nl")}, "year": {-2008}, "kind": {practice.kind_id}}
    expected |= {"uptake": {keys.record_key("uptake", "unknown")}}
    with connection.cursor() as cursor:
        for name in keys.PARTS:
            cursor.execute(f"SELECT {keys.part(name)} FROM practices_libraryentry")
            assert set(cursor.fetchone()[0]) == expected.get(name, set()), name
    assert {facet.name: set(facet.named(_keys(practice), terms)) for facet in FACETS} == {
        facet.name: expected.get(facet.name, set()) for facet in FACETS
    }


def test_it_follows() -> None:
    practice = PracticeFactory.create(theme=["19"], since=2008)
    practice.terms.through.objects.filter(practice=practice).delete()
    assert _keys(practice) == _expected(practice)
    practice.terms.through.objects.create(practice=practice, term=term("theme", "2"))
    assert _keys(practice) == _expected(practice)
    PracticeTextFactory.create(practice=practice, language="fr")
    practice.texts.model.objects.filter(language="fr").update(language="de")
    assert _keys(practice) == _expected(practice)
    Practice.objects.filter(pk=practice.pk).update(since=None, stage=term("stage", "2"))
    practice.refresh_from_db()
    assert _keys(practice) == _expected(practice)


def test_only_what_is_public() -> None:
    practice = PracticeFactory.create(live=False)
    assert not LibraryEntry.objects.exists()
    Practice.objects.update(live=True)
    assert _keys(practice)
    Practice.objects.update(live=False)
    assert not LibraryEntry.objects.exists()
    Practice.objects.update(live=True)
    practice.delete()
    assert not LibraryEntry.objects.exists()


def test_evidence_is_told_by_its_rung() -> None:
    practice = PracticeFactory.create(evidence="4")
    assert practice.entry.evidence == term("evidence", "4").position
    rung = term("evidence", "4")
    rung.position = 40
    rung.save()
    assert LibraryEntry.objects.get(practice=practice).evidence == 40
    assert PracticeFactory.create().entry.evidence == -1


def test_months_follow() -> None:
    practice = PracticeFactory.create(months=6)
    assert LibraryEntry.objects.get(practice=practice).months == 6
    Practice.objects.filter(pk=practice.pk).update(months=None)
    assert LibraryEntry.objects.get(practice=practice).months is None


def test_texts_are_not_read_again_for_another_fact() -> None:
    """Of a hundred thousand practices that move to another stage, reading them takes minutes."""
    practice = PracticeFactory.create(texts={"nl": {"title": "Tuinen"}})
    before = LibraryEntry.objects.get(practice=practice)
    LibraryWord.objects.all().delete()
    Practice.objects.filter(pk=practice.pk).update(stage=term("stage", "2"), since=1999)
    practice.refresh_from_db()
    after = LibraryEntry.objects.get(practice=practice)
    assert _keys(practice) == _expected(practice)
    assert not LibraryWord.objects.exists()
    assert before.head == after.head != ""
    assert set(after.words.split()) - set(before.words.split()) == {
        f"'#{key}'" for key in (term("stage", "2").pk, -1999)
    } - set(before.words.split())


def test_words_of_drafts_are_kept_back() -> None:
    words = {"en": {"title": "Écoute for zzyzx", "summary": "Une maison 2024."}}
    practice = PracticeFactory.create(live=False, texts=words)
    assert not LibraryWord.objects.filter(plain="zzyzx").exists()
    Practice.objects.filter(pk=practice.pk).update(live=True)
    assert LibraryWord.objects.get(plain="ecoute").word == "écoute"
    assert LibraryWord.objects.filter(plain__in=["zzyzx", "maison"]).count() == 2
    assert not LibraryWord.objects.filter(plain="2024").exists()


@pytest.mark.parametrize("code", [code for code in LANG_INFO if len(code) <= 5])
def test_languages_count_the_same_on_both_sides(code: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT practices_language_key(%s)", [code])
        (in_database,) = cursor.fetchone()
    assert keys.language_key(code) == in_database
    assert keys.languages([in_database, 5, -3, -2008]) == {in_database: code}
    assert keys.years([in_database, 5, -3, -2008]) == {-2008: "2008"}


def test_what_records_say_has_the_same_keys_on_both_sides() -> None:
    choices = [(name, code) for name, said in keys.RECORDS.items() for code in said.values]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT practices_record_key(name, code) FROM unnest(%s::text[], %s::text[]) AS each(name, code)",
            [[name for name, _code in choices], [code for _name, code in choices]],
        )
        assert [key for (key,) in cursor.fetchall()] == [keys.record_key(*each) for each in choices]
    for name, said in keys.RECORDS.items():
        assert set(keys.records(name, range(-99, 0)).values()) == set(said.values)
