"""The call of 2023, long closed, and its next round with the same chain of dates."""

from datetime import datetime, time

from calls.chain.models import Call, Deadline
from calls.pages.models import CallPage
from hub.contact.models import Contact
from nccsi.demo.contents.pages import Tree, key_of
from nccsi.demo.reading import moments, words
from nccsi.demo.reading.checking import check
from nccsi.demo.reading.terms import Terms

PAST, NEXT = "call_2023", "call_next"
PAST_YEAR = 2023


def load(tree: Tree, terms: Terms, *, contact: Contact) -> None:
    """Adds both calls with their pages; one that is there keeps its facts."""
    for name, year in ((NEXT, moments.next_round()), (PAST, PAST_YEAR)):
        told = words.pages()[name]
        call = known(name) or _add(told, year, terms, contact)
        tree.place(name, CallPage, told, under="calls", call=call, contact=contact)


def known(name: str) -> Call | None:
    """The call that a page of the demo speaks of."""
    return Call.objects.filter(pages__translation_key=key_of(name)).first()


def _add(told: words.Words, year: int, terms: Terms, contact: Contact) -> Call:
    call = Call(title=words.titles(told), programme="ESF+", contact=contact)
    call.tracks = terms.tracks()
    call.deadlines = chain(year)
    check(call, *call.deadlines.all())
    call.save()
    return call


def chain(year: int) -> list[Deadline]:
    """Who must do what by when, in one year; the hour of the meeting is the event's own."""
    kind, actor, governs = Deadline.Kind, Deadline.Actor, Deadline.Governs
    last_minute = time(23, 59)
    steps: list[tuple[Deadline.Kind, Deadline.Actor, datetime, bool, Deadline.Governs]] = [
        (kind.INFO_MEETING, actor.EVERYONE, moments.at(year, 9, 18, last_minute), False, governs.NOTHING),
        (kind.DECLARE, actor.PARTNERS, moments.at(year, *moments.DECLARE_BY), True, governs.DECLARATION),
        (kind.RECOMMENDATION, actor.AUTHORITY, moments.at(year, 10, 16, last_minute), False, governs.NOTHING),
        (kind.SUBMIT, actor.CONSORTIUM, moments.at(year, 11, 30, time(17, 0)), True, governs.PROPOSAL),
    ]
    labels = words.pages()["deadline_labels"]
    return [
        Deadline(
            sort_order=position,
            kind=kind,
            label=words.label(labels[kind.value]),
            actor=actor,
            due_at=due_at,
            has_time=has_time,
            governs=governs,
        )
        for position, (kind, actor, due_at, has_time, governs) in enumerate(steps)
    ]
