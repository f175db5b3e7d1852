"""What is lost with the pages and facts of calls."""

from collections.abc import Collection, Sequence

from django.utils.translation import gettext, ngettext

from calls.chain import participants
from calls.chain.changes import CallWithdrawal, DeadlineChange
from calls.chain.models import Call
from calls.chain.standing import PAST, call_state
from calls.overview.models import CallIndexPage
from calls.pages.models import CallPage
from calls.questions.models import Question
from hub.changes import consequences
from hub.changes.consequences import Act, Consequence
from hub.changes.relations import of_relations, staying_or_of_relations
from hub.changes.sentences import followers, languages_left, moved_address, of_pages, on_record, readable_in


class _Reliance:
    """Who follows each of these calls or takes part in it, and what changed about it."""

    def __init__(self, calls: Collection[Call]) -> None:
        keys = [call.pk for call in calls]
        numbers = Call.objects.filter(pk__in=keys).annotate(number=participants.number())
        self._taking_part = dict(numbers.values_list("pk", "number"))
        self._followers = followers(calls)
        self.changes = consequences.numbers(DeadlineChange.objects.filter(call__in=keys), by="call")
        self.changes += consequences.numbers(CallWithdrawal.objects.filter(call__in=keys), by="call")

    def lost(self, call: Call) -> list[str]:
        lost, taking_part = list(self._followers[call]), self._taking_part[call.pk]
        if taking_part:
            said = ngettext("%(number)d person takes part in it.", "%(number)d people take part in it.", taking_part)
            lost.append(said % {"number": taking_part})
        return lost + on_record(self.changes[call.pk])


def of_call_pages(pages: Sequence[CallPage], act: Act) -> list[Consequence]:
    """Followers, interests and the record of its dates; while people wait for its dates, its last page stays."""
    calls = Call.objects.prefetch_related("deadlines").in_bulk({page.call_id for page in pages})
    reliance = _Reliance(calls.values())
    lost = {call.pk: reliance.lost(call) for call in calls.values()}
    if act is Act.MOVE:
        return [Consequence(page.title, [*lost[page.call_id], moved_address()]) for page in pages]
    left = languages_left(pages, fact="call")
    said = gettext("People wait for the dates of “%(call)s”. Withdraw the call first: that tells them why.")
    told = []
    for page in pages:
        call, codes = calls[page.call_id], left[page.call_id]
        waiting = lost[call.pk] and not codes and page.live and _is_going_on(call)
        refusal = said % {"call": call} if waiting else ""
        told.append(Consequence(page.title, [*lost[call.pk], readable_in(codes)], refusal))
    return told


def of_calls(calls: Sequence[Call], act: Act) -> list[Consequence]:
    """A call about which something changed stays, and so does one that has pages or people."""
    reliance = _Reliance(calls)
    pages = consequences.numbers(CallPage.objects.filter(call__in=calls), by="call")
    staying: dict[Call, Consequence] = {}
    for call in calls:
        lost = reliance.lost(call)
        if reliance.changes[call.pk]:
            said = gettext(
                "“%(call)s” cannot be deleted: what was changed about it stays on record. Unpublish its pages."
            )
        elif pages[call.pk]:
            said = gettext("“%(call)s” cannot be deleted as long as it has pages.")
        elif lost:
            said = gettext("“%(call)s” cannot be deleted: people follow it or take part.")
        else:
            continue
        staying[call] = Consequence(str(call), lost, said % {"call": call})
    return staying_or_of_relations(calls, act, staying)


def of_questions(questions: Sequence[Question], act: Act) -> list[Consequence]:
    """Who follows it, and whether its answer is public."""
    told = []
    for question, rest in zip(questions, of_relations(questions, act), strict=True):
        shown = [gettext("It stands on the page of its call.")] if question.is_shown else []
        told.append(Consequence(str(question), [*rest.lost, *shown], rest.refusal))
    return told


def connect() -> None:
    """Called once when Django starts."""
    consequences.register(CallPage, teller=of_call_pages)
    consequences.register(CallIndexPage, teller=of_pages)
    consequences.register(Call, teller=of_calls)
    consequences.register(Question, teller=of_questions)


def _is_going_on(call: Call) -> bool:
    return call_state(call).code not in PAST
