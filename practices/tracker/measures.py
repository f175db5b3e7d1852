"""How practices find their way into everyday work and into policy (`hub.measures`)."""

from django.db.models import Exists, OuterRef, Prefetch, Subquery
from django.utils.translation import gettext_lazy as _

from hub.measures.breakdowns import by_choice, by_term
from hub.measures.registry import Area, Kind, Listed, Measure, Rows
from hub.measures.spans import Span
from practices.mainstreaming.models import (
    TAKEN_UP,
    HookKind,
    HookPractice,
    HookStatus,
    Level,
    PolicyHook,
    StageMove,
    Status,
)
from practices.practice.measures import BREAKDOWNS, fetched, public_practices, shown
from practices.practice.presentation import title_of

# From this stage on a solution is part of everyday work.
SUSTAINED = "4"


def _sustained(span: Span) -> Rows:
    return public_practices(span).filter(stage__code__gte=SUSTAINED)


SUSTAINED_PRACTICES = Measure(
    code="practices_sustained",
    area=Area.MAINSTREAMING,
    name=_("Practices that became part of everyday work"),
    definition=_(
        "Practices in one of the stages 4 to 6 (part of everyday work, reaching more places, changing the system), as "
        "a share of those in the library. Practices whose stage is not known are part of the whole."
    ),
    unit=_("per cent"),
    kind=Kind.STANDING,
    records=_sustained,
    whole=public_practices,
    fetched=fetched,
    listed=shown,
    breakdowns=BREAKDOWNS,
    is_open=True,
)


def _in_policy(span: Span) -> Rows:
    hooks = HookPractice.objects.filter(practice=OuterRef("pk"), hook__status__in=TAKEN_UP)
    return public_practices(span).filter(Exists(hooks))


IN_POLICY = Measure(
    code="practices_in_policy",
    area=Area.MAINSTREAMING,
    name=_("Practices that policy took up"),
    definition=_(
        "Practices with at least one policy hook that is decided or in force, as a share of those in the library. "
        "Ideas and proposals do not count."
    ),
    unit=_("per cent"),
    kind=Kind.STANDING,
    records=_in_policy,
    whole=public_practices,
    fetched=fetched,
    listed=shown,
    breakdowns=BREAKDOWNS,
    is_open=True,
)


def _moves(span: Span) -> Rows:
    return StageMove.objects.counting().filter(practice__live=True, **span.days_within("on"))


def _move(move: StageMove) -> Listed:
    return Listed(title_of(move.practice), move.practice.get_absolute_url(), f"{move.stage}, {move.when}")


MOVES = Measure(
    code="stage_moves",
    area=Area.MAINSTREAMING,
    name=_("Moves to another stage"),
    definition=_(
        "How often a practice of the library came into a stage, by the day on which it did; a practice that moved "
        "twice counts twice. What was corrected counts as corrected."
    ),
    unit=_("moves"),
    kind=Kind.HAPPENED,
    records=_moves,
    fetched=lambda rows: (
        rows.select_related("practice", "stage").prefetch_related("practice__texts").order_by("-on", "-place", "-pk")
    ),
    listed=_move,
    breakdowns=(
        by_term("stage", _("Stage"), "stage"),
        by_term("theme", _("Theme"), "practice__terms", is_shared=True),
        by_term("country", _("Country"), "practice__terms", is_shared=True),
    ),
    is_open=True,
)


def _in_force(span: Span) -> Rows:
    steps = HookStatus.objects.counting().filter(hook=OuterRef("pk"), on__lte=span.until)
    then = Subquery(steps.latest_first().values("status")[:1])
    return PolicyHook.objects.alias(status_then=then).filter(status_then=Status.IN_FORCE)


def _hook(hook: PolicyHook) -> Listed:
    """On the page of a practice that it is about, where everybody can read one."""
    links: list[HookPractice] = hook.seen_practices  # by `_with_practices`
    return Listed(str(hook), links[0].practice.get_absolute_url() if links else "", str(hook.get_level_display()))


def _with_practices(rows: Rows) -> Rows:
    links = HookPractice.objects.filter(practice__live=True).select_related("practice")
    return rows.prefetch_related(Prefetch("practices", links, to_attr="seen_practices")).order_by("pk")


HOOKS = Measure(
    code="hooks_in_force",
    area=Area.MAINSTREAMING,
    name=_("Policy hooks in force"),
    definition=_(
        "Laws, decrees, budget lines, tenders and the like that took practices up and are in force on that day. What "
        "is decided and not yet in force does not count, nor what ended."
    ),
    unit=_("policy hooks"),
    kind=Kind.STANDING,
    records=_in_force,
    fetched=_with_practices,
    listed=_hook,
    breakdowns=(
        by_choice("level", _("Policy level"), "level", Level),
        by_choice("kind", _("Kind"), "kind", HookKind),
        by_term("country", _("Country"), "country"),
        by_term("region", _("Region"), "region"),
    ),
    anew=True,
    is_open=True,
)

MEASURES = (SUSTAINED_PRACTICES, MOVES, HOOKS, IN_POLICY)
