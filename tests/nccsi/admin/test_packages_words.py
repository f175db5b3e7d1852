"""The words of packages that the admin shows: complete in each language, in one word for one thing."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import product
from pathlib import Path

import polib
import pytest
from django.apps import AppConfig, apps
from django.conf import settings
from django.utils.translation.trans_real import DjangoTranslation

from nccsi.management.commands.check_words import GLOSSARY
from nccsi.wording.glossary import rules

LANGUAGES = sorted(set(settings.ALL_LANGUAGES) - {"en"})
DOMAINS = ("django", "djangojs")
OURS = settings.BASE_DIR / "hub" / "wording"
# Whose words the admin is made of; the pages of accounts have a catalog of their own.
OF_THE_ADMIN = ("wagtail", "taggit")

# What lacks a translation and may: nobody reads it. A line that is not needed any more has to go.
UNREAD = {
    "django.contrib.auth": "forms of Django's own admin, which the portal does not have",
    "django_filters": "a choice among ways to compare, which no filter of the portal offers",
}
# In the packages' code, not yet in the catalogs that came with it.
NOT_IN_THEIR_CATALOGS = {'You do not have permission to publish pages at "%(page_title)s"'}

# A placeholder or a tag that runs into a word: "Publiceer inFrans".
RUNS_TOGETHER = re.compile(r"\w%\(|\)[sd]\w|\w\{|\}\w|\w<(?:a|b|strong)\b|</(?:a|b|strong)>\w")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")

Key = str | tuple[str, int]


def packages() -> list[AppConfig]:
    return [app for app in apps.get_app_configs() if Path(app.path).parent != settings.BASE_DIR]


def theirs(app: AppConfig, domain: str) -> Iterator[polib.POEntry]:
    """What a package has to say, in English."""
    source = Path(app.path) / "locale" / "en" / "LC_MESSAGES" / f"{domain}.po"
    files = [source] if source.exists() else Path(app.path).glob(f"locale/*/LC_MESSAGES/{domain}.po")
    for path in files:
        yield from (entry for entry in polib.pofile(str(path)) if not entry.obsolete)


def keys(entry: polib.POEntry) -> list[Key]:
    """How a compiled catalog knows an entry."""
    known = f"{entry.msgctxt}\x04{entry.msgid}" if entry.msgctxt else entry.msgid
    return [(known, 0), (known, 1)] if entry.msgid_plural else [known]


@cache
def shown(language: str, domain: str, place: str = "") -> Mapping[Key, str]:
    """What is read in this language, without what another language would step in with.

    A script reads the catalog of its own package and ours.
    """
    places = [f"{place}/locale"] if domain == "djangojs" else None
    words: dict[Key, str] = {}
    catalog = DjangoTranslation(language, domain=domain, localedirs=places)
    while catalog is not None:
        # The first one counts; after them region by region ("nl_NL" before "nl"), as `gettext` finds them.
        for key, said in catalog._catalog.items():  # type: ignore[attr-defined]  # gettext's
            words.setdefault(key, said)
        catalog = catalog._fallback  # type: ignore[attr-defined]  # gettext's
        if not hasattr(catalog, "_catalog") or isinstance(catalog, DjangoTranslation):
            break
    return words


def read(language: str) -> Iterator[tuple[str, polib.POEntry, Key, str]]:
    """Each of the admin's entries with what it is in this language: where, which, of how many, the words."""
    for app, domain in product(packages(), DOMAINS):
        if app.name.startswith(OF_THE_ADMIN):
            words = shown(language, domain, app.path)
            for entry in theirs(app, domain):
                yield from ((app.name, entry, key, words.get(key, "")) for key in keys(entry))


def ours(language: str, domain: str) -> list[polib.POEntry]:
    return list(polib.pofile(str(OURS / language / "LC_MESSAGES" / f"{domain}.po")))


def test_there_is_much_to_look_at() -> None:
    assert len(list(read("nl"))) > 1500
    assert len(ours("nl", "django")) > 50 < len(ours("de", "django"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_left_in_english(language: str) -> None:
    lacking = {
        (app.name, key)
        for app, domain in product(packages(), DOMAINS)
        for entry in theirs(app, domain)
        for key in keys(entry)
        if not shown(language, domain, app.path).get(key)
    }
    unexplained = sorted(f"{name}: {key}" for name, key in lacking if name not in UNREAD)
    assert unexplained == [], "hub/wording has to say these; docs/operations.md tells how"


def test_each_reason_is_needed() -> None:
    for name in UNREAD:
        app = next(app for app in packages() if app.name == name)
        entries = list(theirs(app, "django"))
        assert any(key not in shown(language, "django") for language in LANGUAGES for e in entries for key in keys(e))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_words_run_together(language: str) -> None:
    wrong = [
        (name, words)
        for name, entry, _key, words in read(language)
        if RUNS_TOGETHER.search(words) and not RUNS_TOGETHER.search(entry.msgid + entry.msgid_plural)
    ]
    assert wrong == []
    # What a script puts a name behind ends as it does in English.
    localize = apps.get_app_config("wagtail_localize")
    said = shown(language, "djangojs", localize.path)
    open_ended = [entry.msgid for entry in theirs(localize, "djangojs") if entry.msgid.endswith(" ")]
    assert "Publish in " in open_ended
    assert [words for words in map(said.get, open_ended) if not str(words).endswith(" ")] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_they_are_the_words_of_the_glossary(language: str) -> None:
    """And so address people as the portal does."""
    of_this = [rule for rule in rules(settings.BASE_DIR / GLOSSARY) if rule.language == language]
    faults = [
        (name, words, f) for name, _e, _k, words in read(language) for rule in of_this for f in rule.faults(words)
    ]
    assert faults == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("domain", DOMAINS)
def test_what_we_say_instead_is_still_asked_for_and_shown(language: str, domain: str) -> None:
    """An entry of ours that a package does not ask for any more has to go."""
    found: dict[tuple[str | None, str], AppConfig] = {}
    for app in packages():
        if app.name.startswith(OF_THE_ADMIN):
            found |= {(entry.msgctxt, entry.msgid): app for entry in theirs(app, domain)}
    # Some of a script's texts stand in the translated catalogs alone.
    script = polib.pofile(str(Path(apps.get_app_config("wagtail_localize").path, "locale/nl/LC_MESSAGES/djangojs.po")))
    for entry in ours(language, domain):
        if entry.msgid in NOT_IN_THEIR_CATALOGS:
            continue
        if domain == "djangojs" and script.find(entry.msgid):
            found.setdefault((entry.msgctxt, entry.msgid), apps.get_app_config("wagtail_localize"))
        asking = found.get((entry.msgctxt, entry.msgid))
        assert asking, f"No package asks for “{entry.msgid}” any more"
        written = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
        assert [shown(language, domain, asking.path).get(key) for key in keys(entry)] == written
        for words, source in zip(written, (entry.msgid, entry.msgid_plural), strict=False):
            assert set(PLACEHOLDER.findall(words)) <= set(PLACEHOLDER.findall(entry.msgid + entry.msgid_plural)), source


def test_no_catalog_says_what_another_one_says() -> None:
    """Where two of ours know the same text, only the first would be read."""
    for language in LANGUAGES:
        others = [
            polib.pofile(str(settings.BASE_DIR / place / language / "LC_MESSAGES" / "django.po"))
            for place in ("locale", "accounts/wording")
        ]
        twice = [
            e.msgid for e in ours(language, "django") for other in others if other.find(e.msgid, msgctxt=e.msgctxt)
        ]
        assert twice == [], language
