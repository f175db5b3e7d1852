"""What the library gives the newsletter."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from hub.newsletter.issues import Item
from practices.practice.models.practice import Practice, PracticeQuerySet
from practices.practice.presentation import text_for


class PracticeSource:
    """Published practices; their key is their number."""

    def published(self, since: datetime, language: str, limit: int) -> Iterable[Item]:
        """Those that appeared after `since`."""
        appeared = Practice.objects.public().filter(first_published_at__gt=since).newest_first()
        return self._items(appeared[:limit], language)

    def found(self, keys: Sequence[str], language: str) -> Iterable[Item]:
        """These, as far as they are public."""
        good = [key for key in keys if key.isascii() and key.isdecimal() and len(key) < 10]
        return self._items(Practice.objects.public().filter(pk__in=good), language)

    def _items(self, practices: PracticeQuerySet, language: str) -> list[Item]:
        return [_item(practice, language) for practice in practices.prefetch_related("texts")]


def _item(practice: Practice, language: str) -> Item:
    text = text_for(practice.texts.all(), language, practice.original_language)
    return Item(
        key=str(practice.pk),
        title=text.title if text else practice.slug,
        url=practice.url_in(language),
        text=text.summary if text else "",
        language=text.language if text else practice.original_language,
        published_at=practice.first_published_at,
    )
