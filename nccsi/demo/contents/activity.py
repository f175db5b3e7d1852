"""What the two partners have done so far, through the same verbs as everybody, with the mails that follow."""

from datetime import timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import override

from accounts.users.models import User
from calls.chain.models import Call
from consortia.interest import forms as partner_forms
from consortia.interest.models import Interest
from consortia.interest.registration import is_open, register_interest
from events.seats.models import Registration
from events.seats.registration import register
from events.sign_up import forms as event_forms
from hub.vocabularies.models import Term, Vocabulary
from nccsi.demo.contents import calls, events
from nccsi.demo.contents.people import person
from nccsi.demo.logins import OTHER_PARTNER, PARTNER
from notifications.following import subscribing
from notifications.following.forms import FollowForm
from notifications.subscriptions import offsets, topics
from notifications.subscriptions.models import Subscription
from partners.organisations.models import Membership


def load() -> int:
    """Lets them follow the call, sign up for its meeting and register interest; what they undid since stays undone."""
    call = calls.known(calls.NEXT)
    if call is None:
        return 0
    partner, other = person(PARTNER), person(OTHER_PARTNER)
    done = [_follow(call, partner), _sign_up(partner)]
    done += [
        _be_interested(call, partner, Interest.Role.LEAD, "impact-inclusion", "government", "regional"),
        _be_interested(call, other, Interest.Role.PARTNER, "financing", "training"),
    ]
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


def _be_interested(call: Call, user: User, role: Interest.Role, *tracks: str) -> bool:
    if not is_open(call) or not _is_new(Interest, user, call=call):
        return False
    organisation = _membership(user).organisation
    with override(user.mail_language):
        wording = str(partner_forms.CONSENT_WORDING)
    register_interest(
        call,
        organisation_name=organisation.name,
        sector=organisation.sector,
        contact_name=user.get_full_name(),
        email=user.email,
        language=user.mail_language,
        consent_wording=wording,
        tracks=Term.objects.of(Vocabulary.TRACK).filter(code__in=tracks),
        role=role,
        organisation=organisation,
        by=user,
    )
    return True


def _membership(user: User) -> Membership:
    return Membership.objects.select_related("organisation__sector").filter(user=user).order_by("pk")[0]
