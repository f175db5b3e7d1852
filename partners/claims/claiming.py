"""Somebody asks to manage a profile that is there, or proposes one; staff decide."""

from typing import Any

from django.db import models, transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.deletion import get_candidate_relations_to_delete
from django.db.models.functions import Now
from django.utils.translation import gettext_noop

from accounts.privacy import erasing
from accounts.privacy.keeping import Moment
from accounts.users import addresses
from accounts.users.models import User
from hub.pages.slugs import first_free, stem_of
from notifications.outbox import outbox
from partners.claims import emails
from partners.claims.keeping_times import CLAIMS
from partners.claims.models import Claim
from partners.organisations import domains
from partners.organisations.models import (
    EarlierOrganisationSlug,
    Organisation,
    OrganisationQuerySet,
    OrganisationText,
)

# So many of one person may wait for staff at once.
MOST_WAITING = 5
LONGEST_SLUG = 80
TAKEN_BACK = gettext_noop("The claim was taken back.")


class TooManyError(Exception):
    """So many of this person wait that one has to be decided or taken back first."""


def is_from_elsewhere(user: User, website: str) -> bool:
    """Whether none of the addresses that a person proved is at home where the website is."""
    return not any(domains.belongs(email, website) for email in addresses.proved_by(user))


@transaction.atomic
def claim(organisation: Organisation, *, by: User, position: str, message: str = "") -> Claim:
    """Ask to manage a profile; asked twice it is one claim. Raises TooManyError."""
    _hold(by)
    waiting = Claim.objects.waiting().filter(user=by)
    if known := waiting.filter(organisation=organisation).first():
        return known
    if waiting.count() >= MOST_WAITING:
        raise TooManyError
    return _sent(organisation, by=by, position=position, message=message)


@transaction.atomic
def propose(organisation: Organisation, *, summary: str, by: User, position: str, message: str = "") -> Claim:
    """Keep a profile that is not public yet, and the claim to it; sent twice it is one. Raises TooManyError.

    `organisation` is valid and unsaved, its facts as the form had them.
    """
    _hold(by)
    waiting = Claim.objects.waiting().filter(user=by)
    if known := waiting.filter(is_new=True, organisation__name=organisation.name).first():
        return known
    if waiting.count() >= MOST_WAITING:
        raise TooManyError
    organisation.slug = _free_slug(organisation.name)
    organisation.status = Organisation.Status.PROPOSED
    organisation.save()
    OrganisationText.objects.create(organisation=organisation, language=organisation.original_language, summary=summary)
    return _sent(organisation, by=by, position=position, message=message, is_new=True)


@transaction.atomic
def withdraw(claim: Claim) -> bool:
    """The person no longer asks; a profile that was proposed with it goes. False when it was decided before."""
    waiting = Claim.objects.waiting().filter(pk=claim.pk)
    if not waiting.update(status=Claim.Status.WITHDRAWN, decided_at=Now()):
        return False
    outbox.withdraw(claim.about, reason=TAKEN_BACK)
    _forget_proposal(claim)
    return True


def _forget_proposal(claim: Claim) -> None:
    """A profile that nobody saw, and nobody else asks for."""
    if claim.is_new and not Claim.objects.waiting().filter(organisation=claim.organisation_id).exists():
        _unused().filter(pk=claim.organisation_id).delete()


def _unused() -> OrganisationQuerySet:
    """Profiles that were proposed, for which nobody acts, and that nothing holds on to, of whatever app it is."""
    found = Organisation.objects.filter(status=Organisation.Status.PROPOSED, memberships=None)
    relations: list[Any] = list(get_candidate_relations_to_delete(Organisation._meta))
    for relation in relations:
        if relation.on_delete is models.PROTECT:
            holding = relation.related_model._base_manager.filter(**{relation.field.name: OuterRef("pk")})
            found = found.exclude(Exists(holding))
    return found


def _sent(organisation: Organisation, *, by: User, position: str, message: str, is_new: bool = False) -> Claim:
    found = Claim.objects.create(
        organisation=organisation,
        user=by,
        position=position,
        message=message,
        is_new=is_new,
        is_from_elsewhere=is_from_elsewhere(by, organisation.website),
    )
    emails.claim_received(found)
    emails.claim_to_staff(found)
    return found


def _hold(user: User) -> None:
    """What one person sends at once comes one after the other."""
    list(User.objects.select_for_update(no_key=True).filter(pk=user.pk).values_list("pk"))


def _free_slug(name: str) -> str:
    """One that no other organisation has or had: its old address leads to that one."""
    stem = stem_of(name, longest=LONGEST_SLUG, otherwise="organisation")
    taken = [
        *Organisation.objects.filter(slug__startswith=stem).values_list("slug", flat=True),
        *EarlierOrganisationSlug.objects.filter(slug__startswith=stem).values_list("slug", flat=True),
    ]
    return first_free(stem, taken)


def due(at: Moment) -> QuerySet[Claim]:
    """Claims whose time is over at that moment."""
    return Claim.objects.filter(decided_at__lt=at - CLAIMS.span)


def forget() -> int:
    """Delete claims whose time is over, and what was proposed with those that came to nothing; returns how many claims.

    What something else holds on to stays: a record of it is kept longer than the claim.
    """
    over = due(Now())
    number = over.count()
    unwanted = _unused().filter(claims__in=over.filter(is_new=True)).exclude(claims__status=Claim.Status.WAITING)
    erasing.delete(Organisation.objects.filter(pk__in=unwanted.values("pk")))  # with their claims
    erasing.delete(over)
    return number - over.count()
