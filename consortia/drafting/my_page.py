"""What "my page" shows of consortia."""

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from accounts.profile.my_page import Section
from accounts.users.models import User
from consortia.consortium.models import Consortium, Member
from consortia.sign_off.unsigned import unsigned
from partners.organisations.models import Membership

_SHOWN = 20
_ORDER = ("-changed_at", "-pk")


def consortia(user: User, language: str) -> Section | None:
    """Drafts and what is declared of this person's organisations, those that wait for a signature first."""
    owned = Membership.objects.filter(user=user, role=Membership.Role.OWNER).values("organisation")
    waiting = unsigned(Member.objects.standing().filter(organisation__in=owned))
    drafts = Consortium.objects.of_person(user).going_on().select_related("call")
    first = drafts.annotate(waits=Exists(waiting.filter(consortium=OuterRef("pk")))).order_by("-waits", *_ORDER)
    found = list(first[:_SHOWN])
    if not found:
        return None
    to_sign = {each.consortium_id: each for each in waiting.filter(consortium__in=found).select_related("organisation")}
    rows = [(each, to_sign.get(each.pk)) for each in found]
    return Section(_("Consortia"), "consortia/drafts/my_page.html", {"rows": rows})
