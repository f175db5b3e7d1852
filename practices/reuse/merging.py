"""Two reports of one organisation about the same place become one."""

from partners.organisations.models import Organisation
from practices.reuse.models.reuses import Reuse
from practices.reuse.reporting import withdraw


def give_way(gone: Reuse, kept: Organisation) -> None:
    """`gone` names the organisation that stays, which has a report about the same place: one is read, both stay.

    The one that visitors read goes on being read; of two the one that was there.
    """
    same = Reuse.objects.standing().filter(practice=gone.practice_id, organisation=kept, country=gone.country_id)
    other = same.filter(place__iexact=gone.place).exclude(pk=gone.pk).get()
    withdraw(other if gone.shown_id and not other.shown_id else gone)
    Reuse.objects.filter(pk=gone.pk).update(organisation=kept)
