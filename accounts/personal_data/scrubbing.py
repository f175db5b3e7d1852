"""Takes an erased person's addresses and name out of what is not theirs: records of changes, versions, other mail.

What is to be looked through is found before anything is changed: whole tables are read, and nobody waits meanwhile.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import IntegrityError, transaction
from django.db.models import Max, Model, Q, QuerySet, TextField
from django.db.models.functions import Cast
from wagtail.models import ModelLogEntry, PageLogEntry, Revision

from accounts.personal_data.subjects import Subject
from accounts.privacy.taking_out import Whole

# Tables in which rows of others may name somebody, and the columns with the words.
_places: list[tuple[type[Model], tuple[str, ...]]] = [
    (ModelLogEntry, ("label", "data")),
    (PageLogEntry, ("label", "data")),
]
_OF_VERSIONS = ("content", "object_str")


def register(model: type[Model], *columns: str) -> None:
    """Called by an app whose rows about others may hold somebody's address or name."""
    if (model, columns) not in _places:
        _places.append((model, columns))


@dataclass
class Found:
    """The keys of rows that name somebody by an address, by table, with the last key there was; and their sessions."""

    rows: dict[type[Model], tuple[list[Any], int]] = field(default_factory=dict)
    sessions: list[str] = field(default_factory=list)


def find(subject: Subject) -> Found:
    """Reads only, and all of each table."""
    found = Found(sessions=_sessions(subject))
    for model, columns in [*_places, (Revision, _OF_VERSIONS)]:
        last = model._base_manager.aggregate(last=Max("pk"))["last"] or 0
        found.rows[model] = (_naming(model._base_manager.filter(pk__lte=last), columns, subject), last)
    return found


def everywhere(subject: Subject, found: Found) -> None:
    """In what was found and what came since. A name alone may be another's: it goes where an address stands, too."""
    Session.objects.filter(pk__in=found.sessions).delete()
    for model, columns in _places:
        clean(_named(model, columns, subject, found), columns, words_of(subject))
    _clean_versions(_named(Revision, _OF_VERSIONS, subject, found), subject)


def words_of(subject: Subject) -> list[str]:
    """By which somebody is named."""
    return [*subject.emails, *filter(None, [subject.name])]


def _named(model: type[Model], columns: Iterable[str], subject: Subject, found: Found) -> QuerySet[Any]:
    keys, last = found.rows[model]
    since = _naming(model._base_manager.filter(pk__gt=last), columns, subject)
    return model._base_manager.filter(pk__in=[*keys, *since])


def _naming(rows: QuerySet[Any], columns: Iterable[str], subject: Subject) -> list[Any]:
    """The keys of those in which an address stands as a whole, not inside another's."""
    addresses = Whole(subject.emails)
    mentioning = _mentioning(rows, columns, subject.emails).values_list("pk", *columns)
    return [key for key, *said in mentioning.iterator() if addresses.stands_in(_text(said))]


def _text(value: Any) -> str:
    return json.dumps(value, default=str, ensure_ascii=False)


def clean(rows: QuerySet[Any], columns: Iterable[str], words: Iterable[str]) -> None:
    """Takes the words out of these columns; what a trigger keeps as it was stays so."""
    columns, words = list(columns), list(words)
    whole = Whole(words)
    for row in _mentioning(rows, columns, words):
        said = {name: getattr(row, name) for name in columns}
        left = {name: whole.without(value) for name, value in said.items()}
        if left == said:
            continue
        try:
            with transaction.atomic():
                row.__class__._base_manager.filter(pk=row.pk).update(**left)
        except IntegrityError:  # what is signed or on record as a whole
            continue


def _mentioning(rows: QuerySet[Any], columns: Iterable[str], words: Iterable[str]) -> QuerySet[Any]:
    texts = {f"text_of_{name}": Cast(name, TextField()) for name in columns}
    found = Q()
    for name in texts:
        for word in words:
            found |= Q(**{f"{name}__icontains": word})
    return rows.alias(**texts).filter(found) if found else rows.none()


def _clean_versions(named: QuerySet[Revision], subject: Subject) -> None:
    """An address goes from each. A name goes from those that are past: what is published or next belongs to the centre,
    and would otherwise be changed unseen with its next edit."""
    past = [each.pk for each in named if _is_past(each)] if subject.name else []
    clean(named.filter(pk__in=past), _OF_VERSIONS, words_of(subject))
    clean(named.exclude(pk__in=past), _OF_VERSIONS, subject.emails)


def _is_past(version: Revision) -> bool:
    """Whether it is neither published nor the next to be edited."""
    thing = version.content_object
    return thing is None or version.pk not in (thing.latest_revision_id, getattr(thing, "live_revision_id", None))


def entries_about(rows: QuerySet[Any]) -> QuerySet[ModelLogEntry]:
    """What is on record about these rows."""
    about = ContentType.objects.get_for_model(rows.model, for_concrete_model=False)
    keys = [str(key) for key in rows.values_list("pk", flat=True)]
    return ModelLogEntry.objects.filter(content_type=about, object_id__in=keys)


def forget_entries(rows: QuerySet[Any]) -> None:
    """What is on record about rows that go: that something was done stays, without what it was called."""
    entries_about(rows).update(label="", data={})


def _sessions(subject: Subject) -> list[str]:
    """Of whoever is signed in as this person; what is signed cannot be searched, so each is read."""
    mine, addresses = str(subject.user.pk) if subject.user else None, Whole(subject.emails)
    over = []
    for session in Session.objects.iterator(chunk_size=2_000):
        said = session.get_decoded()
        is_mine = mine is not None and said.get(SESSION_KEY) == mine
        if is_mine or addresses.stands_in(_text(said)):
            over.append(session.pk)
    return over
