"""What "my page" shows of consortia."""

from django.utils.translation import gettext as _

from accounts.profile.my_page import Section
from accounts.users.models import User
from consortia.consortium.models import Consortium, Member
from consortia.sign_off.models import SignOff, Version
from partners.organisations.models import Membership

_SHOWN = 20


def consortia(user: User, language: str) -> Section | None:
    """Drafts and what is declared of this person's organisations, those that wait for a signature first."""
    drafts = Consortium.objects.of_person(user).exclude(status=Consortium.Status.GIVEN_UP)
    found = list(drafts.select_related("call")[:_SHOWN])
    if not found:
        return None
    # The last version of each comes last and stays.
    last = dict(Version.objects.filter(consortium__in=found).order_by("number").values_list("consortium_id", "pk"))
    signed = SignOff.objects.filter(version__in=last.values(), is_confirmed=True).values_list("member_id", flat=True)
    owned = Membership.objects.filter(user=user, role=Membership.Role.OWNER).values("organisation")
    unsigned = Member.objects.standing().filter(consortium__in=found, organisation__in=owned).exclude(pk__in=signed)
    to_sign = {each.consortium_id: each for each in unsigned.select_related("organisation")}
    rows = sorted(((each, to_sign.get(each.pk)) for each in found), key=lambda row: row[1] is None)
    return Section(_("Consortia"), "consortia/drafts/my_page.html", {"rows": rows})
