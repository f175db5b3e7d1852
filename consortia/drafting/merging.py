"""Two organisations in one consortium become one: what takes part goes on, and so does the lead, but no declaration."""

from consortia.consortium.acting import hold
from consortia.consortium.models import Entry, Member
from consortia.declaration.voiding import void
from consortia.sign_off import versions
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
    Entry.objects.create(
        consortium=held, action="merge", organisation_name=kept.name, about_name=gone.organisation.name
    )
    gone.delete()
    stays.save()
    void(held, gone=gone, is_merged=True)
    versions.renew(held)
