"""What is stored for search and what is asked are written in one way, whatever keyboard, editor or locale they had."""

import sys
import unicodedata
from collections.abc import Iterator

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hub.search import full_text

pytestmark = pytest.mark.django_db

# What the languages of Europe are written in; of other scripts only that nothing breaks.
_EUROPE = ("LATIN ", "GREEK ", "CYRILLIC ", "ARMENIAN ", "GEORGIAN ")


def plain(text: str) -> str:
    return " ".join(full_text.plain_words([text])[0])


def asked(typed: str) -> str:
    return str(_one("SELECT hub_asked(%s)", typed))


def _one(statement: str, *values: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchone()[0]


def finds(language: str, text: str, typed: str) -> bool:
    return bool(_one("SELECT hub_vector(%s, %s) @@ hub_query(%s, %s)", language, text, language, typed))


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("leraren/leerkrachten/opvoeders", "leerkrachten"),
        ("leraren/leerkrachten/opvoeders", "opvoeders"),
        ("De “Buurtzwaluw”", "buurtzwaluw"),
        ("„Stelzenhaus“", "stelzenhaus"),
        ("«\u202fL’Îlot\u202f»", "ilot"),
        ("OCMW\u00a0Ninove", "ninove"),
        ("jeugd\u00adwerk\u00adloos\u200bheid", "jeugdwerkloosheid"),
        ("L’EMPLOI DES JEUNES", "emploi"),
        ("Straße der ŒUVRES in ŁÓDŹ", "lodz"),
        ("Straße der ŒUVRES in ŁÓDŹ", "STRASSE"),
        ("e\u0301cole", "\u00e9cole"),
        ("ΑΘΉΝΑ και ΟΔΌΣ", "αθηνα"),
        ("ΑΘΉΝΑ και ΟΔΌΣ", "οδος"),
        ("Център за СОЦИАЛНИ иновации", "социални"),
        ("wonen.Het huis", "wonen"),
        ("co\u2011housing – wonen", "co-housing"),
        ("co-housing", "co\u2010housing"),
        ("een plan (2021–2027)", "2021-2027"),
        ("norm S-1.6 van de EU-27", "S-1.6"),
        ("norm S-1.6 van de EU-27", "EU-27"),
        ("norm S-1.6 van de EU-27", "norm -1.6"),
        ("ﬁnanciering", "financiering"),
    ],
)
@pytest.mark.parametrize("language", ["nl", "fr", "de", "en", "el"])
def test_bare_words_find_what_real_texts_say(language: str, text: str, word: str) -> None:
    assert finds(language, text, word)


@pytest.mark.parametrize("typed", ["l'emploi", "l’emploi", "L´EMPLOI", "d`emploi", "qu'emploi", "« l’emploi »"])
def test_what_leans_on_a_word_is_no_part_of_it(typed: str) -> None:
    assert plain(typed) == "emploi"
    assert all(finds(language, typed, "emploi") and finds(language, "emploi", typed) for language in ("fr", "en"))


@pytest.mark.parametrize(
    ("typed", "query"),
    [
        ("„housing first“ jeunes", '"housing first" jeunes'),
        ("«\u00a0housing first\u00a0»", '"housing first"'),
        ("“housing first”", '"housing first"'),
        ("sans-abrisme", '"sans abrisme"'),
        ("wonen -huur", "wonen -huur"),
        ("wonen -„sociale huur“", 'wonen -"sociale huur"'),
        ("wonen-huur", '"wonen huur"'),
        ("wonen - huur", "wonen huur"),
        ("wonen – huur", "wonen huur"),
        ("EU -27", "eu 27"),
        ("a or b", "a or b"),
        ('"open', '"open"'),
        ('-"', ""),
        ("-", ""),
    ],
)
def test_how_a_search_is_read(typed: str, query: str) -> None:
    assert asked(typed) == query


def test_not_leaves_out_words_and_never_numbers() -> None:
    assert not finds("nl", "wonen en huur", "wonen -huur")
    assert finds("nl", "strategie 2021 tot 2027", "strategie -2027")
    assert finds("nl", "sociale werken van huur", "werken -“sociale huur”")


def test_hyphenated_words_are_phrases() -> None:
    assert finds("fr", "contre le sans-abrisme", "sans-abrisme")
    assert finds("fr", "les sans abri", "sans-abri")
    assert not finds("en", "abri of autism, sans walls", "sans-abri")


def _characters() -> Iterator[tuple[str, str, str]]:
    for number in range(1, sys.maxunicode):
        character = chr(number)
        category = unicodedata.category(character)
        if category[0] != "C" or category == "Cf":
            yield character, category, unicodedata.name(character, "")


def test_letters_are_letters_and_everything_else_parts_words() -> None:
    """Every character, asked of a database whose own locale knows ASCII alone, in two statements."""
    punctuation = [
        character
        for character, category, _name in _characters()
        if category[0] in "PSZ"
        and (ord(character) < 0x700 or 0x1E00 <= ord(character) < 0x3000)
        and unicodedata.normalize("NFKC", character) == character
        and character not in "'’‘‛ʼʹ′`´"
    ]
    letters = [
        character
        for character, category, name in _characters()
        if category in {"Lu", "Ll"}
        and name.startswith(_EUROPE)
        and unicodedata.normalize("NFKC", character) == character
    ]
    assert len(punctuation) > 1_000
    assert len(letters) > 1_000
    parted = full_text.plain_words(f"ab{character}cd" for character in punctuation)
    assert [c for c, words in zip(punctuation, parted, strict=True) if words != ["ab", "cd"]] == []
    whole = full_text.plain_words(f"ab{character}cd" for character in letters)
    assert [c for c, words in zip(letters, whole, strict=True) if len(words) != 1] == []


def test_capitals_of_europe_are_the_same_letters() -> None:
    numbers = [*range(0x41, 0x180), *range(0x386, 0x3AA), *range(0x400, 0x430), 0x490]
    capitals = [chr(number) for number in numbers if unicodedata.category(chr(number)) == "Lu"]
    large, small = full_text.plain_words(capitals), full_text.plain_words(character.lower() for character in capitals)
    assert len(capitals) > 150
    assert large == small


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=60))
def test_what_is_written_plainly_stays_so(text: str) -> None:
    once = plain(text)
    assert plain(once) == once
    assert plain(unicodedata.normalize("NFD", text)) == plain(unicodedata.normalize("NFC", text)) == once


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(st.sampled_from("aé ß’'“”„«»-–/.,1\u00ad\u00a0\u202f\u200bLldqu"), min_size=1, max_size=30))
def test_a_text_is_found_by_itself(text: str) -> None:
    """Quoted in full, in whichever language; what has no word in it finds nothing."""
    words = full_text.plain_words([text])[0]
    typed = '"' + " ".join(words) + '"'
    if _one("SELECT numnode(hub_query('', %s))", typed):
        assert finds("", text, typed)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=st.text(st.characters(exclude_categories=["Cs"]), max_size=300))
def test_what_is_asked_for_is_bounded(typed: str) -> None:
    line = full_text.cut(typed)
    assert len(line) <= full_text.LONGEST_WORDS
    assert len(unicodedata.normalize("NFKC", line)) <= full_text.LONGEST_WORDS
    assert set(asked(line)) & set("'&|!():*<>\\") == set()
