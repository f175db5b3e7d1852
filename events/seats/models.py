import uuid
from collections.abc import Collection
from datetime import datetime
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower, Now
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from events.agenda.models import Event
from events.agenda.ways import Way
from events.questions import answering
from events.questions.models import Answer
from events.seats import persons
from events.seats.keeping_times import ACCESS_NEEDS

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager


class Wish(models.TextChoices):
    """How somebody wants to attend."""

    ROOM = "room", _("In the room")
    ONLINE = "online", _("Online")
    EITHER = "either", _("Online, and in the room as soon as there is a seat")

    @property
    def ways(self) -> tuple[Way, ...]:
        """The ways of attending that will do, the best first."""
        return tuple(Way) if self == Wish.EITHER else (Way(self.value),)


class RegistrationQuerySet(models.QuerySet["Registration"]):
    def confirmed(self) -> Self:
        """Those who have a seat, for good or for as long as it is reserved."""
        return self.filter(status="confirmed").exclude(reserved_until__lte=Now())

    def waiting(self) -> Self:
        """Those on the waiting list, for good or for as long as their place is reserved."""
        return self.filter(status="waiting").exclude(reserved_until__lte=Now())

    def in_line(self, *ways: Way) -> Self:
        """Those who would take a seat of one of these kinds; of any kind where none is named."""
        for_room = Q(wish__in=[Wish.ROOM, Wish.EITHER]) & ~Q(seat=Way.ROOM)
        for_online = Q(wish__in=[Wish.ONLINE, Wish.EITHER], seat="")
        wanted = {Way.ROOM: for_room, Way.ONLINE: for_online}
        return self.concerned().filter(reduce(or_, (wanted[way] for way in ways or Way)))

    def concerned(self) -> Self:
        """Those with a seat or a place on the waiting list: who hears when something about the event changes."""
        return self.exclude(status="cancelled").exclude(reserved_until__lte=Now())

    def who_came(self) -> Self:
        """Those who had a seat and were noted at the door, of events that took place."""
        return self.filter(status="confirmed", came_at__isnull=False, event__cancelled_at=None)

    def lapsed(self) -> Self:
        """Those whose seat was reserved and not confirmed in time."""
        return self.filter(reserved_until__lte=Now())


