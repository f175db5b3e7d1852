"""What the tracker counts and lists: one set of conditions for a figure and for the list that it opens."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from django.db.models import BigIntegerField, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from practices.mainstreaming.models import HookPractice, PolicyHook, PolicyHookQuerySet, StageMove
from practices.mainstreaming.pictures import stage_on
from practices.mainstreaming.steps import StepQuerySet
from practices.practice.models.practice import Practice, PracticeQuerySet
from practices.practice.terms import Terms
from practices.tracker.forms import HOOKS, NONE

ANY = "any"


@dataclass(frozen=True)
class Asked:
    """Which practices: by their stage now, on two days, and by the policy hooks that they have."""

    since: date
    until: date
    stage: str = ""
    was: str = ""
    became: str = ""
    level: str = ""
    hooks: str = ""
    undated: bool = False
    stuck: bool = False

    @classmethod
    def of(cls, found: Mapping[str, Any]) -> Self:
        """What a form understood."""
        return cls(**found)


def practices(asked: Asked) -> PracticeQuerySet:
    """The public practices that are asked for, each once."""
    found = Practice.objects.public()
    if asked.stage:
        found = found.filter(stage=_key(asked.stage))
    if asked.was:
        found = found.alias(was=stage_on(asked.since)).filter(was=_key(asked.was))
    if asked.became:
        found = found.alias(became=stage_on(asked.until)).filter(became=_key(asked.became))
    if asked.level:
        found = found.filter(Exists(hook_rows(asked.hooks, asked.level).filter(practice=OuterRef("pk"))))
    if asked.undated:
        found = found.filter(stage__isnull=False, stage_since__isnull=True)
    if asked.stuck:
        found = found.filter(stage_since__isnull=False).exclude(stage=_key(last_stage()))
    return found


def hook_rows(hooks: str, level: str = ANY) -> Any:
    """Which practices have policy hooks that took them up, could, or ended; at one level or any."""
    rows = HookPractice.objects.filter(hook__in=PolicyHook.objects.public())
    if hooks in HOOKS:
        rows = rows.filter(hook__status__in=HOOKS[hooks])
    return rows if level == ANY else rows.filter(hook__level=level)


def policy_hooks(asked: Mapping[str, Any]) -> PolicyHookQuerySet:
    """The public policy hooks of a level, a status, a kind; or the one with a key."""
    return PolicyHook.objects.public().filter(**{"pk" if name == "hook" else name: asked[name] for name in asked})


def moves(since: date, until: date) -> StepQuerySet[StageMove]:
    """The moves of public practices within these days, the last first."""
    found = StageMove.objects.counting().filter(practice__live=True)
    return found.filter(on__gt=since, on__lte=until).latest_first()


def with_origin(rows: StepQuerySet[StageMove]) -> StepQuerySet[StageMove]:
    """Each with the key of the stage that it came from, as `came_from`."""
    before = StageMove.objects.counting().filter(practice=OuterRef("practice"))
    earlier = before.filter(Q(on__lt=OuterRef("on")) | Q(on=OuterRef("on"), place__lt=OuterRef("place")))
    last = earlier.latest_first().values("stage")[:1]
    found: Any = rows.annotate(came_from=Coalesce(Subquery(last), F("before_id"), output_field=BigIntegerField()))
    with_it: StepQuerySet[StageMove] = found
    return with_it


def last_stage() -> str:
    """The code of the stage behind which there is none."""
    return next(reversed([*Terms.load().of("stage")]), NONE)


def _key(code: str) -> int | None:
    term = Terms.load().of("stage").get(code)
    return term.pk if term else None
