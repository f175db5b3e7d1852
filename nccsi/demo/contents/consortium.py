"""A draft of a consortium in the open call, led by the partner's organisation; the other partner's has not signed."""

from uuid import NAMESPACE_URL, uuid5

from accounts.users.models import User
from calls.chain.models import Call
from consortia.consortium.models import Consortium
from consortia.drafting import beginning, membership
from consortia.rules.models import CallRules
from consortia.sign_off import answering, versions
from nccsi.demo.reading import words
from partners.organisations.models import Membership, Organisation

# An applicant with at least two co-applicants from at least three member states, as the real call asked.
RULES = {"organisations": 3, "countries": 3}


def form(call: Call, lead: User, invited: User) -> bool:
    """Once, through the same verbs as everybody; what they undid since stays undone."""
    own, other = (_organisation(user) for user in (lead, invited))
    key = uuid5(NAMESPACE_URL, f"demo:consortium:{call.pk}")
    if own is None or other is None or Consortium.objects.filter(uuid=key).exists():
        return False
    if beginning.why_not(call, own, lead):
        return False
    CallRules.objects.get_or_create(call=call, defaults=RULES)
    told = words.read("interests.toml")["consortium"]
    made = beginning.begin(call, own, key=key, name=told["name"], summary=told["summary"], by=lead)
    membership.invite(made, other, by=lead)
    member = made.members.get(is_lead=True)
    return answering.confirm(made, member, number=versions.latest(made).number, by=lead)


def _organisation(user: User) -> Organisation | None:
    owned = Membership.objects.filter(user=user, role=Membership.Role.OWNER).select_related("organisation")
    first = owned.order_by("pk").first()
    return first.organisation if first else None
