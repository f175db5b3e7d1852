"""What the two partners have done so far, through the same verbs as everybody, with the mails that follow."""

from datetime import timedelta
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext, override

from accounts.users.models import User
from calls.chain.models import Call
from consortia.interest import forms as partner_forms
from consortia.interest.answers import Answers, plain, put
from consortia.interest.models import Interest
from consortia.interest.registration import is_open, register_interest
from events.seats.models import Registration
from events.seats.registration import register
from events.sign_up import forms as event_forms
from hub.vocabularies.models import Term, Vocabulary
from nccsi.demo.contents import calls, consortia, events
from nccsi.demo.contents.participants import HOST
from nccsi.demo.contents.people import person
from nccsi.demo.logins import EDITOR, OTHER_PARTNER, PARTNER
from nccsi.demo.reading import words
from nccsi.demo.reading.terms import Terms
from notifications.following import subscribing
from notifications.following.forms import FollowForm
from notifications.subscriptions import offsets, topics
from notifications.subscriptions.models import Subscription
from partners.organisations.models import Organisation


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
        done += [consortia.form(call, partner, other), consortia.declare(call, other, partner)]
        done.append(consortia.have_judged(call, by=person(EDITOR)))
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
        organisation_name=consortia.membership_of(user).organisation.name,
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
