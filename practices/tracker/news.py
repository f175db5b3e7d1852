"""What followers of the tracker and of a practice are told: it moved, or something of policy took it up."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import F, Q
from django.utils.translation import gettext, override

from hub.newsletter.issues import Item
from hub.what_is_new.sources import Appeared
from practices.mainstreaming.models import StageMove
from practices.mainstreaming.steps import StepQuerySet
from practices.practice.models.practice import Practice
from practices.practice.presentation import label, text_for
from practices.practice.terms import Terms
from practices.tracker.selection import with_origin
from practices.tracker.topics import PRACTICE, TOPIC


class MoveNews:
    """Moves that changed the stage that a public practice shows; what was added to its past is none."""

    def appeared(self, since: datetime, until: datetime) -> list[Appeared]:
        """Each once, when it was entered."""
        fresh = _news().filter(entered_at__gt=since, entered_at__lte=until)
        return [
            Appeared(row.pk, row.entered_at, frozenset({TOPIC, f"{PRACTICE}:{row.practice_id}"}))
            for row in fresh.order_by("pk")
        ]

    def found(self, keys: Sequence[str], language: str) -> Iterable[Item]:
        """These, as far as they still hold."""
        good = [key for key in keys if key.isascii() and key.isdecimal() and len(key) < 19]
        rows = with_origin(_news().filter(pk__in=good)).select_related("practice").prefetch_related("practice__texts")
        with override(language):
            return [_item(row, language) for row in rows]


def _news() -> StepQuerySet[StageMove]:
    """The last move of each public practice."""
    last = Q(practice__live=True, practice__stage=F("stage"), practice__stage_since=F("on"))
    return StageMove.objects.counting().filter(last)


def _item(row: StageMove, language: str) -> Item:
    practice: Practice = row.practice
    text = text_for(practice.texts.all(), language, practice.original_language)
    return Item(
        key=str(row.pk),
        title=text.title if text else practice.slug,
        url=practice.url_in(language),
        text=sentence(row),
        language=language,
        published_at=row.entered_at,
    )


def sentence(row: StageMove) -> str:
    """What happened, in the active language; the row knows where it `came_from`."""
    terms = Terms.load()
    came_from = label(terms.get(getattr(row, "came_from", None)))
    facts = {"before": came_from, "stage": label(terms.get(row.stage_id)), "day": row.when, "word": row.word}
    if came_from:
        return gettext("Moved from “%(before)s” to “%(stage)s”: %(day)s, according to %(word)s.") % facts
    return gettext("Moved to “%(stage)s”: %(day)s, according to %(word)s.") % facts
