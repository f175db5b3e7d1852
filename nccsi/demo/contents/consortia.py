"""What the two partners undertake together: a draft with a missing signature, and a declared partnership."""

from contextlib import suppress
from datetime import timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from i18nfield.strings import LazyI18nString

from accounts.users.models import User
from calls.chain.models import Call
from consortia.asked_parts.models import AskedPart
from consortia.consortium.actions import RefusedError
from consortia.consortium.models import Consortium, Member
from consortia.declaration import declaring
from consortia.declaration.models import Declaration
from consortia.documents import adding
from consortia.drafting import beginning, membership
from consortia.filling import writing as filling
from consortia.notes import writing
from consortia.reviewers import appointing
from consortia.reviewers.models import Reviewer
from consortia.reviewing import criteria
from consortia.reviewing.models import Criterion
from consortia.rules.models import CallRules
from consortia.sharing import setting
from consortia.sign_off import answering, versions
from consortia.sign_off.models import SignOff
from consortia.to_do import tasks
from consortia.to_do.tasks import Said
from hub.pdf import typesetting
from nccsi.demo.logins import CHAIR, REVIEWER
from nccsi.demo.reading import words
from partners.organisations.models import Membership, Organisation

LETTER = "demo/letter.typ"
# An applicant with at least two co-applicants from at least three member states, each with a letter of endorsement, as
# the real call asked.
RULES = {"organisations": 3, "countries": 3, "letter_of_each": True}


def form(call: Call, lead: User, invited: User) -> bool:
    """Once, through the same verbs as everybody; what they undid since stays undone."""
    own, other = (membership_of(user).organisation for user in (lead, invited))
    key = uuid5(NAMESPACE_URL, f"demo:consortium:{call.pk}")
    if Consortium.objects.filter(uuid=key).exists():
        return False
    if beginning.why_not(call, own, lead):
        return False
    CallRules.objects.get_or_create(call=call, defaults=RULES)
    told = words.read("interests.toml")["consortium"]
    made = beginning.begin(call, own, key=key, name=told["name"], summary=told["summary"], by=lead)
    membership.invite(made, other, by=lead)
    member = made.members.get(is_lead=True)
    writing.write(made, key=key, text=told["work"]["note"], by=lead)
    soon = timezone.localdate() + timedelta(days=14)
    tasks.add(made, Said(told["work"]["task"], member.pk, lead.pk, soon), key=key, by=lead)
    setting.share(made, shown=Consortium.Shown.NAMES, seen=made.shown_to_centre, by=lead)
    return answering.confirm(made, member, number=versions.latest(made).number, by=lead)


def declare(call: Call, lead: User, partner: User) -> bool:
    """A third organisation, which has no login, signs without one; too late for the deadline it stays a draft."""
    own, other = (membership_of(user).organisation for user in (lead, partner))
    key = uuid5(NAMESPACE_URL, f"demo:declared:{call.pk}")
    if Consortium.objects.filter(uuid=key).exists() or beginning.why_not(call, own, lead):
        return False
    told = words.read("interests.toml")["declared"]
    made = beginning.begin(call, own, key=key, name=told["name"], summary=told["summary"], by=lead)
    membership.invite(made, other, by=lead)
    third = Organisation.objects.get(slug=told["third"])
    signs = Member.objects.create(consortium=made, organisation=third, status=Member.Status.JOINED)
    version = versions.renew(made)
    SignOff.objects.create(member=signs, version=version, is_confirmed=True)
    for user in (lead, partner):
        member = made.members.get(organisation=membership_of(user).organisation)
        answering.confirm(made, member, number=version.number, by=user)
    _endorse(made, by=lead)
    with suppress(RefusedError):
        declaring.declare(made, by=lead)
        _begin_proposal(made, by=lead)
    return True


def have_judged(call: Call, *, by: User) -> bool:
    """Who judged the closed call judges this one too, by the same criteria; once, where there is something to judge.

    The reviewer with a mailbox where the partners have theirs is not asked again: nobody lifted that conflict here.
    """
    is_arranged = Criterion.objects.filter(call=call).exists() or Reviewer.objects.filter(call=call).exists()
    if is_arranged or not Declaration.objects.standing().filter(consortium__call=call).exists():
        return False
    for told in words.read("history.toml")["criterion"]:
        texts = {name: LazyI18nString(words.spoken(told[name])) for name in ("title", "guidance")}
        criteria.save(call, None, {"scale": told["scale"], **texts}, before={}, by=by)
    for email, role in ((CHAIR, Reviewer.Role.CHAIR), (REVIEWER, Reviewer.Role.REVIEWER)):
        appointing.appoint(call, email=email, role=role, by=by)
    return True


def _endorse(consortium: Consortium, *, by: User) -> None:
    """With a letter of each organisation, as the call asks for."""
    told = words.read("interests.toml")["declared"]["letter"]
    for member in consortium.members.select_related("organisation"):
        name = member.organisation.name
        said = {"text": told["text"].format(organisation=name, consortium=consortium.name)}
        letter = typesetting.render(LETTER, said, language="en", title=told["title"].format(organisation=name))
        file = SimpleUploadedFile(f"letter-{member.organisation.slug}.pdf", letter, "application/pdf")
        key = uuid5(consortium.uuid, member.organisation.slug)
        adding.add(consortium, file, key=key, title=told["title"].format(organisation=name), endorses=member, by=by)


def _ask_for_parts(call: Call, told: list[dict[str, Any]]) -> None:
    """What the real call asks for is in its documents: these are an example. Once."""
    if AskedPart.objects.filter(call=call).exists():
        return
    for position, facts in enumerate(told, start=1):
        texts = {name: LazyI18nString(words.spoken(facts[name])) for name in ("title", "guidance")}
        AskedPart.objects.create(call=call, position=position, **{**facts, **texts})


def _begin_proposal(made: Consortium, *, by: User) -> None:
    """The first part is filled in, and the others are still missing."""
    told = words.read("interests.toml")["proposal"]
    _ask_for_parts(made.call, told["parts"])
    filling.write(made, AskedPart.objects.filter(call=made.call)[0], text=told["summary"], was=0, by=by)


def membership_of(user: User) -> Membership:
    """The first organisation that somebody acts for."""
    return Membership.objects.select_related("organisation__sector").filter(user=user).order_by("pk")[0]