class Registration(models.Model):
    """One person's place at an event; name and address together are the person.

    `seat` is where they have one; `wish` says how they want to attend. Who has a seat online and wants to come to the
    room has a seat and a place in line. A free seat that has to be accepted is `offered` until a moment; an offer that
    was let pass counts in `passes`. Members of a `party` were signed up together; where they are `together` they get
    seats all at once or none.

    A cancelled row frees its seat and may be taken up again by the same person. A row that is reserved has its seat, or
    its place on the waiting list, until that moment, and for good once somebody pressed the link in the mail
    (`events.seats.line_share`). Who ever waited keeps the moment of joining and that of getting a seat.
    """

    class Status(models.TextChoices):
        CONFIRMED = "confirmed", _("confirmed")
        WAITING = "waiting", _("on the waiting list")
        CANCELLED = "cancelled", _("cancelled")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    event = models.ForeignKey(
        Event,
        verbose_name=_("event"),
        on_delete=models.CASCADE,
        related_name="registrations",
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("user"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="registrations",
    )
    name = models.CharField(_("name"), max_length=120)
    person = models.GeneratedField(
        expression=persons.folded(models.F("name")),
        output_field=models.CharField(max_length=persons.LONGEST),
        db_persist=True,
        editable=False,
    )
    email = models.EmailField(_("e-mail address"))
    organisation_name = models.CharField(_("organisation"), max_length=160, blank=True)
    language = models.CharField(_("language"), max_length=5)
    access_needs = models.TextField(
        _("what you need to take part"),
        blank=True,
        max_length=500,
        help_text=format_lazy(
            _("For example step-free access or sign language. Deleted {days} days after the event."),
            days=ACCESS_NEEDS.days,
        ),
    )
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.CONFIRMED)
    wish = models.CharField(_("wants to attend"), max_length=10, choices=Wish, default=Wish.ROOM)
    seat = models.CharField(_("seat"), max_length=10, choices=Way, blank=True, editable=False)
    party = models.UUIDField(null=True, blank=True, editable=False)
    is_together = models.BooleanField(_("all together or not at all"), default=False, editable=False)
    offered = models.CharField(_("seat offered"), max_length=10, choices=Way, blank=True, editable=False)
    offered_until = models.DateTimeField(_("offered until"), null=True, blank=True, editable=False)
    passes = models.PositiveSmallIntegerField(_("offers let pass"), default=0, editable=False)
    consent_wording = models.TextField(_("wording agreed to"))
    sent_as = models.CharField(max_length=64, blank=True, editable=False)  # which form was sent last
    # A digest of the line it was asked from, until its address is proved or the event is over.
    line = models.CharField(max_length=64, blank=True, editable=False)
    reserved_until = models.DateTimeField(_("to be confirmed until"), null=True, blank=True, editable=False)
    created_at = models.DateTimeField(_("signed up at"), db_default=Now())
    cancelled_at = models.DateTimeField(_("cancelled at"), null=True, blank=True)
    waiting_since = models.DateTimeField(_("on the waiting list since"), null=True, blank=True, editable=False)
    moved_up_at = models.DateTimeField(_("got a seat from the waiting list at"), null=True, blank=True, editable=False)
    came_at = models.DateTimeField(_("came at"), null=True, blank=True, editable=False)

    # The other end of Answer.registration.
    answers: "RelatedManager[Answer]"

    # Filled in by registration.register(), the same for everybody who sent such a form: whether this page's sender must
    # press the link in the mail, and whether the event was full.
    asks_click: bool = False
    is_full: bool = False

    # Nobody asks where people, events and accounts are named by sign-ups: each list of them says it itself.
    wagtail_reference_index_ignore = True

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        ordering = ["created_at", "pk"]
        constraints = [
            # Colleagues who share a mailbox are told apart by their names.
            models.UniqueConstraint("event", Lower("email"), "person", name="registration_once_per_event_and_person"),
            models.CheckConstraint(
                condition=~Q(status="waiting") | Q(waiting_since__isnull=False),
                name="registration_waits_since_a_time",
            ),
            models.CheckConstraint(
                condition=Q(Q(status="confirmed"), ~Q(seat="")) | Q(~Q(status="confirmed"), Q(seat="")),
                name="registration_confirmed_has_a_seat",
            ),
            models.CheckConstraint(
                condition=Q(offered="", offered_until=None) | Q(~Q(offered=""), Q(offered_until__isnull=False)),
                name="registration_offer_has_an_end",
            ),
        ]
        indexes = [
            # Who has a seat online may wait for one in the room.
            models.Index(
                "event",
                "waiting_since",
                "id",
                condition=Q(status__in=["waiting", "confirmed"], waiting_since__isnull=False),
                name="registration_waiting_list",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} → {self.event}"

    @property
    def is_waiting(self) -> bool:
        """Whether it is on the waiting list."""
        return self.status == self.Status.WAITING

    @property
    def waits_for(self) -> tuple[Way, ...]:
        """The ways of attending for which they are in line."""
        if self.status == self.Status.CANCELLED:
            return ()
        ways = Wish(self.wish).ways
        return ways[: ways.index(Way(self.seat))] if self.seat in ways else () if self.seat else ways

    def validate_constraints(self, exclude: Collection[str] | None = None) -> None:
        """A form knows none of the columns that these speak of: its verbs keep them, with the event's row locked."""
        if "event" not in (exclude or ()):
            super().validate_constraints(exclude=exclude)

    @property
    def said(self) -> str:
        """What they answered to the event's own questions, but for sensitive ones, in one text."""
        return "\n".join(f"{question} {answer}" for question, answer in answering.told(self.answers.all()))

    @property
    def has_offer(self) -> bool:
        """Whether they may accept a seat now."""
        return self.offered_until is not None and self.offered_until > timezone.now()

    def holds_at(self, moment: datetime) -> bool:
        """Whether they had a seat or a place at a moment: what `concerned` finds."""
        return self.status != self.Status.CANCELLED and (self.reserved_until is None or self.reserved_until > moment)

    @property
    def has_lapsed(self) -> bool:
        """Whether it was reserved and nobody confirmed it in time."""
        return self.reserved_until is not None and self.reserved_until <= timezone.now()
