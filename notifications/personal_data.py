"""What the mail of the portal holds about people."""

from functools import partial

from django.db.models import CharField, F, Q, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext_lazy as _

from accounts.personal_data.declarations import PersonalData, Stays
from accounts.personal_data.emails import LAST
from accounts.personal_data.subjects import Subject
from accounts.users import addresses
from notifications.following.keeping_times import FOLLOWERS
from notifications.following.managing import ERASED, erase
from notifications.outbox import kinds, outbox
from notifications.outbox.keeping_times import MAILS
from notifications.outbox.models import Message, Suppression
from notifications.subscriptions.models import Subscription


def withdraw_mail(subject: Subject) -> None:
    """Nothing that waits leaves any more."""
    for email in subject.emails:
        mine = Message.objects.filter(addresses.at("to_email", email)).exclude(dedupe_key__startswith=LAST)
        outbox.withdraw_these(mine, reason=ERASED)


def stop_following(subject: Subject) -> None:
    """With what other apps keep beside it."""
    for email in subject.emails:
        erase(email)


# The certificate of an erasure is to arrive; `outbox.forget_last` empties it.
CERTIFICATE = Q(dedupe_key__startswith=LAST)
# Codes and links that are a way in, and what is for its receivers alone: who sits at an open browser reads none of it.
PRIVATE = Q(kind__startswith=outbox.PRIVATE_KINDS) | Q(kind__in=kinds.confidential())
ABOUT_MAIL = ("to_email", "kind", "subject", "status", "created_at", "sent_at", "error")
mail = partial(
    PersonalData, Message, why=_("So that mail arrives, and it is known which did."), kept=MAILS,
    addresses=("to_email",), written=("kind",), first=withdraw_mail,
    stays=Stays(
        _("That a mail of this kind left, and when; no address and none of its words."),
        without={"to_email": "", "context": {}, "attachments": [], "subject": "", "error": "",
                 "dedupe_key": Concat(Value("erased:"), Cast(F("uuid"), CharField()))},
    ),
)  # fmt: skip

DECLARED = [
    PersonalData(
        Subscription, why=_("So that you hear of what you asked for, and can show that you did."), kept=FOLLOWERS,
        people=("user",), addresses=("email",), named=_("what you follow"), first=stop_following,
        fields=("email", "topic", "language", "offsets", "status", "consent_wording", "created_at", "confirmed_at",
                "stopped_at"),
    ),
    mail(
        fields=(*ABOUT_MAIL, "context"), theirs_not=("about", "language"), named=_("mail to you"),
        apart=CERTIFICATE | PRIVATE,
    ),
    mail(
        fields=ABOUT_MAIL, theirs_not=("about", "language", "context"),
        named=_("mail to you whose words only the mail itself holds"), part="private", apart=CERTIFICATE | ~PRIVATE,
    ),
    PersonalData(
        Suppression, why=_("So that no mail goes where it cannot arrive."), kept=FOLLOWERS, addresses=("email",),
        fields=("email", "reason", "created_at", "tried_at"),
    ),
]  # fmt: skip
