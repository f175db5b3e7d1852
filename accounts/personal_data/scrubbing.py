"""Takes an erased person's addresses and name out of what is not theirs: records of changes, versions, other mail."""

import json
import re
from collections.abc import Iterable
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import IntegrityError, transaction
from django.db.models import Model, Q, QuerySet, TextField
from django.db.models.functions import Cast
from wagtail.models import ModelLogEntry, PageLogEntry, Revision

from accounts.personal_data.subjects import Subject

INSTEAD = "–"

# Tables in which rows of others may name somebody, and the columns with the words.
_places: list[tuple[type[Model], tuple[str, ...]]] = [
    (ModelLogEntry, ("label", "data")),
    (PageLogEntry, ("label", "data")),
]


def register(model: type[Model], *columns: str) -> None:
    """Called by an app whose rows about others may hold somebody's address or name."""
    if (model, columns) not in _places:
        _places.append((model, columns))


def everywhere(subject: Subject) -> None:
    """In every such table, and in versions of what is edited in the admin."""
    words = [*subject.emails, *filter(None, [subject.name])]
    for model, columns in _places:
        clean(model._base_manager.all(), columns, words)
    _clean_versions(subject)


def clean(rows: QuerySet[Any], columns: Iterable[str], words: Iterable[str]) -> None:
    """Takes the words out of these columns; what a trigger keeps as it was stays so."""
    columns, words = list(columns), list(words)
    pattern = _pattern(words)
    for row in _mentioning(rows, columns, words):
        for name in columns:
            setattr(row, name, _without(getattr(row, name), pattern))
        try:
            with transaction.atomic():
                row.__class__._base_manager.filter(pk=row.pk).update(**{name: getattr(row, name) for name in columns})
        except IntegrityError:  # what is signed or on record as a whole
            continue


def _mentioning(rows: QuerySet[Any], columns: list[str], words: list[str]) -> QuerySet[Any]:
    texts = {f"text_of_{name}": Cast(name, TextField()) for name in columns}
    found = Q()
    for name in texts:
        for word in words:
            found |= Q(**{f"{name}__icontains": word})
    return rows.alias(**texts).filter(found) if found else rows.none()


def _pattern(words: Iterable[str]) -> re.Pattern[str]:
    either = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{either})(?!\w)", re.IGNORECASE)


def _without(value: Any, pattern: re.Pattern[str]) -> Any:
    if isinstance(value, dict):
        return {name: _without(each, pattern) for name, each in value.items()}
    if isinstance(value, list):
        return [_without(each, pattern) for each in value]
    return pattern.sub(INSTEAD, value) if isinstance(value, str) else value


def _clean_versions(subject: Subject) -> None:
    """An address goes from each. A name goes from those that are past: what is published or next belongs to the centre,
    and would otherwise be changed unseen with its next edit."""
    columns = ("content", "object_str")
    clean(Revision.objects.all(), columns, subject.emails)
    if subject.name:
        named = _mentioning(Revision.objects.all(), list(columns), [subject.name])
        clean(Revision.objects.filter(pk__in=[each.pk for each in named if _is_past(each)]), columns, [subject.name])


def _is_past(version: Revision) -> bool:
    """Whether it is neither published nor the next to be edited."""
    thing = version.content_object
    return thing is None or version.pk not in (thing.latest_revision_id, getattr(thing, "live_revision_id", None))


def forget_entries(rows: QuerySet[Any]) -> None:
    """What is on record about rows that go: that something was done stays, without what it was called."""
    from django.contrib.contenttypes.models import ContentType

    about = ContentType.objects.get_for_model(rows.model, for_concrete_model=False)
    keys = [str(key) for key in rows.values_list("pk", flat=True)]
    ModelLogEntry.objects.filter(content_type=about, object_id__in=keys).update(label="", data={})


def end_sessions(subject: Subject) -> None:
    """Whoever is signed in as this person no longer is; what is signed cannot be searched, so each is read."""
    mine = str(subject.user.pk) if subject.user else None
    over = []
    for session in Session.objects.iterator(chunk_size=2_000):
        said = session.get_decoded()
        words = json.dumps(said, default=str).lower()
        if (mine and said.get(SESSION_KEY) == mine) or any(email in words for email in subject.emails):
            over.append(session.pk)
    Session.objects.filter(pk__in=over).delete()
