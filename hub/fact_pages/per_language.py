"""The pages that tell of one fact, a language each: what there is of them, and the missing ones made as drafts.

An app says by a `PagesOf` how the pages of its fact are found and begun; its screen shows `overview`, and its buttons
make one or all that are missing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.utils.translation import override
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
        above = self._overviews()
        told = []
        for code, _name in settings.LANGUAGES:
            page, overview = there.get(code), above.get(code)
            may_make = bool(not page and overview and overview.permissions_for_user(user).can_add_subpage())
            has_overview = bool(page or overview)
            told.append(PageInLanguage(code, language_name(code), page, has_overview=has_overview, may_make=may_make))
        return told

    def _overviews(self) -> dict[str, Any]:
        """The overview of each language that has one; of several the one that visitors can read."""
        pages = self.overview_model._default_manager.select_related("locale").order_by("live", "-path")
        return {page.locale.language_code: page for page in pages}

    def make(self, language: str, *, by: User) -> Any:
        """A draft; the page that is there already where there is one. The caller holds the fact.

        Raises PermissionDenied for who may not write below that overview, and where there is none.
        """
        if page := self.pages.filter(locale__language_code=language).first():
            return page
        above = self._overviews().get(language)
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
