from datetime import date
from typing import Any

from django.db import connection

from practices.mainstreaming.models import HookPractice, HookStatus, PolicyHook, StageMove
from practices.practice.models.practice import Practice
from tests.factories.practices import term

SOURCE = {"word": "The city", "source_url": "https://example.org/report", "source_title": "The report"}


def moved(practice: Practice, to: str, on: str, **facts: Any) -> StageMove:
    """A row of a practice's history, past the verbs: they would refuse what is odd."""
    before = facts.pop("before", None)
    stage = term("stage", to) if to else None
    origin = term("stage", before) if before else None
    day = date.fromisoformat(on)
    return StageMove.objects.create(practice=practice, stage=stage, before=origin, on=day, **SOURCE | facts)


def hook(level: str = "region", *, status: str = "in-force", on: str = "2020-05-01", **facts: Any) -> PolicyHook:
    """A policy hook of these `practices`, in this status since that day."""
    practices = facts.pop("practices", [])
    made = PolicyHook.objects.create(**{"title": "The decree", "kind": "decree", "level": level, "place": "X"} | facts)
    for practice in practices:
        HookPractice.objects.create(hook=made, practice=practice)
    if status:
        HookStatus.objects.create(hook=made, status=status, on=date.fromisoformat(on), **SOURCE)
        made.refresh_from_db()
    return made


def settle() -> None:
    """What the database checks when a transaction ends, now."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
