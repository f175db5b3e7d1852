"""Two organisations in one consortium become one: what takes part goes on, and so does the lead, but no declaration."""

from django.utils.translation import gettext

from consortia.consortium.acting import hold
from consortia.consortium.models import Consortium, Entry, Member
from consortia.declaration.voiding import void
from consortia.documents import letters
from consortia.sign_off import versions
from consortia.to_do import tasks
from partners.organisations.models import Organisation

# The one that goes furthest is what the organisation that stays is from now on.
_ORDER = [Member.Status.JOINED, Member.Status.INVITED]


def give_way(gone: Member, kept: Organisation) -> None:
    """Its organisation became one with another that is in the same consortium; where both are, the text is another."""
    held = hold(gone.consortium)
    # The row that is given names already the one that stays.
    before = Member.objects.select_related("organisation").get(pk=gone.pk).organisation.name
    stays = Member.objects.get(consortium=held, organisation=kept)
    if gone.status in Member.STANDING and stays.status not in Member.STANDING:
        # Whose place was signed for keeps it: nothing of what others signed changes.
        gone, stays = stays, gone
    standing = [status for status in _ORDER if status in {gone.status, stays.status}]
    stays.status = standing[0] if standing else stays.status
    # Who declined, left or was taken out is in no text that anybody signed.
    if is_in := gone.status in Member.STANDING:
        stays.is_lead = stays.is_lead or gone.is_lead
        stays.tracks.add(*gone.tracks.all())
    letters.give_way(gone, stays)
    tasks.give_way(gone, stays)
    Entry.objects.create(consortium=held, action="merge", organisation_name=kept.name, about_name=before)
    gone.delete()
    stays.save()
    if is_in:
        void(held, gone=gone, is_merged=True)
    versions.renew(held)


def ends(gone: Organisation, kept: Organisation) -> list[str]:
    """What staff read before they merge two: which declarations would be void, a sentence each."""
    both = Consortium.objects.filter(status=Consortium.Status.DECLARED)
    for each in (gone, kept):
        both = both.filter(pk__in=Member.objects.standing().filter(organisation=each).order_by().values("consortium"))
    said = gettext(
        "The declaration of “%(name)s” becomes void, for both are in it; its people hear of it. What is left is signed "
        "and declared anew, and a proposal is submitted anew."
    )
    return [said % {"name": each.name} for each in both.order_by("name", "pk")]
