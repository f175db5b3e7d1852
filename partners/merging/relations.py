"""What hangs on an organisation, of whatever app, and how it goes over to another."""

from collections.abc import Callable, Iterator
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, models, transaction
from django.db.models.deletion import get_candidate_relations_to_delete
from wagtail.models import Revision, RevisionMixin

from partners.duplicates.models import ComparedName, LikelyPair
from partners.organisations.models import EarlierOrganisationSlug, Membership, Organisation, OrganisationText

# Goes over with the address itself, or is put together rather than moved: told by the facts of a plan, not counted.
_TOLD_OTHERWISE = {EarlierOrganisationSlug, OrganisationText, ComparedName, LikelyPair, Organisation.terms.through}

_giving_way: dict[type[models.Model], Callable[[Any, Organisation], None]] = {}
_ending: dict[type[models.Model], Callable[[Organisation, Organisation], list[str]]] = {}


def register(
    model: type[models.Model],
    give_way: Callable[[Any, Organisation], None],
    *,
    ends: Callable[[Organisation, Organisation], list[str]] | None = None,
) -> None:
    """How a row makes room where the organisation that stays has one that says the same; others are deleted.

    It is given the row as it would be, unsaved. `ends` is given the organisation that goes and the one that stays, and
    says before what would end for others, a sentence each.
    """
    _giving_way[model] = give_way
    if ends:
        _ending[model] = ends


def ending(kept: Organisation, gone: Organisation) -> list[str]:
    """What would end for others if the two became one."""
    return [said for each in _ending.values() for said in each(gone, kept)]


def relations() -> list[Any]:
    """Every column of any table that names an organisation, hidden ones and those between two tables included."""
    return list(get_candidate_relations_to_delete(Organisation._meta))


def counted(organisation: Organisation) -> Iterator[tuple[str, int]]:
    """How many rows of each kind name it, by the name of the kind."""
    for relation in relations():
        kind = relation.related_model
        number = rows(relation, organisation).count()
        if number and kind not in _TOLD_OTHERWISE:
            yield str(kind._meta.verbose_name if number == 1 else kind._meta.verbose_name_plural), number


def rows(relation: Any, organisation: Organisation) -> "models.QuerySet[Any]":
    """The rows that name it there."""
    return relation.related_model._base_manager.filter(**{relation.field.name: organisation})


def move(relation: Any, *, kept: Organisation, gone: Organisation) -> None:
    """Everything that names one names the other; of two rows that say the same the one that stays has the better role.

    Many are moved at once where they can be, and one by one where some are there already.
    """
    if relation.related_model is Membership:
        _keep_owners(kept=kept, gone=gone)
    moving = rows(relation, gone)
    try:
        with transaction.atomic():
            moving.update(**{relation.field.name: kept})
    except IntegrityError:
        for row in moving:
            _move_one(row, relation.field.name, kept)
    if issubclass(relation.related_model, RevisionMixin):
        _move_in_drafts(relation, kept=kept, gone=gone)


def _move_one(row: Any, name: str, kept: Organisation) -> None:
    try:
        with transaction.atomic():
            type(row)._base_manager.filter(pk=row.pk).update(**{name: kept})
    except IntegrityError:
        give_way = _giving_way.get(type(row))
        if give_way:
            setattr(row, name, kept)
            give_way(row, kept)
        else:
            row.delete()


def _keep_owners(*, kept: Organisation, gone: Organisation) -> None:
    """Who is an owner of either is one of what stays."""
    owners = Membership.objects.filter(organisation=gone, role=Membership.Role.OWNER).values("user")
    Membership.objects.filter(organisation=kept, user__in=owners).update(role=Membership.Role.OWNER)


def _move_in_drafts(relation: Any, *, kept: Organisation, gone: Organisation) -> None:
    """A version that waits names it, too, and would lose it when it is published."""
    name, model = relation.field.name, relation.related_model
    of_kind = Revision.objects.filter(content_type=ContentType.objects.get_for_model(model))
    waiting = of_kind.filter(**{f"content__{name}": gone.pk})
    for revision in waiting.iterator():
        revision.content[name] = kept.pk
        Revision.objects.filter(pk=revision.pk).update(content=revision.content)
