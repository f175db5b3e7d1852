"""Moving a deadline and withdrawing a call: with a reason, on record, and told once to everyone whom it concerns."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop
from wagtail.log_actions import log

from accounts.users.models import User
from calls.chain import participants
from calls.chain.changes import CallWithdrawal, DeadlineChange
from calls.chain.models import Call, Deadline
from calls.moving import emails, failures
from calls.moving.failures import Failure
from calls.pages.models import CallPage
from hub.changes import reasons
from hub.changes.reasons import Reason
from hub.dates import brussels
from hub.dates.time_left import end_of
from notifications.outbox import telling
from notifications.outbox.models import Message
from notifications.subscriptions.models import Subscription

_MOVED = gettext_noop("The date moved before this mail left.")
_WITHDRAWN = gettext_noop("The call was withdrawn before this mail left.")

# What Wagtail's history calls them; registered in `hub.wagtail_hooks`.
MOVED_ACTION = "calls.move_deadline"
WITHDRAWN_ACTION = "calls.withdraw_call"


def languages_of(call: Call) -> list[str]:
    """The languages in which people read this call, and in which a reason is given."""
    return reasons.languages_of(CallPage.objects.filter(call=call))


def is_announced(call: Call) -> bool:
    """Whether people may know its dates: a page of it is live or once was, or somebody wants to hear of it."""
    pages = CallPage.objects.filter(call=call)
    if pages.live().exists() or pages.exclude(first_published_at=None).exists():
        return True
    return Subscription.objects.to(f"call:{call.pk}").exists() or any(True for _person in participants.people(call))


def as_meant(deadline: Deadline, due_at: datetime, *, has_time: bool) -> datetime:
    """The moment that a deadline gets: a mere day lasts to its last minute, whatever hour stands beside it.

    A day on which a call opens begins with the hour that was typed.
    """
    if has_time or deadline.governs or deadline.kind == Deadline.Kind.OPENS:
        return due_at
    return brussels.last_minute(due_at)


@transaction.atomic
def move(
    deadline: Deadline,
    *,
    due_at: datetime,
    reason: Reason,
    by: User | None,
    has_time: bool | None = None,
    seen_version: int | None = None,
    failure: Failure | None = None,
) -> DeadlineChange:
    """The deadline gets another moment; everyone who follows the call or takes part hears once, with the new entry.

    The same move sent twice is one move. `seen_version` is the version that the editor decided upon: when somebody else
    moved the date meanwhile, nothing happens and the error says so. `failure`: of the portal, which made it necessary.
    """
    call = Call.objects.select_for_update(no_key=True).get(pk=deadline.call_id)
    row = Deadline.objects.get(pk=deadline.pk)  # whoever changes the chain holds its call
    has_time = row.has_time if has_time is None else has_time
    due_at = as_meant(row, due_at, has_time=has_time)
    words = reasons.check(failures.with_words(reason, failure) if failure else reason, languages=languages_of(call))
    last = row.changes.first()
    if last and last.version == row.version and last.says(due_at, has_time=has_time) and last.reason == words:
        return last
    check_move(call, row, due_at=due_at, has_time=has_time, seen_version=seen_version, failure=failure)
    change = DeadlineChange(
        deadline=row,
        call=call,
        version=row.version + 1,
        old_due_at=row.due_at,
        old_has_time=row.has_time,
        new_due_at=due_at,
        new_has_time=has_time,
        reason=words,
        moved_by=by,
        failure_begun_at=failure.begun_at if failure else None,
        failure_ended_at=failure.ended_at if failure else None,
    )
    unsent = telling.take_back(emails.about(row), reason=_MOVED)
    row.due_at, row.has_time, row.version = due_at, has_time, change.version
    row.save(update_fields=["due_at", "has_time", "version"])
    call.save(update_fields=["changed_at"])
    change.told = emails.date_moved(change, not_told_of=unsent)
    change.save(force_insert=True)
    for field in ("due_at", "has_time", "version"):
        setattr(deadline, field, getattr(row, field))
    log(call, MOVED_ACTION, user=by, data={"label": str(row.label)})
    change.refresh_from_db()
    return change


def check_move(
    call: Call,
    row: Deadline,
    *,
    due_at: datetime,
    has_time: bool,
    seen_version: int | None,
    failure: Failure | None = None,
) -> None:
    """Whether a deadline may move to this moment; an error says why not."""
    if call.withdrawn_at:
        raise ValidationError(gettext("This call was withdrawn; its dates stay as they are."), code="withdrawn")
    if seen_version not in {None, row.version}:
        raise ValidationError(
            gettext("Somebody else moved this date in the meantime. Look at it again before you move it."),
            code="moved_meanwhile",
        )
    if row.due_at == due_at and row.has_time == has_time:
        raise ValidationError(gettext("This is the date that it has already."), code="same_moment")
    if end_of(due_at, has_time=has_time or bool(row.governs)) <= timezone.now():
        raise ValidationError(gettext("The new date is in the past. Choose one that is still to come."), code="past")
    if failure:
        failures.check(row, failure, due_at=due_at)


@transaction.atomic
def withdraw(call: Call, *, reason: Reason, by: User | None) -> CallWithdrawal:
    """The call does not go on; everyone who follows it or takes part hears once. A second time changes nothing."""
    row = Call.objects.select_for_update(no_key=True).get(pk=call.pk)
    earlier = CallWithdrawal.objects.filter(call=row).first()
    if earlier:
        return earlier
    if row.withdrawn_at:
        raise ValidationError(gettext("This call was withdrawn already."), code="withdrawn")
    words = reasons.check(reason, languages=languages_of(row))
    withdrawal = CallWithdrawal(call=row, reason=words, withdrawn_at=timezone.now(), withdrawn_by=by)
    for deadline in row.deadlines.all():
        telling.take_back(emails.about(deadline), reason=_WITHDRAWN)
    row.withdrawn_at, row.withdrawn_reason = withdrawal.withdrawn_at, withdrawal.reason
    row.save(update_fields=["withdrawn_at", "withdrawn_reason", "changed_at"])
    withdrawal.told = emails.call_withdrawn(withdrawal)
    withdrawal.save(force_insert=True)
    log(row, WITHDRAWN_ACTION, user=by)
    call.withdrawn_at, call.withdrawn_reason = row.withdrawn_at, row.withdrawn_reason
    return withdrawal


def must_stay(deadline: Deadline) -> bool:
    """Whether people read this date, were told of it, or it moved: then it may move, but not disappear."""
    if deadline.changes.exists() or CallPage.objects.live().filter(call=deadline.call_id).exists():
        return True
    reminded = Message.objects.filter(about__startswith=f"deadline:{deadline.pk}:", status=Message.Status.SENT)
    return reminded.exists()


def lock_facts(call: Call) -> dict[int, Deadline]:
    """The chain as it is in the database now, held until the end of the transaction; for whoever saves a whole call."""
    fresh = Call.objects.select_for_update(no_key=True).get(pk=call.pk)
    call.withdrawn_at, call.withdrawn_reason = fresh.withdrawn_at, fresh.withdrawn_reason
    return {row.pk: row for row in Deadline.objects.filter(call=call)}
