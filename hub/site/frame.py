"""What surrounds every page: name, menus, languages, funding statement, and the addresses search engines want."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.db import DatabaseError
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse, translate_url
from django.utils.translation import get_language, get_language_info, gettext, override
from wagtail.models import Page
from wagtail.query import PageQuerySet

from hub.content_memory.content_version import remembered
from hub.site.models import MenuItem, SiteSettings
from hub.site.visibility import visible

# Sections that stand outside the languages' addresses and choose the language themselves.
UNPREFIXED = ("/accounts/", "/door/")
# Nobody chooses more than this; longer ones would stand on the page once per language.
LONGEST_QUERY = 1000
LATER_PAGE = re.compile(r"[2-9]|[1-9][0-9]{1,4}")


@dataclass(frozen=True)
class Link:
    """One entry of a menu; `language` is set when what it leads to is not in the reader's language."""

    label: str
    url: str
    current: bool
    language: str = ""
    below: tuple["Link", ...] = ()


@dataclass(frozen=True)
class LanguageLink:
    """One language of the switch: to the same content where it exists, else as near to it as that language has."""

    code: str
    name: str
    url: str
    current: bool
    note: str = ""


class SiteFrame:
    """Looks up only what the template asks for, and stands without a database, for the error pages' sake."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.path = request.path
        self.language = get_language() or settings.LANGUAGE_CODE
        self.url = settings.SITE_URL
        self.is_demo = settings.DEMO

    @cached_property
    def settings(self) -> SiteSettings:
        try:
            return remembered(SiteSettings, SiteSettings.objects.first) or SiteSettings()
        except DatabaseError:
            return SiteSettings()

    @property
    def name(self) -> str:
        return self.settings.name

    @property
    def tagline(self) -> str:
        return str(self.settings.tagline)

    @property
    def description(self) -> str:
        return str(self.settings.description)

    @property
    def address(self) -> str:
        return self.settings.address

    @property
    def funding_statement(self) -> str:
        return self.settings.get_funding_display()

    @property
    def disclaimer(self) -> str:
        return str(self.settings.disclaimer)

    @cached_property
    def menu(self) -> list[Link]:
        """The entries of the header, each with those below it."""
        return [
            replace(link, current=True) if link.current or any(part.current for part in link.below) else link
            for link in self._marked(MenuItem.Place.HEADER)
        ]

    @cached_property
    def section(self) -> Link | None:
        """The entry of the header that the reader is in, when it has others below it."""
        return next((link for link in self.menu if link.current and link.below), None)

    @cached_property
    def section_itself(self) -> bool:
        """Whether the reader is in the section's own pages, and in none of those below it."""
        return self.section is not None and not any(part.current for part in self.section.below)

    @cached_property
    def footer_menu(self) -> list[Link]:
        """The entries of the footer."""
        return self._marked(MenuItem.Place.FOOTER)

    def _marked(self, place: str) -> list[Link]:
        """The entries of one menu, with what the reader looks at: of several above the page, the nearest."""
        links = [link for its_place, link in self._links if its_place == place]
        above = [each.url for link in links for each in (link, *link.below) if self.path.startswith(each.url)]
        nearest = max(above, key=len, default="")

        def marked(link: Link) -> Link:
            return replace(link, current=link.url == nearest, below=tuple(marked(each) for each in link.below))

        return [marked(link) for link in links]

    @cached_property
    def _host(self) -> str:
        """Addresses of pages are relative where the host is the site's own."""
        try:
            return self.request.get_host()
        except DisallowedHost:
            return ""

    @cached_property
    def _links(self) -> list[tuple[str, Link]]:
        try:
            return remembered(("menus", self.language, self._host), self._find_links)
        except DatabaseError:
            return []

    def _find_links(self) -> list[tuple[str, Link]]:
        if not self.settings.pk:
            return []
        items = list(self.settings.menu_items.select_related("page__locale"))
        pages = _in_language((item.page for item in items if item.page), self.language)
        found: list[tuple[str, Link]] = []
        has_upper = False
        for item in items:
            link = self._link(item, pages.get(item.page.translation_key) if item.page else None)
            is_below = item.is_below and item.place == MenuItem.Place.HEADER
            if not is_below:
                # Below an entry that leads nowhere for now, others stand for themselves.
                has_upper = link is not None
            if link and is_below and has_upper:
                place, upper = found[-1]
                found[-1] = (place, replace(upper, below=(*upper.below, link)))
            elif link:
                found.append((item.place, link))
        return found

    def _link(self, item: MenuItem, page: Page | None) -> Link | None:
        language = ""
        if item.route:
            try:
                url: str | None = reverse(item.route)
            except NoReverseMatch:
                return None
        else:
            url = page.get_url(self.request) if page else None
            if page and page.locale.language_code != self.language:
                language = page.locale.language_code
        if not url:
            return None
        return Link(str(item.label), url, current=False, language=language)

    @cached_property
    def languages(self) -> list[LanguageLink]:
        """The switch of languages: plain links, so that it works everywhere and can be cached."""
        existing = {each["code"]: each["path"] for each in self.translations}
        return [
            LanguageLink(code, get_language_info(code)["name_local"], url, code == self.language, note)
            for code, _name in settings.LANGUAGES
            for url, note in [(existing[code] + self._query, "") if code in existing else self._elsewhere(code)]
        ]

    @property
    def _query(self) -> str:
        """What was searched or chosen goes along to the other language."""
        query = self.request.GET.urlencode()
        return f"?{query}" if 0 < len(query) <= LONGEST_QUERY else ""

    def _elsewhere(self, code: str) -> tuple[str, str]:
        """Where that language leads instead, and what its readers are told about it."""
        if code == self.language:
            return self.path, ""
        if self.path.startswith(UNPREFIXED):
            # These addresses carry no language; nccsi.framework.middleware remembers the one that is asked for.
            return f"{self.path}?{urlencode({'language': code})}", ""
        url, title = self._above.get(code) or (f"/{code}/", "")
        with override(code):
            note = gettext("not translated, leads to “%(page)s”") % {"page": title}
        return url, note if title else ""

    @cached_property
    def translations(self) -> list[dict[str, str]]:
        """The same content in each language that has it: code and path."""
        match = self.request.resolver_match
        if match is None or self.path.startswith(UNPREFIXED):
            return []
        if match.url_name == "wagtail_serve":
            return self._page_translations()
        codes = [code for code, _name in settings.LANGUAGES]
        paths = [(code, translate_url(self.path, code)) for code in codes]
        if len({path for _code, path in paths}) < len(paths):
            return []
        return [{"code": code, "path": path} for code, path in paths]

    def _page_translations(self) -> list[dict[str, str]]:
        route = getattr(self.request, "_wagtail_route_for_request", None)
        if not route:
            return []
        key = ("translations", route[0].translation_key, self._host)
        try:
            found = remembered(key, lambda: self._urls(visible(route[0].get_translations(inclusive=True))))
        except DatabaseError:
            return []
        return [{"code": code, "path": found[code]} for code, _name in settings.LANGUAGES if found.get(code)]

    @cached_property
    def _above(self) -> dict[str, tuple[str, str]]:
        """The nearest page above this one in each language that has any: address and title."""
        route = getattr(self.request, "_wagtail_route_for_request", None)
        if not route:
            return {}
        try:
            parent = route[0].path[: -Page.steplen]
            return remembered(("above", parent, self._host), lambda: self._find_above(route[0]))
        except DatabaseError:
            return {}

    def _find_above(self, page: Page) -> dict[str, tuple[str, str]]:
        keys = page.get_ancestors().filter(depth__gt=1).values("translation_key")
        pages = visible(Page.objects.filter(translation_key__in=keys)).select_related("locale").order_by("depth")
        found = ((each.locale.language_code, each.get_url(self.request), each.title) for each in pages)
        return {code: (url, title) for code, url, title in found if url}

    def _urls(self, pages: "PageQuerySet[Page]") -> dict[str, str]:
        return {page.locale.language_code: page.get_url(self.request) or "" for page in pages.select_related("locale")}

    @property
    def canonical_url(self) -> str:
        """The one address of this page; a page number belongs to it, a search or a filter does not."""
        number = self.request.GET.get("page", "")
        query = f"?page={number}" if LATER_PAGE.fullmatch(number) else ""
        return f"{self.url}{self.request.path}{query}"

    @property
    def alternates(self) -> list[dict[str, str]]:
        """For `hreflang`: every language this page exists in, and where everyone else goes."""
        if len(self.translations) < 2:
            return []
        absolute = [{"code": each["code"], "url": f"{self.url}{each['path']}"} for each in self.translations]
        default = next((each for each in absolute if each["code"] == settings.LANGUAGE_CODE), absolute[0])
        return [*absolute, {"code": "x-default", "url": default["url"]}]


def _in_language(pages: Iterable[Page], language: str) -> dict[Any, Page]:
    """For each page its live translation in the language, else the page itself if live; one query."""
    originals = {page.translation_key: page for page in pages}
    if not originals:
        return {}
    translated = (
        Page.objects.live()
        .filter(translation_key__in=originals, locale__language_code=language)
        .select_related("locale")
    )
    live = {key: page for key, page in originals.items() if page.live}
    return live | {page.translation_key: page for page in translated}
