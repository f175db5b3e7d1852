"""When the portal itself failed before a deadline: everybody gets longer, and when it failed stays on record."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext, override
from i18nfield.strings import LazyI18nString

from calls.chain.models import Deadline
from hub.changes.reasons import Reason
from hub.dates.words import moment

# A failure that was over earlier left time to hand in.
LAST = timedelta(hours=1)


@dataclass(frozen=True)
class Failure:
    """From when until when the portal could not be used."""

    begun_at: datetime
    ended_at: datetime


def check(row: Deadline, failure: Failure, *, due_at: datetime) -> None:
    """Whether this failure is a ground to extend this deadline to that moment; an error says what would make it one."""
    if not row.governs:
        raise ValidationError(
            gettext("Nothing on the portal closes with this date, so a failure of the portal is no reason to move it."),
            code="closes_nothing",
        )
    if failure.ended_at <= failure.begun_at:
        raise ValidationError(gettext("The failure ends before it begins. Check both times."), code="ends_before")
    if failure.ended_at > timezone.now():
        raise ValidationError(
            gettext("The failure is not over yet. Wait until the portal works again, then say how long it was."),
            code="not_over",
        )
    if failure.begun_at >= row.due_at or failure.ended_at <= row.due_at - LAST:
        raise ValidationError(
            gettext("Only a failure within the last hour before the date is a reason of its own. Give another reason."),
            code="not_in_the_last_hour",
        )
    if due_at <= row.due_at:
        raise ValidationError(gettext("After a failure everybody gets longer: choose a later date."), code="not_later")


def with_words(reason: Reason, failure: Failure) -> LazyI18nString:
    """The reason in every language of the portal; where staff wrote none, what happened in one sentence."""
    given = reason.data if isinstance(reason, LazyI18nString) else reason
    words = dict(given) if isinstance(given, dict) else {}
    for code, _name in settings.LANGUAGES:
        if not (words.get(code) or "").strip():
            with override(code):
                words[code] = _sentence(failure)
    return LazyI18nString(words)


def _sentence(failure: Failure) -> str:
    said = gettext(
        "The portal failed from %(begun)s to %(ended)s. Everybody has longer, whoever had tried to hand in or not."
    )
    return said % {"begun": moment(failure.begun_at), "ended": moment(failure.ended_at)}
