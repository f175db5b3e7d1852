"""What the network of organisations holds about people."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.personal_data.declarations import PersonalData, Stays, acted
from accounts.personal_data.subjects import Subject
from partners.claims.keeping_times import CLAIMS
from partners.claims.models import Claim
from partners.duplicates.models import LikelyPair
from partners.exchange.keeping_times import NOTICES
from partners.exchange.models import Notice
from partners.members import leaving
from partners.members.keeping_times import FORMER, INVITATIONS, MEMBERSHIPS
from partners.members.models import FormerMembership, Invitation
from partners.organisations.models import Membership, Organisation
from partners.sheets.keeping_times import IMPORTS
from partners.sheets.models import OrganisationImport


def without_an_owner(subject: Subject) -> list[str]:
    """What to know before: organisations that nobody could manage any more."""
    return [
        gettext(
            "You are the only owner of %(organisation)s. Name another owner first; else nobody can manage it until "
            "somebody claims it anew, and the centre is told."
        )
        % {"organisation": organisation}
        for organisation in leaving.without_an_owner(subject.user)
    ]


DECLARED = [
    PersonalData(
        Membership, why=_("So that you can act for your organisation."), kept=MEMBERSHIPS, people=("user",),
        fields=("organisation", "role", "created_at"), first=lambda subject: leaving.leave_all(subject.user),
        warns=without_an_owner,
    ),
    PersonalData(
        FormerMembership, why=_("So that conflicts of interest can be seen."), kept=FORMER, people=("user",),
        fields=("organisation", "began_at", "ended_at"),
    ),
    PersonalData(
        Claim, why=_("So that the centre can decide who manages an organisation."), kept=CLAIMS, people=("user",),
        fields=("organisation", "position", "message", "status", "created_at"), theirs_not=("reason",),
    ),
    PersonalData(
        Invitation, why=_("So that you can accept."), kept=INVITATIONS, addresses=("email",),
        fields=("organisation", "email", "role", "language", "status", "sent_at"),
    ),
    PersonalData(
        OrganisationImport, why=_("So that you can look at it before it is taken over."), kept=IMPORTS,
        people=("by",), fields=("name", "sheet", "created_at"), theirs_not=("made",),
    ),
    PersonalData(
        Organisation, why=_("So that messages reach the organisation."), kept=MEMBERSHIPS, addresses=("email",),
        fields=("name", "email"), written=("name",), named=_("organisations with your address as their mailbox"),
        theirs_not=("slug", "original_language", "networks", "website", "enterprise_number", "vcode", "pic",
                    "verified_facts"),
        stays=Stays(_("The organisation stays, without your address."), without={"email": ""}),
    ),
    acted(Invitation, "invited_by", kept=INVITATIONS, theirs_not=("email", "language")),
    acted(Invitation, "accepted_by", kept=INVITATIONS, theirs_not=("email", "language")),
    acted(LikelyPair, "two_by", kept=MEMBERSHIPS),
    acted(Notice, "made_by", kept=NOTICES, written=("title", "text"), theirs_not=("language", "taken_down_reason")),
]  # fmt: skip
