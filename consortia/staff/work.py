"""What waits for staff about consortia: signatures that are missing, new interests, and an authority that fails."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db.models import DateTimeField, Value
from django.db.models.functions import Now
from django.utils.translation import gettext, ngettext

from accounts.day.work import NAMED, Detail, Group, Line
from accounts.records import lists
from calls.chain.models import Deadline
from consortia.board.gaps import list_url
from consortia.board.listing import Asked, found
from consortia.interest.models import Interest
from consortia.receipts.models import Receipt
from consortia.time_stamps.asking import address
from consortia.time_stamps.models import StampingPause
from hub.dates import brussels
from hub.dates.words import moment


def work(user: Any) -> Iterator[Line]:
    """For those who see what organisations undertake."""
    if not any(user.has_perm(f"consortia.{action}_interest") for action in ("view", "change")):
        return
    yield from _unsigned()
    yield from _new()
    if settings.TIME_STAMP_AUTHORITY:
        yield from _not_stamped()


def _unsigned() -> Iterator[Line]:
    """Of the calls in which partnerships can be declared, those that close first."""
    closing = Deadline.objects.filter(
        governs=Deadline.Governs.DECLARATION, due_at__gt=Now(), call__withdrawn_at=None
    ).order_by("due_at")
    for deadline in closing.select_related("call")[:NAMED]:
        drafts = found(deadline.call, Asked(unsigned=True))
        yield Line(
            gettext("Drafts that wait for signatures: %(call)s") % {"call": deadline.call},
            f"{list_url(deadline.call)}?unsigned=on",
            drafts.annotate(closes_at=Value(deadline.due_at, DateTimeField())),
            due="closes_at",
        )


def _new() -> Iterator[Line]:
    yesterday = brussels.yesterday()
    interests = lists.url(Interest)
    yield Line(
        gettext("Interests"),
        f"{interests}?status=confirmed&confirmed_at_from={yesterday:%Y-%m-%d}",
        Interest.objects.confirmed().filter(confirmed_at__gte=yesterday),
        group=Group.NEW,
    )


def _not_stamped() -> Iterator[Line]:
    """While the authority fails: what it said last, and the receipts that wait."""
    failing = StampingPause.objects.filter(authority=address(), failures__gt=0).first()
    if failing is None:
        return
    waiting = Receipt.objects.filter(time_stamp=None)
    failed = ngettext(
        "%(authority)s failed %(number)s time in a row; it is asked again: %(until)s.",
        "%(authority)s failed %(number)s times in a row; it is asked again: %(until)s.",
        failing.failures,
    )
    told = {"authority": failing.authority, "number": failing.failures, "until": moment(failing.until)}
    genuine = gettext(
        "Receipts are genuine without a time stamp, and each gets one later. If this lasts, tell those who run the "
        "portal."
    )
    yield Line(
        gettext("Receipts get no time stamps"),
        "",
        waiting,
        group=Group.NOW,
        details=[
            Detail(f"{failed % told} {genuine}"),
            Detail(f"{gettext('What was said last:')} {failing.reason}"),
        ],
    )
