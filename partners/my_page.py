"""What "my page" shows of this app."""

from django.utils.translation import gettext as _

from accounts.models import User
from accounts.my_page import Section
from partners.models import Interest, Membership


def organisations(user: User, language: str) -> Section:
    """The organisations that this person acts for, and what they have going on."""
    memberships = Membership.objects.filter(user=user).select_related("organisation").order_by("organisation__name")
    names = [membership.organisation_id for membership in memberships]
    interests = (
        Interest.objects.exclude(status=Interest.Status.WITHDRAWN)
        .filter(organisation__in=names)
        .select_related("call", "organisation")[:50]
    )
    own = Interest.objects.exclude(status=Interest.Status.WITHDRAWN).filter(user=user).exclude(organisation__in=names)
    return Section(
        _("My organisation"),
        "partners/my_page.html",
        {"memberships": memberships, "interests": [*interests, *own.select_related("call")[:50]]},
    )
