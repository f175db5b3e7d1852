"""What is lost with the pages and facts of calls."""

from django.utils.translation import gettext, ngettext

from calls.chain import participants
from calls.chain.changes import CallWithdrawal
from calls.chain.models import Call
from calls.chain.standing import PAST, call_state
from calls.overview.models import CallIndexPage
from calls.pages.models import CallPage
from calls.questions.models import Question
from hub.changes import consequences
from hub.changes.consequences import Act, Consequence
from hub.changes.sentences import followers, moved_address, of_page, on_record, readable_in
from hub.site.visibility import visible


def of_call_page(page: CallPage, act: Act, going: frozenset[int]) -> Consequence:
    """Followers, interests and the record of its dates; while people wait for its dates, its last page stays."""
    lost = _of_call(page.call)
    if act is Act.MOVE:
        return Consequence(page.title, [*lost, moved_address()])
    others = visible(CallPage.objects.filter(call=page.call_id)).exclude(pk__in=going)
    codes = list(others.values_list("locale__language_code", flat=True))
    waiting = bool(lost) and not codes and page.live and _is_going_on(page.call)
    said = gettext("People wait for the dates of “%(call)s”. Withdraw the call first: that tells them why.")
    return Consequence(page.title, [*lost, readable_in(codes)], said % {"call": page.call} if waiting else "")


def of_call(call: Call, act: Act, going: frozenset[int]) -> Consequence:
    """A call about which something changed stays, and so does one that has pages or people."""
    lost = _of_call(call)
    if call.changes.exists() or CallWithdrawal.objects.filter(call=call).exists():
        said = gettext("“%(call)s” cannot be deleted: what was changed about it stays on record. Unpublish its pages.")
    elif call.pages.exists():
        said = gettext("“%(call)s” cannot be deleted as long as it has pages.")
    elif lost:
        said = gettext("“%(call)s” cannot be deleted: people follow it or take part.")
    else:
        return consequences.of_relations(call, act, going)
    return Consequence(str(call), lost, said % {"call": call})


def of_question(question: Question, act: Act, going: frozenset[int]) -> Consequence:
    """Who follows it, and whether its answer is public."""
    lost = followers(question.topic)
    if question.is_shown:
        lost.append(gettext("It stands on the page of its call."))
    rest = consequences.of_relations(question, act, going)
    return Consequence(str(question), [*lost, *rest.lost], rest.refusal)


def _of_call(call: Call) -> list[str]:
    lost = followers(f"call:{call.pk}")
    taking_part = len(list(participants.people(call)))
    if taking_part:
        said = ngettext("%(number)d person takes part in it.", "%(number)d people take part in it.", taking_part)
        lost.append(said % {"number": taking_part})
    return lost + on_record(call.changes.count() + CallWithdrawal.objects.filter(call=call).count())


def _is_going_on(call: Call) -> bool:
    return call_state(call).code not in PAST


def of_overview(page: CallIndexPage, act: Act, going: frozenset[int]) -> Consequence:
    """The list of calls: who follows all of them."""
    return of_page(page, act, going, topic="calls")


def connect() -> None:
    """Called once when Django starts."""
    consequences.register(CallPage, teller=of_call_page)
    consequences.register(CallIndexPage, teller=of_overview)
    consequences.register(Call, teller=of_call)
    consequences.register(Question, teller=of_question)
