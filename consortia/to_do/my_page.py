"""What "my page" shows of tasks."""

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.profile.my_page import Section
from accounts.users.models import User
from consortia.consortium.models import Consortium, Member
from consortia.to_do.models import Task
from partners.organisations.models import Membership

_SHOWN = 20


def tasks(user: User, language: str) -> Section | None:
    """What this person has to do, and what an organisation of theirs has and nobody in it took; due first."""
    own = Membership.objects.filter(user=user).values("organisation")
    open_ones = Task.objects.open().filter(
        Q(person=user) | Q(person=None),
        member__organisation__in=own,
        member__status__in=Member.STANDING,
        consortium__status=Consortium.Status.DRAFT,
    )
    found = list(open_ones.in_order().select_related("consortium", "member__organisation")[:_SHOWN])
    return Section(_("To do"), "consortia/to_do/my_page.html", {"tasks": found}) if found else None
