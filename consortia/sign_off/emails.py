"""The mails that ask for a sign-off, and those that tell of one."""

from functools import partial

from consortia.consortium import emails
from consortia.consortium.models import Consortium, Member
from consortia.sign_off import links
from partners.contact.receivers import members


def ask(kind: str, member: Member, **told: str) -> None:
    """To each owner of an organisation, with the link that only this person may use."""
    for user, to in emails.owners(member):
        emails.queue(
            kind,
            member.consortium,
            to,
            about=f"member:{member.pk}",
            url=partial(links.address, member, user),
            organisation=member.organisation.name,
            **told,
        )


def take_back(member: Member) -> None:
    """What asks an organisation for an answer that is there, or not needed any more."""
    emails.take_back(member.consortium, f"member:{member.pk}")


def answered(kind: str, member: Member, consortium: Consortium, *, reason: str = "") -> None:
    """To the people of the lead: somebody confirmed or declined."""
    lead = consortium.members.filter(is_lead=True).exclude(pk=member.pk).select_related("organisation").first()
    if lead:
        emails.tell(kind, consortium, members(lead.organisation), organisation=member.organisation.name, reason=reason)
