"""Two organisations in one consortium become one: what takes part goes on, and so does the lead."""

from consortia.consortium.acting import hold
from consortia.consortium.models import Entry, Member
from consortia.documents import letters
from consortia.sign_off import versions
from consortia.to_do import tasks
from partners.organisations.models import Organisation

# The one that goes furthest is what the organisation that stays is from now on.
_ORDER = [Member.Status.JOINED, Member.Status.INVITED]


def give_way(gone: Member, kept: Organisation) -> None:
    """Its organisation became one with another that is in the same consortium; the text is another then."""
    held = hold(gone.consortium)
    stays = Member.objects.get(consortium=held, organisation=kept)
    standing = [status for status in _ORDER if status in {gone.status, stays.status}]
    stays.status = standing[0] if standing else stays.status
    stays.is_lead = stays.is_lead or gone.is_lead
    stays.tracks.add(*gone.tracks.all())
    letters.give_way(gone, stays)
    tasks.give_way(gone, stays)
    Entry.objects.create(
        consortium=held, action="merge", organisation_name=kept.name, about_name=gone.organisation.name
    )
    gone.delete()
    stays.save()
    versions.renew(held)
