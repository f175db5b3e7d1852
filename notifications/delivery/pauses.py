"""Mail stands still while a server refuses us or is away, for everything or for one domain, and goes on by itself.

A server that turns us away for one receiver may speak for that receiver's domain alone: its mail waits, that of others
goes on. Said for two domains with nothing taken in between, or said of all that we send, it stops everything. What is
tried first after such a stop goes to another domain than the one that caused it, so that nobody's own block list can
hold up everybody.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import (
    CharField,
    Exists,
    ExpressionWrapper,
    F,
    Func,
    IntegerField,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.db.models.functions import Now

from accounts.privacy.keeping import Moment
from notifications.delivery.keeping_times import REFUSING_DOMAINS
from notifications.delivery.models import Pause
from notifications.outbox import outbox
from notifications.outbox.models import Message, MessageQuerySet

STEPS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 30, 60))
AWAY_STEP = timedelta(minutes=1)
# Who tries one mail has this long; after that somebody else may.
TRY = timedelta(seconds=150)
# RFC 5321, 4.5.4.1: at least four to five days. Mail to one domain is given up then; what stops everything never is.
PATIENCE = timedelta(days=5)
EVERYTHING = ""


def domain_of(email: str) -> str:
    """What stands behind the last @, in small letters; `sending` asks the database for the same."""
    return email.rpartition("@")[2].lower() or "?"


def of_everything() -> Pause | None:
    """The pause of all mail, if there is one."""
    return Pause.objects.filter(domain=EVERYTHING).first()


def of_domains() -> set[str]:
    """The domains that refused us and have not taken a mail since, whether their pause is over or not."""
    return set(Pause.objects.exclude(domain=EVERYTHING).values_list("domain", flat=True))


def take_turn() -> bool:
    """Whether the caller is the one who tries a mail now that the pause of everything is over."""
    over = Pause.objects.filter(domain=EVERYTHING, until__lte=Now())
    return bool(over.update(until=Now() + TRY))


def give_turn_back() -> None:
    """Nothing was learned: let the next one try at once."""
    Pause.objects.filter(domain=EVERYTHING).update(until=Now())


def refused(*, domain: str, reason: str, everything: bool, trying: bool) -> bool:
    """A server refuses us over a mail to this domain; True when all mail stops.

    `everything`: what it said concerns all mail. `trying`: all mail stands still, and this was to show whether it
    still must.
    """
    with transaction.atomic():
        known = Pause.objects.filter(domain=domain).exists()
        _prolong(domain, fault=Pause.Fault.REFUSED, reason=reason, asked_for=domain)
        if not (trying or (everything and not known) or _nobody_takes_any(domain)):
            return False
        _prolong(EVERYTHING, fault=Pause.Fault.REFUSED, reason=reason, asked_for=domain, again=trying)
        return True


def shut_out(*, domain: str, reason: str, trying: bool) -> None:
    """The server refuses us before it hears for whom a mail is."""
    with transaction.atomic():
        _prolong(EVERYTHING, fault=Pause.Fault.REFUSED, reason=reason, asked_for=domain, again=trying)


def away(*, domain: str, reason: str, trying: bool) -> None:
    """The server cannot be reached, or takes nothing at the moment."""
    with transaction.atomic():
        _prolong(EVERYTHING, fault=Pause.Fault.AWAY, reason=reason, asked_for=domain, again=trying)


def works_again() -> None:
    """The server deals with our mail: everything goes on, and domains that refused us are tried at once."""
    Pause.objects.filter(domain=EVERYTHING).delete()
    Pause.objects.update(until=Now())


def takes_again(domain: str) -> None:
    """A mail to this domain was taken."""
    Pause.objects.exclude(domain=EVERYTHING).filter(domain=domain).delete()


def stands_still(mails: MessageQuerySet) -> MessageQuerySet:
    """What of these waits because of any pause."""
    refusing = Pause.objects.filter(Q(domain=EVERYTHING) | Q(domain=OuterRef("domain")))
    return mails.by_domain().waiting().filter(Exists(refusing), due_at__lte=Now())


def with_waiting() -> QuerySet[Pause]:
    """All pauses, that of everything first, each with how many mails wait because of it; in one query."""
    held = Message.objects.by_domain().waiting().filter(due_at__lte=Now()).order_by()
    of_this = held.alias(asked=ExpressionWrapper(OuterRef("domain"), CharField())).filter(
        Q(asked=EVERYTHING) | Q(asked=F("domain"))
    )
    number = of_this.annotate(number=Func(F("pk"), function="count")).values("number")
    return Pause.objects.annotate(waiting=Subquery(number, output_field=IntegerField()))


def held_up(domain: str) -> MessageQuerySet:
    """What waits because of this pause."""
    waiting = Message.objects.waiting().filter(due_at__lte=Now())
    return waiting if domain == EVERYTHING else waiting.to_domain(domain)


def give_up() -> int:
    """Fail the mail to domains that have refused us for longer than `PATIENCE`, with their words; how many failed."""
    failed = 0
    for pause in Pause.objects.exclude(domain=EVERYTHING).filter(since__lt=Now() - PATIENCE):
        mails = held_up(pause.domain).filter(Q(leased_until__isnull=True) | Q(leased_until__lt=Now()))
        outbox.forget_secrets(mails)
        failed += mails.update(status=Message.Status.FAILED, error=pause.reason, leased_until=None)
    return failed


def due(at: Moment) -> QuerySet[Pause]:
    """Domains to which no mail has gone for a day since their pause was over, at that moment."""
    return Pause.objects.exclude(domain=EVERYTHING).filter(until__lt=at - REFUSING_DOMAINS.span)


def forget_old() -> int:
    """They may be friendly by now; returns how many."""
    return due(Now()).delete()[0]


def _nobody_takes_any(domain: str) -> bool:
    """Whether another domain refused us, too, and nothing was taken since."""
    others = Pause.objects.exclude(domain__in=[EVERYTHING, domain]).filter(until__gt=Now())
    refused_at = others.aggregate(latest=Max("refused_at"))["latest"]
    return refused_at is not None and not Message.objects.filter(status="sent", sent_at__gt=refused_at).exists()


def _prolong(domain: str, *, fault: Pause.Fault, reason: str, asked_for: str, again: bool = False) -> None:
    """Begin a pause, or make it longer: once for each time that it was over, however many workers find that it must go
    on."""
    reason = reason[:2000]
    row = Pause.objects.filter(domain=domain).first()
    if row is None:
        fresh = Pause(domain=domain, fault=fault, reason=reason, asked_for=asked_for)
        fresh.until = Now() + STEPS[0]  # the database's clock
        Pause.objects.bulk_create([fresh], ignore_conflicts=True)
        return
    if not again and not Pause.objects.filter(pk=row.pk, until__lte=Now()).exists():
        return
    refusals = row.refusals + 1 if row.fault == fault else 1
    wait = AWAY_STEP if fault == Pause.Fault.AWAY else STEPS[min(refusals, len(STEPS)) - 1]
    Pause.objects.filter(pk=row.pk).update(
        fault=fault, reason=reason, asked_for=asked_for, refusals=refusals, refused_at=Now(), until=Now() + wait
    )
