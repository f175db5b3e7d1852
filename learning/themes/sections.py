"""What the page of a theme or a target group tells: sections of a few each, with the way to all of them.

Each is read with the same filter as the list that it leads to. A section without content is not there.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import get_language, gettext

from events.agenda.models import Event
from events.agenda.pages import with_pages
from hub.vocabularies.models import Term, Vocabulary
from learning.agenda.filters import cards
from learning.questions.models import Question
from partners.directory.cards import card as organisation_card
from partners.organisations.models import Organisation
from practices.library.filters import PracticeFilterSet
from practices.mainstreaming.models import HookPractice, PolicyHook
from practices.mainstreaming.presentation import to_hooks
from practices.practice.models.practice import Practice
from practices.practice.presentation import IN_ROWS, summaries
from practices.practice.terms import Terms
from practices.reuse.models.reuses import Reuse
from practices.reuse.models.versions import Outcome
from practices.reuse_reports.presentation import card as reuse_card

SUBJECTS = (Vocabulary.THEME, Vocabulary.TARGET)
MOST = 5
# The rungs on which a practice is not part of everyday work yet.
_EARLY = ("1", "2", "3")
_OVER = (Outcome.STOPPED, Outcome.FAILED)


@dataclass(frozen=True)
class Section:
    """A few of a kind; `rest` leads to all of them where there are more."""

    name: str
    title: str
    rows: Sequence[Any]
    rest: str = ""


def of(term: Term) -> list[Section]:
    """What there is of a term, in a fixed number of queries."""
    told = (_known, _tried, _OWN["stopped"], _open, _OWN["policy"], _organisations, _OWN["events"])
    return [found for make in told if (found := make(term))]


def _section(name: str, title: str, found: Sequence[Any], rest: str) -> Section | None:
    """One that has something; it leads on only where it leaves something out."""
    return Section(name, title, found[:MOST], rest if len(found) > MOST else "") if found else None


def _practices(term: Term, **asked: Any) -> tuple[list[Any], str]:
    """The first of the library when it is asked so, and its address."""
    query = urlencode({term.vocabulary: term.code, **asked}, doseq=True)
    filters = PracticeFilterSet(QueryDict(query), queryset=Practice.objects.public())
    keys = list(filters.in_order(filters.found()).values_list("practice_id", flat=True)[: MOST + 1])
    rows = Practice.objects.public().only(*IN_ROWS).in_bulk(keys)
    shown = summaries([rows[key] for key in keys if key in rows], Terms.load())
    return shown, f"{reverse('practices:library')}?{query}"


def _known(term: Term) -> Section | None:
    rungs = [code for code in Terms.load().of("evidence") if code.isdecimal()]
    found, rest = _practices(term, evidence=rungs, sort="evidence")
    return _section("known", gettext("What we know: best evidence first"), found, rest)


def _tried(term: Term) -> Section | None:
    found, rest = _practices(term, stage=_EARLY)
    return _section("tried", gettext("What is being tried"), found, rest)


def _open(term: Term) -> Section | None:
    states = (Question.State.OPEN, Question.State.WORKING)
    rows = Question.objects.public().filter(state__in=states, terms=term).with_words()
    found = cards(rows.order_by("-decided_at", "-pk")[: MOST + 1], get_language() or "")
    query = urlencode({term.vocabulary: term.code, "state": [*states]}, doseq=True)
    return _section("questions", gettext("Open questions"), found, f"{reverse('learning:questions')}?{query}")


def _organisations(term: Term) -> Section | None:
    rows = Organisation.objects.public().filter(terms=term).with_facts().order_by("name", "pk")[: MOST + 1]
    found = [organisation_card(each, get_language() or "") for each in rows]
    address = f"{reverse('partners:directory')}?{urlencode({term.vocabulary: term.code})}"
    return _section("organisations", gettext("Organisations that work on it"), found, address)


@dataclass(frozen=True)
class Own:
    """A section whose list of all stands here, since no other list can be asked for it."""

    name: str
    rows: Callable[[Term], QuerySet[Any]]
    shown: Callable[[Iterable[Any]], list[Any]]
    titled: Callable[[], str]

    def __call__(self, term: Term) -> Section | None:
        found = self.shown(self.rows(term)[: MOST + 1])
        rest = reverse(f"learning:{term.vocabulary}_all", args=[term.code, self.name])
        return _section(self.name, self.titled(), found, rest)


def _stopped(term: Term) -> QuerySet[Reuse]:
    theirs = Reuse.objects.public().filter(practice__terms=term, shown__outcome__in=_OVER)
    found = theirs.with_facts().select_related("practice")
    return found.prefetch_related("practice__texts").order_by("-shown__at", "-pk")


def _policy(term: Term) -> QuerySet[PolicyHook]:
    links = HookPractice.objects.filter(hook=OuterRef("pk"), practice__live=True, practice__terms=term)
    return PolicyHook.objects.public().filter(Exists(links)).order_by("-status_since", "-pk")


def _events(term: Term) -> QuerySet[Event]:
    asked = Question.objects.public().filter(terms=term, events=OuterRef("pk"))
    return Event.objects.public().filter(Exists(asked)).with_standing().in_agenda_order()


@dataclass(frozen=True)
class Ended:
    """A report of reuse that ended, with the practice that was taken up."""

    card: Any
    practice: str


def _to_ended(rows: Iterable[Reuse]) -> list[Ended]:
    return [Ended(reuse_card(each, each.practice, ending=True), str(each.practice)) for each in rows]


def _to_pages(rows: Iterable[Event]) -> list[Any]:
    return with_pages(rows, get_language() or "")


_OWN = {
    "stopped": Own("stopped", _stopped, _to_ended, lambda: gettext("What stopped or did not work, and why")),
    "policy": Own("policy", _policy, to_hooks, lambda: gettext("Policy hooks")),
    "events": Own("events", _events, _to_pages, lambda: gettext("Events")),
}


def own(name: str) -> Own | None:
    """The section of this name that has its list here."""
    return _OWN.get(name)
