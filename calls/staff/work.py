"""What waits for staff about calls: dates that come, questions, and what will be sent."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from accounts.day.work import NAMED, Detail, Line
from accounts.records import lists
from calls.chain.models import Call, near_dates
from calls.questions.models import Question
from calls.reminders import plan


def work(user: Any) -> Iterator[Line]:
    """For those who may open the lists."""
    if _may(user, "call"):
        yield Line(
            gettext("Calls with a deadline in the next two weeks"),
            f"{lists.url(Call)}?due=soon",
            Call.objects.due_soon(),
            due="first_due",
            details=_dates() if user.has_perm("calls.change_call") else (),
        )
    if _may(user, "question"):
        for status, label in (
            (Question.Status.WAITING, gettext("Questions about calls that wait for an answer")),
            (Question.Status.SHOWN, gettext("Questions about calls shown without an answer")),
        ):
            url = f"{lists.url(Question)}?status={status}"
            yield Line(label, url, Question.objects.filter(status=status))


def _may(user: Any, name: str) -> bool:
    return any(user.has_perm(f"calls.{action}_{name}") for action in ("view", "add", "change", "delete"))


def _dates() -> list[Detail]:
    """The next ones, each with how many reminders are still to leave: none before a page of the call is public."""
    public = Call.objects.public().filter(pk=OuterRef("call"))
    near = near_dates().filter(call__withdrawn_at=None).annotate(is_public=Exists(public)).select_related("call")
    found = list(near.order_by("due_at", "pk")[:NAMED])
    numbers = dict.fromkeys((each.pk for each in found), 0)
    numbers |= plan.still_to_send([each for each in found if each.is_public])
    return [
        Detail(
            f"{each.label}, {each.call}",
            reverse("wagtailsnippets_calls_call:mails", args=[each.call_id]),
            ngettext("%(number)d reminder to be sent", "%(number)d reminders to be sent", numbers[each.pk])
            % {"number": numbers[each.pk]},
            each.due_at,
            each.has_time,
        )
        for each in found
    ]
