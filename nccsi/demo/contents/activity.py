"""What the two partners have done so far, through the same verbs as everybody, with the mails that follow."""

from contextlib import suppress
from datetime import timedelta
from io import BytesIO
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext, override
from i18nfield.strings import LazyI18nString
from PIL import Image, ImageDraw

from accounts.users.models import User
from calls.chain.models import Call
from consortia.asked_parts.models import AskedPart
from consortia.consortium.actions import RefusedError
from consortia.consortium.models import Consortium, Member
from consortia.declaration import declaring
from consortia.documents import adding
from consortia.documents.models import MOST_TITLE
from consortia.drafting import beginning, membership
from consortia.filling import writing as filling
from consortia.interest import forms as partner_forms
from consortia.interest.answers import Answers, plain, put
from consortia.interest.models import Interest
from consortia.interest.registration import is_open, register_interest
from consortia.notes import writing
from consortia.rules.models import CallRules
from consortia.sign_off import answering, versions
from consortia.sign_off.models import SignOff
from consortia.to_do import tasks
from consortia.to_do.tasks import Said
from events.seats.models import Registration
from events.seats.registration import register
from events.sign_up import forms as event_forms
from hub.vocabularies.models import Term, Vocabulary
from nccsi.demo.contents import calls, events
from nccsi.demo.contents.participants import HOST
from nccsi.demo.contents.people import person
from nccsi.demo.logins import OTHER_PARTNER, PARTNER
from nccsi.demo.reading import words
from nccsi.demo.reading.terms import Terms
from notifications.following import subscribing
from notifications.following.forms import FollowForm
from notifications.subscriptions import offsets, topics
from notifications.subscriptions.models import Subscription
from partners.organisations.models import Membership, Organisation

# An applicant with at least two co-applicants from at least three member states, each with a letter of endorsement, as
# the real call asked.
RULES = {"organisations": 3, "countries": 3, "letter_of_each": True}


def load(terms: Terms) -> int:
    """Lets them follow the call, sign up for its meeting and register interest; what they undid since stays undone."""
    call = calls.known(calls.NEXT)
    if call is None:
        return 0
    partner, other = person(PARTNER), person(OTHER_PARTNER)
    done = [_follow(call, partner), _sign_up(partner)]
    people = {"partner": partner, "other partner": other}
    if is_open(call):
        told = words.read("interests.toml")["interest"]
        done += [_be_interested(call, terms, facts, by=people.get(facts.get("by", ""))) for facts in told]
        done += [_form_consortium(call, partner, other), _declare_consortium(call, other, partner)]
    return sum(done)


def _is_new(model: type[models.Model], user: User, **which: object) -> bool:
    return not model._default_manager.filter(email=user.email, **which).exists()


def _follow(call: Call, user: User) -> bool:
    topic = f"call:{call.pk}"
    known = topics.resolve(topic, user.mail_language)
    if known is None or not _is_new(Subscription, user, topic=topic):
        return False
    with override(user.mail_language):
        wording = FollowForm(topic=known).wording
    subscribing.ask(
        email=user.email,
        topic=topic,
        language=user.mail_language,
        offsets=list(offsets.USUAL),
        wording=wording,
        by=user,
    )
    return True


def _sign_up(user: User) -> bool:
    event = events.known(events.NEXT)
    too_late = event is None or event.closes_at <= timezone.now() + timedelta(minutes=1)
    if event is None or too_late or not _is_new(Registration, user, event=event):
        return False
    with override(user.mail_language):
        wording = str(event_forms.CONSENT_WORDING)
    register(
        event,
        name=user.get_full_name(),
        email=user.email,
        language=user.mail_language,
        consent_wording=wording,
        organisation_name=_membership(user).organisation.name,
        by=user,
    )
    return True


def _be_interested(call: Call, terms: Terms, facts: dict[str, Any], *, by: User | None) -> bool:
    """Sent by a login with the mails that follow, else there without any."""
    organisation = Organisation.objects.select_related("sector").get(slug=facts["organisation"])
    if Interest.objects.filter(call=call, organisation=organisation).exists():
        return False
    language = by.mail_language if by else organisation.original_language
    with override(language):
        wording = str(partner_forms.CONSENT_WORDING)
        contact = gettext("Contact of %(organisation)s") % {"organisation": organisation.name}
    tracks = terms.several(Vocabulary.TRACK, facts["how"])
    said: Answers = {
        "sector": organisation.sector,
        "contact_name": by.get_full_name() if by else contact,
        "role": facts["role"],
        "tracks": tracks,
        "how": {track.pk: facts["how"][track.code] for track in tracks},
        "offers": facts["offers"],
        "looks_for": facts["looks_for"],
        "seeks": Term.objects.filter(vocabulary__in=(Vocabulary.TRACK, Vocabulary.SECTOR), code__in=facts["seeks"]),
        "is_shown": facts["is_shown"],
    }
    whose: dict[str, Any] = {
        "organisation": organisation,
        "organisation_name": organisation.name,
        "language": language,
        "consent_wording": wording,
    }
    if by:
        register_interest(call, email=by.email, by=by, **whose, **said)
    else:
        new = Interest(call=call, email=f"{organisation.slug}@{HOST}", status="confirmed", confirmed_at=timezone.now())
        put(new, plain(said) | whose)
    return True


def _form_consortium(call: Call, lead: User, invited: User) -> bool:
    """Once, through the same verbs as everybody; what they undid since stays undone."""
    own, other = (_membership(user).organisation for user in (lead, invited))
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
    return answering.confirm(made, member, number=versions.latest(made).number, by=lead)


def _declare_consortium(call: Call, lead: User, partner: User) -> bool:
    """A third organisation, which has no login, signs without one; too late for the deadline it stays a draft."""
    own, other = (_membership(user).organisation for user in (lead, partner))
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
        member = made.members.get(organisation=_membership(user).organisation)
        answering.confirm(made, member, number=version.number, by=user)
    for member in made.members.select_related("organisation"):
        _endorse(made, member, told["letter"], by=lead)
    with suppress(RefusedError):
        declaring.declare(made, by=lead)
        _begin_proposal(made, by=lead)
    return True


def _endorse(made: Consortium, member: Member, words_of_it: str, *, by: User) -> None:
    """A letter of endorsement of this organisation, as a picture of a sheet: the call asks for one of each."""
    title = f"{words_of_it}: {member.organisation.name}"
    sheet, content = Image.new("RGB", (620, 877), "white"), BytesIO()
    ImageDraw.Draw(sheet).text((60, 80), title.encode("ascii", "replace").decode(), fill="black")
    sheet.save(content, "PNG")
    upload = SimpleUploadedFile(f"{member.organisation.slug}.png", content.getvalue(), "image/png")
    key = uuid5(made.uuid, member.organisation.slug)
    adding.add(made, upload, key=key, title=title[:MOST_TITLE], endorses=member, by=by)


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


def _membership(user: User) -> Membership:
    return Membership.objects.select_related("organisation__sector").filter(user=user).order_by("pk")[0]
