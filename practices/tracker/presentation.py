"""Rows of the tracker's lists, in the reader's language, in a fixed number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext, pgettext

from hub.dates.words import day
from practices.mainstreaming.models import HookPractice, Level, PolicyHook, StageMove
from practices.mainstreaming.presentation import Hook, Moved, to_hooks, to_moved
from practices.practice.models.practice import Practice, PracticeQuerySet
from practices.practice.presentation import IN_ROWS, Summary, summaries
from practices.practice.terms import Terms
from practices.tracker.figures import UNKNOWN
from practices.tracker.forms import HOOK_CHOICES, NONE
from practices.tracker.selection import ANY, Asked


@dataclass(frozen=True)
class Standing:
    """A practice, and since when it is where it is; nothing when nobody knows."""

    practice: Summary
    since: str
    iso: str


@dataclass(frozen=True)
class Step:
    """A move with the practice that made it."""

    move: Moved
    practice: Summary


@dataclass(frozen=True)
class Taken:
    """A policy hook with the practices that it is about."""

    hook: Hook
    practices: list[Summary]


def standing(rows: Iterable[Practice]) -> list[Standing]:
    """Practices with the day of their last move, as exactly as it is known."""
    found = list(rows)
    last = StageMove.objects.counting().filter(practice__in=[row.pk for row in found if row.stage_since])
    since = {row.practice_id: row for row in last.order_by("practice_id", "-on", "-place").distinct("practice_id")}
    shown = zip(found, summaries(found, Terms.load()), strict=True)
    return [
        Standing(summary, since[row.pk].when, since[row.pk].on.isoformat())
        if row.pk in since
        else Standing(summary, "", "")
        for row, summary in shown
    ]


def in_rows(found: PracticeQuerySet) -> PracticeQuerySet:
    """Only what rows need of these practices."""
    return found.only(*IN_ROWS, "stage_since")


def steps(rows: Iterable[StageMove]) -> list[Step]:
    """Moves that know where they `came_from`, each with its practice."""
    found, terms = list(rows), Terms.load()
    keys = {row.practice_id for row in found}
    known = {each.pk: each for each in Practice.objects.filter(pk__in=keys).only(*IN_ROWS)}
    shown = dict(zip(known, summaries(list(known.values()), terms), strict=True))
    return [
        Step(to_moved(row, getattr(row, "came_from", row.before_id), terms), shown[row.practice_id])
        for row in found
        if row.practice_id in shown
    ]


def taken(rows: Iterable[PolicyHook]) -> list[Taken]:
    """Policy hooks, each with its public practices."""
    hooks = to_hooks(rows)
    links = HookPractice.objects.filter(hook__in=[hook.key for hook in hooks], practice__live=True)
    pairs = list(links.order_by("sort_order", "pk").values_list("hook_id", "practice_id"))
    practices = Practice.objects.filter(pk__in={practice for _hook, practice in pairs}).only(*IN_ROWS)
    known = list(practices)
    shown = dict(zip((each.pk for each in known), summaries(known, Terms.load()), strict=True))
    return [Taken(hook, [shown[key] for owner, key in pairs if owner == hook.key]) for hook in hooks]


def in_words(asked: Asked) -> list[str]:
    """What a list of practices was narrowed by, a phrase each."""
    colon = pgettext("punctuation", ":")
    said = []
    if asked.stage:
        said.append(f"{gettext('Stage')}{colon} {_stage(asked.stage)}")
    if asked.was:
        said.append(f"{day(asked.since)}{colon} {_stage(asked.was)}")
    if asked.became:
        said.append(f"{day(asked.until)}{colon} {_stage(asked.became)}")
    if asked.level:
        level = gettext("any level") if asked.level == ANY else str(Level(asked.level).label)
        said.append(f"{gettext('Policy hooks')}{colon} {level}, {dict(HOOK_CHOICES)[asked.hooks]}")
    if asked.undated:
        said.append(gettext("Nobody knows since when"))
    if asked.stuck:
        said.append(gettext("Longest in their stage first"))
    return said


def _stage(code: str) -> str:
    term = Terms.load().of("stage").get(code)
    return str(term.label) if term and code != NONE else str(UNKNOWN)
