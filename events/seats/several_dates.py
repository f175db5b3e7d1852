"""Signing up for several dates of a series with one form: for all of them, or for none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from events.agenda.models import Event
from events.seats import emails, waiting_list
from events.seats.models import Registration
from events.seats.registration import DoubtError, SignUp, decide


@dataclass(frozen=True)
class Pick:
    """One of the dates that somebody picked, with the answers to its questions.

    `waits`: where no seat is free, a place on its waiting list will do.
    """

    event: Event
    waits: bool = False
    answers: Mapping[int, list[str]] = field(default_factory=dict)


class DatesRefusedError(Exception):
    """Nothing is given for any date; `reasons` says by the key of the event why not."""

    def __init__(self, reasons: Mapping[int, Exception]) -> None:
        super().__init__(reasons)
        self.reasons = reasons


def register_for_series(picks: Sequence[Pick], *, series: int, **form: Any) -> list[Registration]:
    """Give each person a seat or a place on the list of each date, and confirm all in one mail; takes the fields of
    `SignUp`.

    What holds for one event (`register`) holds for each date. Where one of them refuses, nothing changes for any, and
    nobody gets a mail. Returns the sender's. Raises DatesRefusedError, or DoubtError to ask the owner of the address
    whether a similar name is theirs.
    """
    told: list[tuple[Registration, Mapping[str, Any]]] = []

    def note(registration: Registration, **said: Any) -> None:
        told.append((registration, said))

    with transaction.atomic():
        waiting_list.hold_all(pick.event for pick in picks)
        wanted = [SignUp(**form, waits=pick.waits, answers=pick.answers) for pick in picks]
        answers = [decide(pick.event, each, tell=note) for pick, each in zip(picks, wanted, strict=True)]
        given = [answer for answer in answers if isinstance(answer, Registration)]
        refused = len(given) < len(answers)
        transaction.set_rollback(refused)
        if not refused:
            emails.registered_for_several(told, series=series)
    if refused:
        raise _refusal(picks, answers)
    return given


def _refusal(picks: Sequence[Pick], answers: Sequence[Registration | Exception]) -> Exception:
    """A date that cannot be had is said first: whoever picks another is asked for the name then."""
    errors = {pick.event.pk: each for pick, each in zip(picks, answers, strict=True) if isinstance(each, Exception)}
    reasons = {key: error for key, error in errors.items() if not isinstance(error, DoubtError)}
    return DatesRefusedError(reasons) if reasons else next(iter(errors.values()))
