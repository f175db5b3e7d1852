"""What staff do to many organisations at once; each verb says how many it changed, and each change is on record."""

from collections.abc import Iterable

from django.db import transaction

from accounts.users.models import User
from hub.facts.record import recorded
from hub.vocabularies.models import Term
from partners.organisations.models import Organisation


@transaction.atomic
def set_status(organisations: Iterable[Organisation], status: str, *, by: User) -> int:
    """Lists or hides each."""
    changing = [each for each in organisations if each.status != status]
    for each in changing:
        with recorded(each, by=by):
            each.status = status
            each.save(update_fields=["status", "updated_at"])
    return len(changing)


@transaction.atomic
def add_term(organisations: Iterable[Organisation], term: Term, *, by: User) -> int:
    """Describes each with one term more."""
    return sum(_describe(each, [*_others(each, term), term], by=by) for each in organisations)


@transaction.atomic
def remove_term(organisations: Iterable[Organisation], term: Term, *, by: User) -> int:
    """Describes each with one term less."""
    return sum(_describe(each, _others(each, term), by=by) for each in organisations)


def _others(organisation: Organisation, term: Term) -> list[Term]:
    return [each for each in organisation.terms.all() if each != term]


def _describe(organisation: Organisation, terms: list[Term], *, by: User) -> bool:
    if {each.pk for each in terms} == {each.pk for each in organisation.terms.all()}:
        return False
    with recorded(organisation, by=by):
        organisation.terms = terms
        organisation.save()
    return True
