"""The record of what changed: Wagtail's log entry of a fact, with each value before and after."""

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.db.models import Model, QuerySet
from django.db.models.functions import Now
from wagtail.log_actions import log
from wagtail.log_actions import registry as log_registry
from wagtail.models import ModelLogEntry, PageLogEntry

from accounts.privacy import erasing
from accounts.privacy.keeping import Moment
from accounts.privacy.taking_out import Whole
from hub.facts.keeping_times import RECORD
from hub.facts.state import Change, FormClass, State, changes, form_class_of, stored

CHANGES = "changes"
# What Wagtail's history calls them; registered in `hub.wagtail_hooks`.
CHANGED_ELSEWHERE, TAKEN_BACK = "hub.change_fact", "hub.take_back"


def entries(fact: Model) -> Any:
    """What is on record about a fact, the newest first."""
    return log_registry.get_logs_for_instance(fact).order_by("-pk")


def changes_in(entry: ModelLogEntry) -> list[Change]:
    """What one entry says that changed."""
    return [Change(**each) for each in entry.data.get(CHANGES, [])]


def note(fact: Model, form_class: FormClass, before: State) -> None:
    """Puts into the entry that was just written for a fact what its values were before and are now."""
    entry = entries(fact).first()
    entry.data = {**entry.data, CHANGES: _plain(changes(before, stored(fact, form_class)))}
    entry.save(update_fields=["data"])


@contextmanager
def recorded(fact: Model, *, by: Any = None) -> Iterator[None]:
    """Puts on record what happens to a fact within, as done by this person, or by the portal itself."""
    form_class = form_class_of(type(fact))
    with transaction.atomic():
        before = stored(fact, form_class)
        yield
        if found := _plain(changes(before, stored(fact, form_class))):
            log(fact, CHANGED_ELSEWHERE, user=by, data={CHANGES: found}, content_changed=True)


def due(at: Moment) -> list[QuerySet[Any]]:
    """What is on record about facts and about pages for longer than it is kept at that moment."""
    return [model.objects.filter(timestamp__lt=at - RECORD.span) for model in (ModelLogEntry, PageLogEntry)]


def forget_old() -> int:
    """Delete it; returns how many entries."""
    return sum(map(erasing.delete, due(Now())))


def forget(email: str) -> int:
    """Takes an address out of every value on record; returns from how many entries."""
    email = email.strip()
    if not email:
        return 0
    whole = Whole([email])
    found = list(ModelLogEntry.objects.select_for_update().filter(data__changes__icontains=email))
    for entry in found:
        entry.data = whole.without(entry.data, instead="")
    ModelLogEntry.objects.bulk_update(found, ["data"])
    return len(found)


def _plain(found: Iterable[Change]) -> list[dict[str, Any]]:
    return list(json.loads(json.dumps([asdict(each) for each in found], cls=DjangoJSONEncoder)))
