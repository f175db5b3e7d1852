"""What "my page" shows of one's organisations."""

from django.utils.translation import gettext as _

from accounts.profile.my_page import Section
from accounts.users.models import User
from partners.organisations.models import Membership
from partners.profile.completeness import lacks

_SHOWN = 20


def organisations(user: User, language: str) -> Section:
    """Those that this person acts for, what their profiles lack, and the way to another one."""
    found = Membership.objects.filter(user=user).select_related("organisation__logo")
    memberships = found.prefetch_related("organisation__texts", "organisation__terms").order_by("organisation__name")
    rows = [
        {"membership": each, "organisation": each.organisation, "lacks": lacks(each.organisation, language)}
        for each in memberships[:_SHOWN]
    ]
    claims = user.organisation_claims.waiting().select_related("organisation")[:_SHOWN]
    return Section(_("My organisation"), "partners/profile/my_page.html", {"rows": rows, "claims": claims})
