"""Saying something about a figure, and who reads it."""

from datetime import date

from django.db import transaction

from accounts.users.models import User
from monitoring.comments.models import Comment
from monitoring.indicators.models import Indicator


@transaction.atomic
def write(
    indicator: Indicator, *, until: date, text: str, language: str, by: User, since: date | None = None,
    is_public: bool = False,
) -> tuple[Comment, bool]:  # fmt: skip
    """Keep these words about these days, and tell whether they are new: sent twice they are kept once."""
    # Nobody else adds to this indicator meanwhile.
    Indicator.objects.select_for_update(no_key=True).get(pk=indicator.pk)
    same = Comment.objects.filter(indicator=indicator, until=until, language=language, text=text)
    known = (same.filter(since=since) if since else same.filter(since__isnull=True)).first()
    if known:
        return known, False
    made = Comment.objects.create(
        indicator=indicator, since=since, until=until, text=text, language=language, is_public=is_public, by=by
    )
    return made, True


def show(comment: Comment, *, to_everybody: bool) -> bool:
    """Whether everybody reads it; tells whether that is new."""
    changed = Comment.objects.filter(pk=comment.pk, is_public=not to_everybody).update(is_public=to_everybody)
    return bool(changed)
