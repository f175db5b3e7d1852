"""What is odd about the dates of a call: staff are warned, and may have their reasons."""

from collections.abc import Iterable
from itertools import pairwise

from django.utils.translation import gettext

from calls.chain.models import Deadline
from hub.dates.date_warnings import Step, of_date

# In which order the steps of a call come; those of kind "other" may stand anywhere.
_ORDER: dict[str, int] = {
    kind: position
    for position, kind in enumerate(
        [
            Deadline.Kind.OPENS,
            Deadline.Kind.INFO_MEETING,
            Deadline.Kind.DECLARE,
            Deadline.Kind.RECOMMENDATION,
            Deadline.Kind.SUBMIT,
            Deadline.Kind.RESULT,
        ]
    )
}


def step(deadline: Deadline) -> Step:
    """A deadline as it is."""
    return Step(str(deadline.label), deadline.kind, deadline.due_at, deadline.has_time)


def of_order(steps: Iterable[Step]) -> list[str]:
    """Steps that come before one that they should follow."""
    ordered = sorted((each for each in steps if each.kind in _ORDER), key=lambda each: _ORDER[each.kind])
    return [
        gettext("“%(later)s” comes before “%(earlier)s”, which it usually follows.")
        % {"later": later.label, "earlier": earlier.label}
        for earlier, later in pairwise(ordered)
        if later.due_at < earlier.due_at and later.kind != earlier.kind
    ]


def of_what_closes(deadlines: Iterable[Deadline]) -> list[str]:
    """A chain in which no date ends the registering of interest, which the one for declaring does, too."""
    ends = {Deadline.Governs.INTEREST, Deadline.Governs.DECLARATION}
    if ends & {each.governs for each in deadlines}:
        return []
    return [
        gettext(
            "No date of this chain ends registering interest: choose it under “Closes” at the date that does, or "
            "declaring a partnership, which ends both."
        )
    ]


def of_chain(deadlines: Iterable[Deadline]) -> list[str]:
    """Everything that stays odd about a chain."""
    rows = list(deadlines)
    steps = [step(each) for each in rows]
    return of_what_closes(rows) + of_order(steps) + [warning for each in steps for warning in of_date(each)]
