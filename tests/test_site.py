"""The whole site as a machine reads it: every page that links lead to, in every language."""

import json
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import parse_qs, urljoin, urlsplit

import pytest
from django.conf import settings
from django.test import Client, override_settings
from pytest_django import DjangoDbBlocker

from tests.foreign_words import foreign, proper_names

# The tests themselves only read what the fixture found, but pytest-django makes a database for those that say so.
pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("site")]
LANGUAGES = ("nl", "fr", "de", "en")
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "SAMEORIGIN",
}
# Attributes that make a browser fetch something by itself; a link that a person may follow is another matter.
FETCHED = {"img": "src", "script": "src", "link": "href", "source": "srcset", "iframe": "src", "video": "src"}
MEASURED = {"canonical", "alternate"}


@dataclass
class Reading:
    """What one page says."""

    path: str
    language: str = ""
    headings: int = 0
    title: str = ""
    canonical: str = ""
    alternates: dict[str, str] = field(default_factory=dict)
    links: list[str] = field(default_factory=list)
    fetched: list[str] = field(default_factory=list)
    inline: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    data: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)
    has_form: bool = False


class Reader(HTMLParser):
    """Fills in a Reading."""

    def __init__(self, path: str) -> None:
        super().__init__(convert_charrefs=True)
        self.reading = Reading(path)
        self._inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self._inside = tag
        reading = self.reading
        reading.language = given.get("lang", "") if tag == "html" else reading.language
        reading.headings += tag == "h1"
        reading.ids += [given["id"]] if "id" in given else []
        reading.inline += [f"{tag} {name}" for name in given if name == "style" or name.startswith("on")]
        if tag == "a" and given.get("href"):
            reading.links.append(urljoin(reading.path, given["href"]))
        if tag == "link":
            self._link(given)
        elif tag in FETCHED and given.get(FETCHED[tag]):
            reading.fetched.append(given[FETCHED[tag]])
        if tag == "script" and "src" not in given:
            self._script(given)
        reading.inline += ["style element"] if tag == "style" else []
        reading.has_form |= given.get("name") == "csrfmiddlewaretoken"

    def _link(self, given: dict[str, str]) -> None:
        kinds = set(given.get("rel", "").split())
        if "canonical" in kinds:
            self.reading.canonical = given["href"]
        elif "hreflang" in given:
            self.reading.alternates[given["hreflang"]] = given["href"]
        elif not kinds & MEASURED:
            self.reading.fetched.append(given["href"])

    def _script(self, given: dict[str, str]) -> None:
        if given.get("type") == "application/ld+json":
            self._inside = "data"
        elif given.get("type") != "application/json":
            self.reading.inline.append("script element")

    def handle_data(self, data: str) -> None:
        if self._inside == "data":
            self.reading.data.append(data)
        if self._inside == "title" and not self.reading.title:
            self.reading.title = data.strip()

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""


@dataclass
class Site:
    """All pages that a visitor finds by following links from the four homes."""

    pages: dict[str, Reading] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    names: frozenset[str] = frozenset()

    @property
    def canonical(self) -> list[Reading]:
        """Those without a search or a filter."""
        return [page for page in self.pages.values() if "?" not in page.path]


def _crawl(client: Client) -> Site:
    """Every address once; of searches and filters one of each kind."""
    site = Site(names=proper_names())
    waiting = [f"/{language}/" for language in LANGUAGES] + ["/accounts/login/"]
    seen = set(waiting)
    while waiting:
        path = waiting.pop()
        response = client.get(path, headers={"accept-language": "en"})
        if response.status_code in {301, 302} and _leads_to_sign_in(response["Location"]):
            client.cookies.clear()  # with the language in which to sign in
            continue
        if response.status_code != 200:
            site.wrong.append(f"{path} answers {response.status_code}")
            continue
        _look_at_headers(site, path, dict(response.headers))
        if not response["Content-Type"].startswith("text/html"):
            continue
        reader = Reader(path)
        reader.feed(response.content.decode())
        site.pages[path] = page = reader.reading
        page.foreign += foreign(response.content.decode(), site.names)
        cookies = set(client.cookies) - ({settings.CSRF_COOKIE_NAME} if page.has_form else set())
        site.wrong += [f"{path} sets the cookie {name}" for name in cookies]
        client.cookies.clear()
        for link in page.links:
            target = _internal(link)
            if target and _kind(target) not in seen:
                seen.add(_kind(target))
                waiting.append(target)
    return site


