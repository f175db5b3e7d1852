"""The centre writes to a selection of those who show interest in a call: looked at first, then one mail to each."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from accounts.users.models import User
from calls.chain.models import Call
from consortia.interest.emails import call_words
from consortia.interest.models import Interest, InterestQuerySet
from hub.vocabularies.models import Term
from notifications.delivery.rendering import Rendered, render
from notifications.outbox import outbox, telling
from notifications.outbox.models import Message
from notifications.outbox.telling import Receiver, address_key

KIND = "consortia/to_interested"
# What Wagtail's history of the call says; registered in `consortia.wagtail_hooks`.
WRITE = "consortia.write"

# By language.
Words = Mapping[str, str]


class SentBeforeError(Exception):
    """These people have this very mail: it was sent before."""


class OtherReceiversError(Exception):
    """Somebody registered, changed or withdrew since the mail was looked at."""


@dataclass(frozen=True)
class Selection:
    """Those whose interest counts and who fit; nothing chosen means all."""

    call: Call
    roles: Collection[str] = ()
    tracks: Collection[Term] = ()
    sectors: Collection[Term] = ()

    @property
    def interests(self) -> InterestQuerySet:
        """Each once, by the name of its organisation."""
        found = Interest.objects.confirmed().filter(call=self.call)
        if self.roles:
            found = found.filter(role__in=self.roles)
        if self.tracks:
            found = found.filter(pk__in=Interest.objects.filter(tracks__in=self.tracks).order_by().values("pk"))
        if self.sectors:
            found = found.filter(sector__in=self.sectors)
        return found.order_by("organisation_name", "pk")

    @property
    def receivers(self) -> list[Receiver]:
        """Each address once, but for those that refuse mail for good."""
        return telling.each_address_once(self.interests.values_list("email", "language"))

    @property
    def languages(self) -> list[str]:
        """Those in which they read, in alphabetical order."""
        return sorted({outbox.spoken(each.language) for each in self.receivers})

    @property
    def digest(self) -> str:
        """Stands for the very receivers of now."""
        return _digest_of_receivers(each.key for each in self.receivers)


def preview(call: Call, language: str, *, subject: Words, text: Words) -> Rendered:
    """The mail as its readers in a language get it."""
    facts, about = _facts(call, language, subject=subject, text=text), f"interested:{call.pk}"
    message = Message(kind=KIND, to_email="reader@example.org", language=language, context=facts, about=about)
    return render(message, now=timezone.now())


@transaction.atomic
def write(selection: Selection, *, subject: Words, text: Words, seen: str, key: str, by: User) -> int:
    """One mail to each; returns to how many. The same words under the same `key` reach nobody a second time.

    `seen` is the digest of the receivers that were shown; words are given in each language that they read. Raises
    OtherReceiversError, and SentBeforeError when all of these receivers have this mail.
    """
    call = Call.objects.select_for_update(no_key=True).get(pk=selection.call.pk)
    key = f"{key}:{_digest_of(subject, text)}"
    about = f"interested:{call.pk}:{key}"
    written = {address_key(email) for email in Message.objects.filter(about=about).values_list("to_email", flat=True)}
    if written and seen == _digest_of_receivers(written):
        raise SentBeforeError
    if selection.digest != seen:
        raise OtherReceiversError
    receivers = [each for each in selection.receivers if each.key not in written]
    if not receivers:
        raise SentBeforeError
    number = telling.tell(
        receivers,
        KIND,
        about=about,
        key=f"{KIND}:{key}",
        context=lambda receiver: _facts(call, outbox.spoken(receiver.language), subject=subject, text=text),
        attachments=lambda language: [],
    )
    log(call, WRITE, user=by, data={"subject": dict(subject), "number": number})
    return number


def _digest_of(*words: Words) -> str:
    """Stands for the very words: others are another mail."""
    return sha256(repr([sorted(each.items()) for each in words]).encode()).hexdigest()[:16]


def _digest_of_receivers(keys: Iterable[str]) -> str:
    return sha256(" ".join(sorted(keys)).encode()).hexdigest()[:32]


def _facts(call: Call, language: str, *, subject: Words, text: Words) -> dict[str, str]:
    words = call_words(call, language)
    return {
        "subject": subject.get(language, ""),
        "text": text.get(language, ""),
        "call_title": words["title"],
        "call_url": words["url"],
    }
