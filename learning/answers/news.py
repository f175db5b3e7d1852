"""What followers of a question are told: what is known by now. Of several versions that came since, the last one."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.utils.translation import override

from hub.newsletter.issues import Item
from hub.what_is_new.sources import Appeared
from learning.answers.models import AnswerVersion
from learning.answers.reading import told


class AnswerNews:
    """The answers that count, for `hub.what_is_new`."""

    def appeared(self, since: datetime, until: datetime) -> list[Appeared]:
        """Each once, when it was written."""
        fresh = AnswerVersion.objects.public().current().filter(at__gt=since, at__lte=until)
        rows = fresh.select_related("question").order_by("pk")
        return [Appeared(row.pk, row.at, frozenset({row.question.topic})) for row in rows]

    def found(self, keys: Sequence[str], language: str) -> Iterable[Item]:
        """These, as far as they still count."""
        good = [key for key in keys if key.isascii() and key.isdecimal() and len(key) < 19]
        rows = AnswerVersion.objects.public().current().filter(pk__in=good).with_words().with_evidence()
        with override(language):
            return [
                _item(row, language)
                for row in rows.select_related("question", "by").prefetch_related("question__texts")
            ]


def _item(row: AnswerVersion, language: str) -> Item:
    text, answer = row.question.text_in(language), told(row, language)
    return Item(
        key=str(row.pk),
        title=text.words if text else row.question.slug,
        url=row.question.get_absolute_url(),
        text=" ".join(filter(None, (answer.short, answer.changed))),
        language=answer.language or language,
        published_at=row.at,
    )
