"""What the demo's partner owns, for the walk: an organisation with a colleague, an invitation and a claim elsewhere."""

from django.urls import reverse
from django.utils.translation import override

from accounts.users.models import User
from partners.claims.models import Claim
from partners.members import links
from partners.members.models import Invitation
from partners.organisations.models import Membership, Organisation

PARTNER = "partner@example.org"


def addresses(language: str) -> dict[str, str]:
    """Every place of one's own organisation, and those that lead there."""
    own = Membership.objects.get(user__email=PARTNER, role=Membership.Role.OWNER).organisation
    colleague, _new = User.objects.get_or_create(email="colleague@example.org", first_name="Colleague")
    member, _new = Membership.objects.get_or_create(organisation=own, user=colleague)
    invitation, _new = Invitation.objects.get_or_create(
        organisation=own, email="invited@example.org", defaults={"language": "en"}
    )
    over, _new = Invitation.objects.get_or_create(
        organisation=own, email="over@example.org", defaults={"language": "en", "status": "withdrawn"}
    )
    other = Organisation.objects.public().exclude(memberships__user__email=PARTNER).order_by("pk").last()
    assert other is not None
    claim, _new = Claim.objects.get_or_create(
        organisation=other, user=User.objects.get(email=PARTNER), defaults={"position": "Coordinator"}
    )
    unclaimed = Organisation.objects.public().filter(memberships=None, claims=None).order_by("pk").first()
    assert unclaimed is not None
    of = {
        "own organisation": ("manage", own.slug),
        "own profile": ("profile", own.slug),
        "invite": ("invite", own.slug),
        "withdraw invitation": ("withdraw_invitation", own.slug, invitation.uuid),
        "member": ("member", own.slug, member.pk),
        "remove member": ("remove", own.slug, member.pk),
        "leave organisation": ("leave", own.slug),
        "claim organisation": ("claim", unclaimed.slug),
        "withdraw claim": ("withdraw_claim", claim.pk),
        "propose organisation": ("propose",),
        "invitation": ("invitation", links.token_of(invitation)),
        "invitation over": ("invitation", links.token_of(over)),
        "write to organisation": ("write", own.slug),
        "written to organisation": ("written", own.slug),
    }
    with override(language):
        return {name: reverse(f"partners:{route}", args=args) for name, (route, *args) in of.items()}
