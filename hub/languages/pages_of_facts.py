"""The pages that tell of one fact, a language each: what there is of them, and the missing ones made as drafts.

An app says by a `PagesOf` how the pages of its fact are found and begun; its screen shows `overview` and its button
calls `make`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.utils.translation import ngettext, override
from wagtail.log_actions import log
from wagtail.models import Locale, Page
from wagtail.query import PageQuerySet

from accounts.users.models import User
from hub.languages.names import language_name


@dataclass(frozen=True)
class PageInLanguage:
    """What there is of a fact in one language; without `page`, whether somebody may make one."""

    language: str
    name: str
    page: Any
    has_overview: bool
    may_make: bool


@dataclass(frozen=True)
class PagesOf:
    """The pages of one fact: those that there are, below which kind of overview they stand, and how one begins."""

    pages: PageQuerySet[Any]
    overview_model: type[Page]
    begin: Callable[[Locale], Any]

    def overview(self, user: User) -> list[PageInLanguage]:
        """Each language of the portal with its page, or whether this person may make it."""
        pages = self.pages.select_related("locale").defer("body")
        there = {page.locale.language_code: page for page in pages}
        return [self._in_language(code, there.get(code), user) for code, _name in settings.LANGUAGES]

    def _in_language(self, code: str, page: Any, user: User) -> PageInLanguage:
        above = None if page else self.overview_in(code)
        may_make = bool(above and above.permissions_for_user(user).can_add_subpage())
        return PageInLanguage(code, language_name(code), page, has_overview=bool(page or above), may_make=may_make)

    def overview_in(self, language: str) -> Any:
        """The overview of a language, where there is one."""
        found = self.overview_model._default_manager.filter(locale__language_code=language)
        return found.order_by("-live", "path").first()

    def make(self, language: str, *, by: User) -> Any:
        """A draft; the page that is there already where there is one. The caller holds the fact.

        Raises PermissionDenied for who may not write below that overview, and where there is none.
        """
        if page := self.pages.filter(locale__language_code=language).first():
            return page
        above = self.overview_in(language)
        if above is None or not above.permissions_for_user(by).can_add_subpage():
            raise PermissionDenied
        page = self.begin(above.locale)
        page.live, page.owner = False, by
        if other := self.pages.first():
            page.translation_key = other.translation_key
        with override(language):
            above.add_child(instance=page)
        page.save_revision(user=by, log_action=False)
        log(page, "wagtail.create", user=by)
        return page

    def make_missing(self, *, by: User) -> list[Any]:
        """A draft in each language that lacks one and in which this person may write. The caller holds the fact."""
        return [self.make(each.language, by=by) for each in self.overview(by) if not each.page and each.may_make]


def made(pages: list[Any]) -> str:
    """What somebody is told who made the missing ones."""
    words = ngettext(
        "%(number)d draft was made: open it, write its words, then publish it.",
        "%(number)d drafts were made: open each, write its words, then publish it.",
        len(pages),
    )
    return words % {"number": len(pages)}
