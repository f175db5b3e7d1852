"""Two profiles of one organisation become one; the address of the other leads to what stays."""

import json
from typing import Any

from django.core import serializers
from django.db import transaction
from wagtail.log_actions import log

from accounts.users.models import User
from hub.facts.record import recorded
from notifications.subscriptions.handing_over import hand_over
from notifications.subscriptions.topics import key_of
from partners.merging.plan import FILLED, plan
from partners.merging.relations import move, relations
from partners.organisations import identifiers
from partners.organisations.models import EarlierOrganisationSlug, Organisation, OrganisationText

# What Wagtail's history calls it; registered in `partners.wagtail_hooks`.
MERGE = "partners.merge"


class ChangedError(Exception):
    """It would do something else now than what was seen; nothing was done."""


@transaction.atomic
def merge(kept: Organisation, gone: Organisation, *, seen: str, by: User) -> Organisation:
    """Everything of `gone` is `kept`'s from now on; returns that. `seen` is the digest of the plan that was shown.

    What is not taken over stands in the history, whole. Raises ChangedError.
    """
    kept, gone = _held(kept, gone)
    if plan(kept, gone).digest != seen:
        raise ChangedError
    whole = _whole(gone)
    with recorded(kept, by=by):
        _keep_address(kept, gone)
        _fill_in(kept, gone)
        for relation in relations():
            move(relation, kept=kept, gone=gone)
        hand_over(key_of(gone), kept=key_of(kept))
    log(kept, MERGE, user=by, data={"name": gone.name, "slug": gone.slug, "facts": whole})
    gone.delete()
    return Organisation.objects.get(pk=kept.pk)


def _held(*organisations: Organisation) -> tuple[Organisation, Organisation]:
    """Both as they are now, in the order in which everybody takes them; raises ChangedError when one is gone."""
    keys = [each.pk for each in organisations]
    rows = Organisation.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk")
    found = {each.pk: each for each in rows}
    if len(found) != 2:
        raise ChangedError
    return found[keys[0]], found[keys[1]]


def _whole(organisation: Organisation) -> list[dict[str, Any]]:
    """Its facts and its words in each language, as they go into the history."""
    texts = OrganisationText.objects.defer("search_vector").filter(organisation=organisation)
    rows: list[Any] = [organisation, *texts]
    return [each["fields"] for each in json.loads(serializers.serialize("json", rows))]


def _keep_address(kept: Organisation, gone: Organisation) -> None:
    """Only addresses under which visitors could find something lead anywhere."""
    if gone.status != Organisation.Status.PROPOSED:
        EarlierOrganisationSlug.objects.get_or_create(organisation=kept, slug=gone.slug)


def _fill_in(kept: Organisation, gone: Organisation) -> None:
    # A number belongs to one profile at a time.
    Organisation.objects.filter(pk=gone.pk).update(**dict.fromkeys(identifiers.NAMES, ""))
    for name in FILLED:
        if not getattr(kept, name):
            setattr(kept, name, getattr(gone, name))
    kept.networks = [*kept.networks, *(name for name in gone.networks if name not in kept.networks)]
    kept.save()
