"""Reports of reuse that wait for somebody, for the top of "my page"."""

from collections.abc import Iterator

from django.db.models import Q
from django.utils.translation import gettext

from accounts.profile.to_do import Task
from accounts.users.models import User
from practices.practice.presentation import text_for
from practices.reuse.models.reuses import Reuse, ReuseQuerySet

# None of these ends, so the first ones are as urgent as all others.
_MOST = 8


def to_tell(user: User, language: str) -> Iterator[Task]:
    """What was sent back, and what the organisation was asked a year later."""
    waiting = Reuse.objects.of(user).filter(Q(state="returned") | Q(state="accepted", asked_at__isnull=False))
    for each in _with_titles(waiting):
        words = (
            gettext("Mend your report about “%(title)s”: it was sent back")
            if each.state == Reuse.State.RETURNED
            else gettext("Say how it went on with “%(title)s”")
        )
        yield Task(words % {"title": _title(each, language)}, each.address("practices:update_reuse"), about=each.name)


def to_check(user: User, language: str) -> Iterator[Task]:
    """What others report about the practices for which the organisations of this person answer."""
    theirs = Reuse.objects.to_check().filter(practice__live=True, practice__owner__memberships__user=user)
    own = Reuse.objects.filter(Q(organisation__memberships__user=user) | Q(versions__by=user)).order_by().values("pk")
    for each in _with_titles(theirs.exclude(pk__in=own)):
        said = gettext("Read a report about “%(title)s”") % {"title": _title(each, language)}
        yield Task(said, each.address("practices:check_reuse"), about=each.name)


def _with_titles(reuses: ReuseQuerySet) -> ReuseQuerySet:
    live = reuses.filter(practice__live=True)
    return live.select_related("organisation", "practice").prefetch_related("practice__texts")[:_MOST]


def _title(reuse: Reuse, language: str) -> str:
    practice = reuse.practice
    text = text_for(practice.texts.all(), language, practice.original_language)
    return text.title if text else practice.slug
