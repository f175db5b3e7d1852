"""What a reader keeps: a visitor in the session, who is signed in in the account, where it is found again anywhere."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.http import HttpRequest

from accounts.users.models import User
from practices.choosing.models import ShortlistEntry
from practices.practice.models.practice import Practice, PracticeQuerySet

MOST = 50
_SESSION = "shortlist"


@dataclass(frozen=True)
class Shortlist:
    """What somebody kept, the latest first, as a page needs it that offers to keep more."""

    slugs: tuple[str, ...]
    # A page for everyone says nothing of a list: only who has one is told how long it is.
    personal: bool
    # Where the reader is, to come back to.
    here: str

    @property
    def count(self) -> int:
        """How many."""
        return len(self.slugs)


def open_shortlist(request: HttpRequest, *, here: str = "") -> Shortlist:
    """The reader's own; a visitor without a session gets the same as all of those. `here` is the page's own address."""
    slugs = tuple(practice.slug for practice in kept(request, fields=("pk", "slug")))
    return Shortlist(slugs, personal=not request.session.is_empty(), here=here or request.path)


def kept(request: HttpRequest, *, fields: tuple[str, ...] = ()) -> list[Practice]:
    """The practices that the reader keeps and that are still in the library, the latest first."""
    if isinstance(request.user, User):
        practices = Practice.objects.public().filter(shortlist_entries__user=request.user)
        return list(_only(practices, fields).order_by("-shortlist_entries__added_at", "-shortlist_entries__pk"))
    keys = _in_session(request)
    found = _only(Practice.objects.public(), fields).in_bulk(keys) if keys else {}
    return [found[key] for key in reversed(keys) if key in found]


def keep(request: HttpRequest, *, practices: Iterable[Practice]) -> int:
    """Put these on the list, the first one on top; returns how many found no room."""
    keys = [practice.pk for practice in practices]
    if isinstance(request.user, User):
        return _keep_for(request.user, keys)
    before = _still_public(_in_session(request))
    fresh = [key for key in keys if key not in before]
    room = MOST - len(before)
    request.session[_SESSION] = before + fresh[:room][::-1]
    return max(len(fresh) - room, 0)


def remove(request: HttpRequest, *, practices: Iterable[Practice]) -> None:
    """Take these off the list."""
    keys = {practice.pk for practice in practices}
    if isinstance(request.user, User):
        ShortlistEntry.objects.filter(user=request.user, practice__in=keys).delete()
        return
    _put(request, [key for key in _in_session(request) if key not in keys])


def clear(request: HttpRequest) -> None:
    """Take everything off the list."""
    if isinstance(request.user, User):
        ShortlistEntry.objects.filter(user=request.user).delete()
        return
    _put(request, [])


def hand_over(request: HttpRequest, user: User) -> None:
    """What somebody kept before signing in goes to the account, as far as there is room; the account's own stays."""
    keys = _in_session(request)
    if keys:
        _keep_for(user, keys[::-1])
        _put(request, [])


@transaction.atomic
def _keep_for(user: User, keys: list[int]) -> int:
    # Held, so that two forms sent at once do not both find the last place.
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    own = ShortlistEntry.objects.filter(user=user)
    own.exclude(practice__in=Practice.objects.public()).delete()
    before = set(own.values_list("practice_id", flat=True))
    fresh = [key for key in _still_public(keys) if key not in before]
    room = MOST - len(before)
    entries = [ShortlistEntry(user=user, practice_id=key) for key in fresh[:room][::-1]]
    ShortlistEntry.objects.bulk_create(entries, ignore_conflicts=True)
    return max(len(fresh) - room, 0)


def _still_public(keys: list[int]) -> list[int]:
    """Those that are still in the library, in the same order. What left it makes room with the next change."""
    public = set(Practice.objects.public().filter(pk__in=keys).values_list("pk", flat=True))
    return [key for key in keys if key in public]


def _in_session(request: HttpRequest) -> list[int]:
    """The latest last."""
    keys: list[int] = request.session.get(_SESSION, [])
    return keys


def _put(request: HttpRequest, keys: list[int]) -> None:
    """With nothing left the session itself goes, and the visitor gets the pages that are kept for everyone again."""
    if keys or set(request.session.keys()) - {_SESSION}:
        request.session[_SESSION] = keys
    else:
        request.session.flush()


def _only(practices: PracticeQuerySet, fields: tuple[str, ...]) -> PracticeQuerySet:
    return practices.only(*fields) if fields else practices
