"""What offers and requests tell those who follow an organisation or a theme."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from urllib.parse import urljoin

from django.conf import settings
from django.utils import translation
from django.utils.text import capfirst

from hub.newsletter.issues import Item
from hub.vocabularies.models import Vocabulary
from hub.what_is_new.sources import Appeared
from partners.exchange.filters import card
from partners.exchange.models import Notice


class NoticeNews:
    """Offers and requests, by who makes them and their themes. One is new when it is made; renewing it is no news."""

    def appeared(self, since: datetime, until: datetime) -> list[Appeared]:
        made = Notice.objects.public().filter(created_at__gt=since, created_at__lte=until)
        return [Appeared(each.pk, each.created_at, _topics(each)) for each in made.prefetch_related("terms")]

    def found(self, keys: Sequence[str], language: str) -> Iterable[Item]:
        rows = Notice.objects.public().with_facts().filter(pk__in=keys)
        with translation.override(language):
            return [_item(each, language) for each in rows]


def _topics(notice: Notice) -> frozenset[str]:
    themes = (f"theme:{term.code}" for term in notice.terms.all() if term.vocabulary == Vocabulary.THEME)
    return frozenset([f"organisation:{notice.organisation_id}", *themes])


def _item(notice: Notice, language: str) -> Item:
    shown = card(notice, language)
    return Item(
        key=str(notice.pk),
        title=notice.title,
        url=urljoin(settings.SITE_URL, shown.url),
        text=shown.summary,
        language=notice.language,
        published_at=notice.created_at,
        note=f"{capfirst(shown.kind)} · {shown.organisation}",
    )
