"""What waits for staff about the mail: a server that refuses us, why and since when, and mails that failed."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext, ngettext

from accounts.day.work import NAMED, Detail, Group, Line
from accounts.records import lists
from notifications.admin.mail_lists import written
from notifications.delivery import pauses
from notifications.delivery.models import Pause
from notifications.outbox.models import Message


def work(user: Any) -> Iterator[Line]:
    """For those who may read the outbox."""
    if not any(user.has_perm(f"notifications.{right}_message") for right in ("view", "change")):
        return
    url = lists.url(Message)
    yield Line(
        gettext("Mail stands still"),
        f"{url}?held_up=true",
        pauses.stands_still(Message.objects.all()),
        group=Group.NOW,
        details=_pauses(),
    )
    failed = Message.objects.filter(status=Message.Status.FAILED)
    yield Line(gettext("Mails that failed"), f"{url}?status=failed", failed, group=Group.NOW)


def _pauses() -> list[Detail]:
    """What each server says for which mail waits, that of everything first; in Brussels time."""
    holding = pauses.with_waiting().filter(Q(domain=pauses.EVERYTHING) | Q(waiting__gt=0))
    standing = list(holding[: NAMED + 1])
    told = [Detail(_sentence(each), note=f"{gettext('It says:')} {each.reason}") for each in standing[:NAMED]]
    return told if len(standing) <= NAMED else [*told, Detail(gettext("There are more such domains."))]


def _sentence(pause: Any) -> str:
    told = {
        "name": pause.domain,
        "since": written(pause.since),
        "until": written(pause.until),
        "waiting": pause.waiting,
    }
    if pause.domain != pauses.EVERYTHING:
        return (
            ngettext(
                "%(name)s has been refusing our mail since %(since)s. %(waiting)s mail waits; it is tried again after "
                "%(until)s and fails after five days.",
                "%(name)s has been refusing our mail since %(since)s. %(waiting)s mails wait; they are tried again "
                "after %(until)s and fail after five days.",
                pause.waiting,
            )
            % told
        )
    if pause.fault == Pause.Fault.AWAY:
        fault = gettext("The mail server has not been taking mail since %(since)s.")
    else:
        fault = gettext(
            "The mail server has been refusing all our mail since %(since)s. Somebody must see to what it says."
        )
    goes_on = ngettext(
        "%(waiting)s mail waits and nothing is lost. One mail is tried after %(until)s; once it is taken, all go out "
        "by themselves.",
        "%(waiting)s mails wait and nothing is lost. One mail is tried after %(until)s; once it is taken, all go out "
        "by themselves.",
        pause.waiting,
    )
    return f"{fault} {goes_on}" % told