def _kind(address: str) -> str:
    """Of all searches and filters of one page, those by the same parameters count as one."""
    parts = urlsplit(address)
    return f"{parts.path}?{sorted(parse_qs(parts.query))}" if parts.query else parts.path


def _leads_to_sign_in(location: str) -> bool:
    return urlsplit(location).path == "/accounts/login/"


def _internal(link: str) -> str:
    parts = urlsplit(link)
    if parts.scheme not in {"", "http", "https"} or (
        parts.netloc and parts.netloc != urlsplit(settings.SITE_URL).netloc
    ):
        return ""
    if "language=" in parts.query or parts.path.startswith(("/static/", "/admin/")):
        return ""
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def _look_at_headers(site: Site, path: str, headers: dict[str, str]) -> None:
    for name, value in HEADERS.items():
        if headers.get(name) != value:
            site.wrong.append(f"{path} says {name}: {headers.get(name)}")
    policy = headers.get("Content-Security-Policy", "")
    if "default-src 'none'" not in policy or "unsafe" in policy:
        site.wrong.append(f"{path} has the content policy {policy!r}")
    if "camera=()" not in headers.get("Permissions-Policy", ""):
        site.wrong.append(f"{path} has no Permissions-Policy")


@pytest.fixture(scope="module")
def site(demo_content: None, django_db_blocker: DjangoDbBlocker) -> Site:
    """The demo's pages, read once."""
    with django_db_blocker.unblock(), override_settings(DEMO=False):
        return _crawl(Client(headers={"host": urlsplit(settings.SITE_URL).netloc}))


def test_every_link_leads_somewhere(site: Site) -> None:
    """No broken link, no missing header, no cookie for somebody who only reads."""
    assert not site.wrong, "\n".join(site.wrong)
    assert len(site.canonical) > 250


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_language_is_said(site: Site, language: str) -> None:
    pages = [page for page in site.pages.values() if page.path.startswith(f"/{language}/")]
    assert len(pages) > 60
    assert not [page.path for page in pages if page.language != language]


def test_each_word_is_in_the_language_that_is_said(site: Site) -> None:
    """What is in another carries that language itself."""
    found = {words: page.path for page in site.pages.values() for words in page.foreign}
    assert not found, "\n".join(f"{words} ({path})" for words, path in sorted(found.items()))


def test_one_main_heading_and_a_title_of_its_own(site: Site) -> None:
    assert not [(page.path, page.headings) for page in site.pages.values() if page.headings != 1]
    assert not [page.path for page in site.pages.values() if len(page.title) < 5]


def test_names_inside_a_page_are_used_once(site: Site) -> None:
    twice = {page.path: {each for each in page.ids if page.ids.count(each) > 1} for page in site.pages.values()}
    assert not {path: names for path, names in twice.items() if names}


def test_no_page_fetches_anything_from_elsewhere(site: Site) -> None:
    foreign = {(page.path, url) for page in site.pages.values() for url in page.fetched if urlsplit(url).netloc}
    assert not foreign


def test_no_script_or_style_is_written_into_a_page(site: Site) -> None:
    assert not {(page.path, *page.inline) for page in site.pages.values() if page.inline}


def test_structured_data_can_be_read(site: Site) -> None:
    kinds = {json.loads("".join(page.data))["@type"] for page in site.pages.values() if page.data}
    assert {"Event", "NewsArticle"} < kinds
    assert len(kinds) >= 4, kinds


def test_each_page_names_its_own_address(site: Site) -> None:
    """Its own, or that of the language whose words it shows because its own has none."""
    by_address = {settings.SITE_URL + page.path: page for page in site.canonical}
    wrong = []
    for address, page in by_address.items():
        shown = by_address.get(page.canonical)
        if page.canonical != address and (not shown or shown.canonical != page.canonical or shown.title != page.title):
            wrong.append(f"{address} calls itself {page.canonical}")
    assert not wrong, "\n".join(wrong)


def test_translations_name_each_other(site: Site) -> None:
    """`hreflang` both ways, each leading to a page that exists in that language."""
    told = {settings.SITE_URL + page.path: page.alternates for page in site.canonical}
    wrong = []
    for address, alternates in told.items():
        for language, other in alternates.items():
            if other not in told:
                wrong.append(f"{address}: {language} leads to {other}, which no link leads to")
            elif told[other] != alternates:
                wrong.append(f"{address} and {other} do not agree")
            elif language != "x-default" and not urlsplit(other).path.startswith(f"/{language}/"):
                wrong.append(f"{address}: {other} is not in {language}")
    assert not wrong, "\n".join(wrong)
    assert sum(len(alternates) >= 3 for alternates in told.values()) > 100
