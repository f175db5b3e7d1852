"""Where it is kept what a reader said: a visitor's in the session, that of who is signed in with the account."""

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Now
from django.http import HttpRequest
from django.utils import timezone

from accounts.privacy import erasing
from accounts.privacy.keeping import Moment
from accounts.users.models import User
from practices.context.keeping_times import SITUATIONS
from practices.context.models import KeptSituation
from practices.context.situation import Situation
from practices.practice.terms import Terms

_SESSION = "situation"


def open_situation(request: HttpRequest) -> Situation:
    """What this reader said; an empty one for who said nothing."""
    if isinstance(request.user, User):
        return kept_for(request.user)
    return _still_known(_in_session(request))


def kept_for(user: User) -> Situation:
    """What somebody with an account said."""
    row = KeptSituation.objects.filter(user=user).first()
    return _still_known(_of_row(row)) if row else Situation()


def remember(request: HttpRequest, *, situation: Situation) -> None:
    """Keep this in place of what was said before; with nothing said, forget it."""
    if not situation:
        forget(request)
    elif isinstance(request.user, User):
        _keep_for(request.user, situation)
    else:
        request.session[_SESSION] = situation.as_json()


def forget(request: HttpRequest) -> None:
    """Nothing of it is left."""
    if isinstance(request.user, User):
        KeptSituation.objects.filter(user=request.user).delete()
    _leave_session(request)


def hand_over(request: HttpRequest, user: User) -> None:
    """What somebody said before signing in goes to the account: it is what they said last."""
    said = _in_session(request)
    if said:
        _keep_for(user, said)
        _leave_session(request)


def due(at: Moment) -> QuerySet[KeptSituation]:
    """What accounts said longer before that moment than it is kept."""
    return KeptSituation.objects.filter(changed_at__lt=at - SITUATIONS.span)


def forget_old() -> int:
    """Deletes it; returns how many."""
    return erasing.delete(due(timezone.now()))


@transaction.atomic
def _keep_for(user: User, situation: Situation) -> None:
    said = {
        "country": situation.country,
        "region": situation.region,
        "reach": situation.reach,
        "targets": list(situation.targets),
        "sectors": list(situation.sectors),
        "budget": situation.budget,
        "months": situation.months,
    }
    KeptSituation.objects.update_or_create(user=user, defaults={**said, "changed_at": Now()})


def _still_known(said: Situation) -> Situation:
    return said.known(Terms.load()) if said else said


def _of_row(row: KeptSituation) -> Situation:
    return Situation(
        country=row.country,
        region=row.region,
        reach=row.reach,
        targets=tuple(row.targets),
        sectors=tuple(row.sectors),
        budget=row.budget,
        months=row.months,
    )


def _in_session(request: HttpRequest) -> Situation:
    return Situation.from_json(request.session.get(_SESSION, {}))


def _leave_session(request: HttpRequest) -> None:
    """With nothing left the session itself goes, and the visitor gets the pages that are kept for everyone again."""
    if _SESSION not in request.session:
        return
    del request.session[_SESSION]
    if not request.session.keys():
        request.session.flush()
