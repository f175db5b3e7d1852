"""What goes with facts: who follows them, what the database deletes, what loses them, what keeps them."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.db.models.deletion import CASCADE, DO_NOTHING, PROTECT, RESTRICT, get_candidate_relations_to_delete
from django.utils.translation import gettext

from hub.changes.consequences import Act, Consequence
from hub.changes.sentences import followers

_Kind = type[models.Model]
# Rows of a kind by their key, each with the places of those things, among all that go, with which it goes.
_Rows = dict[Any, set[int]]


def of_relations(things: Sequence[models.Model], act: Act) -> list[Consequence]:
    """Facts with nothing of their own to say: who follows each, what the database deletes with it, and what no longer
    points at it.
    """
    following = followers(things)
    if act is not Act.DELETE or not things:
        return [Consequence(str(thing), following[thing]) for thing in things]
    reach = _Reach(things)
    gone, pointing, needing = (_for_each(found) for found in (reach.gone, reach.pointing, reach.needing))
    told = []
    for place, thing in enumerate(things):
        if users := _counted(needing.get(place, {})):
            said = gettext("“%(name)s” cannot be deleted: this still needs it: %(users)s.")
            told.append(Consequence(str(thing), following[thing], said % {"name": thing, "users": users}))
        else:
            lost = _of_reached(type(thing), gone.get(place, Counter()), pointing.get(place, Counter()))
            told.append(Consequence(str(thing), [*following[thing], *lost]))
    return told


def staying_or_of_relations(things: Sequence[Any], act: Act, staying: Mapping[Any, Consequence]) -> list[Consequence]:
    """What was found out about those that stay; of the others, what the database deletes with them."""
    others = [each for each in things if each not in staying]
    told = {**staying, **dict(zip(others, of_relations(others, act), strict=True))}
    return [told[each] for each in things]


class _Reach:
    """How far deleting some things of a kind reaches: read for all of them at once, known for each.

    The rules are Django's: what cascades goes, with all that hangs on it; what is emptied stays.
    """

    def __init__(self, things: Sequence[models.Model]) -> None:
        self.gone: dict[_Kind, _Rows] = {}
        self.pointing: dict[_Kind, _Rows] = {}
        self.needing: dict[_Kind, _Rows] = {}
        self._follow(type(things[0]), {thing.pk: {place} for place, thing in enumerate(things)})

    def _follow(self, kind: _Kind, rows: _Rows) -> None:
        new = _add(self.gone.setdefault(kind, {}), rows)
        for related, rule, found in _hanging_on(kind, new) if new else ():
            if rule is CASCADE:
                self._follow(related, found)
            elif rule in (PROTECT, RESTRICT):
                _add(self.needing.setdefault(related, {}), found)
            else:
                _add(self.pointing.setdefault(related, {}), found)


def _hanging_on(kind: _Kind, rows: _Rows) -> Iterator[tuple[_Kind, Any, _Rows]]:
    """The rows of others that point at these, kind by kind, with what becomes of them."""
    relations: Iterable[Any] = get_candidate_relations_to_delete(kind._meta)
    for relation in relations:
        if relation.on_delete is not DO_NOTHING:
            field = relation.field
            pointing = relation.related_model._base_manager.filter(**{f"{field.name}__in": list(rows)})
            found = {key: rows[target] for key, target in pointing.values_list("pk", field.attname)}
            yield relation.related_model, relation.on_delete, found
    for field in kind._meta.private_fields:
        if isinstance(field, GenericRelation):
            by_name = {str(key): places for key, places in rows.items()}
            named = {
                f"{field.content_type_field_name}": field.get_content_type(),
                f"{field.object_id_field_name}__in": list(by_name),
            }
            pointing = field.related_model._base_manager.filter(**named)
            found = {key: by_name[str(name)] for key, name in pointing.values_list("pk", field.object_id_field_name)}
            yield field.related_model, CASCADE, found


def _add(known: _Rows, rows: _Rows) -> _Rows:
    """Adds what is not known yet, and gives that back."""
    new = {key: fresh for key, places in rows.items() if (fresh := places - known.get(key, set()))}
    for key, places in new.items():
        known[key] = known.get(key, set()) | places
    return new


def _for_each(found: Mapping[_Kind, _Rows]) -> dict[int, Counter[_Kind]]:
    """How many rows of each kind, by the place of the thing with which they go."""
    numbers: dict[int, Counter[_Kind]] = {}
    for kind, rows in found.items():
        for place in (place for places in rows.values() for place in places):
            numbers.setdefault(place, Counter())[kind] += 1
    return numbers


def _of_reached(kind: _Kind, gone: Counter[_Kind], pointing: Counter[_Kind]) -> list[str]:
    for between in [each for each in gone if each._meta.auto_created]:
        owner: Any = between._meta.auto_created
        pointing[owner] += gone.pop(between)
    gone.pop(kind, None)
    pointing.pop(kind, None)
    lost = []
    if said := _counted(gone):
        lost.append(gettext("Deleted with it: %(what)s.") % {"what": said})
    if said := _counted(pointing):
        lost.append(gettext("These lose it: %(what)s.") % {"what": said})
    return lost


def _counted(numbers: Mapping[_Kind, int]) -> str:
    """For example "3 questions, 1 document"."""
    named = (
        f"{number} {kind._meta.verbose_name if number == 1 else kind._meta.verbose_name_plural}"
        for kind, number in numbers.items()
        if number and not kind._meta.app_label.startswith("wagtail")  # its own books: revisions, references
    )
    return ", ".join(named)
