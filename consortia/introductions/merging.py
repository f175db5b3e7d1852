"""Two introductions of the same two organisations in one call become one."""

from consortia.introductions import emails
from consortia.introductions.models import Introduction
from partners.organisations.models import Organisation

# A no holds, whoever merges what; then a yes, by which two know each other already.
_WEIGHT = {Introduction.Status.DECLINED: 2, Introduction.Status.ACCEPTED: 1, Introduction.Status.WAITING: 0}


def give_way(gone: Introduction, kept: Organisation) -> None:
    """One of the two, which `gone` names already, became one with another that has an introduction to the same third.

    What was answered goes on. One between the two that become one goes, for there is nobody left to introduce.
    """
    if gone.from_organisation_id == gone.to_organisation_id:
        _delete(gone)
        return
    same = Introduction.objects.standing().between(gone.from_organisation, gone.to_organisation)
    other = same.filter(call=gone.call_id).exclude(pk=gone.pk).get()
    if _weight(gone) <= _weight(other):
        _delete(gone)
        return
    _delete(other)
    gone.save(update_fields=["from_organisation", "to_organisation"])


def _weight(introduction: Introduction) -> int:
    return _WEIGHT[Introduction.Status(introduction.status)]


def _delete(introduction: Introduction) -> None:
    emails.take_back(introduction)
    introduction.delete()
