"""What pages give the newsletter: the centre's news, and what other apps say as pages."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urljoin
from uuid import UUID

from django.conf import settings
from wagtail.models import Page
from wagtail.query import PageQuerySet

from hub.languages.reading_order import nearest_pages
from hub.newsletter.issues import Item
from hub.site.visibility import visible


class PageSource:
    """Pages of one type. Translations of a page are one thing; its key is the one they share (`key_field`)."""

    def __init__(self, model: Any, key_field: str) -> None:
        self._model = model
        self._key_field = key_field

    def published(self, since: datetime, language: str, limit: int) -> Iterable[Item]:
        """Each thing of which some language appeared after `since`."""
        appeared = self._pages().filter(first_published_at__gt=since).order_by("-first_published_at")
        keys = list(dict.fromkeys(appeared.values_list(self._key_field, flat=True)))[:limit]
        return self._nearest(keys, language)

    def found(self, keys: Sequence[str], language: str) -> Iterable[Item]:
        """These things, each in the nearest language that it is public in."""
        return self._nearest([key for key in keys if self._is_key(key)], language)

    def _pages(self) -> PageQuerySet[Any]:
        return visible(self._model.objects.all())

    def _is_key(self, key: str) -> bool:
        if self._key_field == "translation_key":
            try:
                return bool(UUID(key))
            except ValueError:
                return False
        return key.isascii() and key.isdecimal() and len(key) < 10

    def _nearest(self, keys: Sequence[Any], language: str) -> list[Item]:
        chosen = self._pages().filter(**{f"{self._key_field}__in": keys})
        pages: dict[Any, Any] = nearest_pages(chosen, self._key_field, language)
        return [item(str(key), page, page.introduction) for key, page in pages.items()]


def item(key: str, page: Page, text: str) -> Item:
    """A page as the newsletter shows it."""
    return Item(
        key=key,
        title=page.title,
        url=urljoin(settings.SITE_URL, page.url or "/"),
        text=text,
        language=page.locale.language_code,
        published_at=page.first_published_at,
    )
