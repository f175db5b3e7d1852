"""What became of a practice, as its page tells it: how it moved, and what of policy took it up or could."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from partners.organisations.models import Organisation
from practices.mainstreaming.models import COULD, TAKEN_UP, HookOrganisation, HookStatus, PolicyHook, StageMove
from practices.practice.models.practice import Practice
from practices.practice.presentation import Said, label, said
from practices.practice.terms import Terms


@dataclass(frozen=True)
class Moved:
    """One step of the history, in the reader's language."""

    key: int
    practice: int
    when: str
    iso: str
    known: str
    # Where it was until then; empty when nobody knows.
    came_from: str
    to: str
    word: str
    source_title: str
    source_url: str
    # Why an earlier row was wrong, where this one takes its place.
    reason: str


@dataclass(frozen=True)
class Hook:
    """A policy hook, in the reader's language."""

    key: int
    title: Said
    kind: str
    level: str
    where: str
    status: str
    code: str
    since: str
    word: str
    source_title: str
    source_url: str
    website: str
    organisations: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Mainstreaming:
    """What a practice's page shows."""

    moves: list[Moved]
    taken_up: list[Hook]
    could: list[Hook]
    ended: list[Hook]

    def __bool__(self) -> bool:
        return bool(self.moves or self.hooks)

    @property
    def hooks(self) -> list[Hook]:
        """All of them, what took it up first."""
        return [*self.taken_up, *self.could, *self.ended]


def mainstreaming(practice: Practice) -> Mainstreaming:
    """Read for one practice; nothing for one that is not saved yet."""
    if practice.pk is None:
        return Mainstreaming([], [], [], [])
    hooks = PolicyHook.objects.public().filter(practices__practice=practice)
    return Mainstreaming(moves(practice), *_by_status(to_hooks(hooks.order_by("-status_since", "-pk"))))


def moves(practice: Practice) -> list[Moved]:
    """How it moved, as it happened; nothing is read where the practice says that it has no history."""
    if not practice.stage_since:
        return []
    terms = Terms.load()
    rows = list(StageMove.objects.filter(practice=practice).counting().in_order())
    first = [to_moved(row, row.before_id, terms) for row in rows[:1]]
    return first + [to_moved(row, earlier.stage_id, terms) for earlier, row in pairwise(rows)]


def to_moved(row: StageMove, came_from: int | None, terms: Terms) -> Moved:
    """A row, as the step from where it was."""
    return Moved(
        key=row.pk,
        practice=row.practice_id,
        when=row.when,
        iso=row.on.isoformat(),
        known=row.known,
        came_from=label(terms.get(came_from)),
        to=label(terms.get(row.stage_id)),
        word=row.word,
        source_title=row.source_title,
        source_url=row.source_url,
        reason=row.reason,
    )


def to_hooks(rows: Iterable[PolicyHook]) -> list[Hook]:
    """With the step that brought each where it is, in two queries more than the rows cost."""
    found = list(rows)
    if not found:
        return []
    keys = [row.pk for row in found]
    steps = {step.hook_id: step for step in _last_steps(keys)}
    organisations = _organisations(keys)
    terms = Terms.load()
    return [_hook(row, steps.get(row.pk), organisations.get(row.pk, []), terms) for row in found]


def _last_steps(keys: Sequence[int]) -> Iterable[HookStatus]:
    counting = HookStatus.objects.filter(hook__in=keys).counting()
    return counting.order_by("hook_id", "-on", "-place").distinct("hook_id")


def _organisations(keys: Sequence[int]) -> dict[int, list[tuple[str, str]]]:
    """Names and slugs of those in the directory, by hook."""
    listed = HookOrganisation.objects.filter(hook__in=keys, organisation__in=Organisation.objects.public())
    found: dict[int, list[tuple[str, str]]] = {}
    for hook, name, slug in listed.order_by("sort_order").values_list(
        "hook_id", "organisation__name", "organisation__slug"
    ):
        found.setdefault(hook, []).append((name, slug))
    return found


def _hook(row: PolicyHook, step: HookStatus | None, organisations: list[tuple[str, str]], terms: Terms) -> Hook:
    places = [row.place, label(terms.get(row.region_id)), label(terms.get(row.country_id))]
    return Hook(
        key=row.pk,
        title=said(row.title, ""),
        kind=row.get_kind_display(),
        level=row.get_level_display(),
        where=", ".join(filter(None, places)),
        status=row.get_status_display(),
        code=row.status,
        since=step.when if step else "",
        word=step.word if step else "",
        source_title=step.source_title if step else "",
        source_url=step.source_url if step else "",
        website=row.website,
        organisations=organisations,
    )


def _by_status(hooks: Sequence[Hook]) -> tuple[list[Hook], list[Hook], list[Hook]]:
    taken_up = [each for each in hooks if each.code in TAKEN_UP]
    could = [each for each in hooks if each.code in COULD]
    return taken_up, could, [each for each in hooks if each not in taken_up and each not in could]
