"""What became of practices, for many at once: how many took each up with what outcome, and its policy hooks."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count

from practices.mainstreaming.models import HookPractice, Level, PolicyHook
from practices.reuse.models.reuses import Reuse
from practices.reuse.models.versions import Outcome
from practices.search.keys import Uptake


@dataclass(frozen=True)
class Became:
    """Of one practice; nothing where nothing is known."""

    outcomes: Mapping[str, int] = field(default_factory=dict)
    hooks: list[PolicyHook] = field(default_factory=list)

    @property
    def reuse(self) -> dict[str, int]:
        """How many took it up, and how many of them with each outcome."""
        numbers = {code: self.outcomes.get(code, 0) for code in Outcome.values}
        return {"total": sum(numbers.values()), **numbers}

    @property
    def codes(self) -> dict[str, Any]:
        """The facets that follow from it, as `practices_refresh_entries` keeps them in the library's entries."""
        levels = {hook.level for hook in self.hooks}
        return {
            "uptake": (Uptake.YES if self.outcomes else Uptake.UNKNOWN).value,
            "outcome": [code for code in Outcome.values if code in self.outcomes],
            "policy": [code for code in Level.values if code in levels],
        }


NOTHING = Became()


def became(practices: Iterable[int]) -> dict[int, Became]:
    """Two queries, whatever there is; asked for one that is not among these it knows nothing."""
    keys = list(practices)
    outcomes: dict[int, dict[str, int]] = defaultdict(dict)
    numbers = Reuse.objects.public().filter(practice__in=keys).order_by().values_list("practice", "shown__outcome")
    for practice, outcome, number in numbers.annotate(Count("pk")):
        outcomes[practice][outcome] = number
    hooks: dict[int, list[PolicyHook]] = defaultdict(list)
    rows = HookPractice.objects.filter(practice__in=keys, hook__in=PolicyHook.objects.public())
    for row in rows.select_related("hook").order_by("-hook__status_since", "-hook__pk"):
        hooks[row.practice_id].append(row.hook)
    return {key: Became(outcomes.get(key, {}), hooks.get(key, [])) for key in keys}
