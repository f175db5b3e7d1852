import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nCharField, I18nTextField
from modelcluster.fields import ParentalManyToManyField
from modelcluster.models import ClusterableModel

from events.agenda.fields import ReminderHoursField
from events.agenda.querysets import EventQuerySet
from events.agenda.ways import Attendance, Way
from events.series.models import Series
from hub.dates import brussels, words


def as_meant(starts_at: datetime, ends_at: datetime, *, has_time: bool) -> tuple[datetime, datetime]:
    """From when to when an event is: mere days last from midnight to their last minute, whatever hours were typed."""
    return (starts_at, ends_at) if has_time else (brussels.first_minute(starts_at), brussels.last_minute(ends_at))


def check_opening(opens_at: datetime, closes_at: datetime) -> None:
    """Raises ValidationError where sign-up would open when it is closed already."""
    if opens_at >= closes_at:
        said = _("Registration opens before it closes; here it would close on %(moment)s.")
        raise ValidationError({"registration_opens_at": said % {"moment": words.moment(closes_at)}})


def _sum(numbers: list[int | None]) -> int | None:
    known = [number for number in numbers if number is not None]
    return sum(known) if len(known) == len(numbers) else None


class Event(ClusterableModel):
    """The facts of a meeting: when, where, how many. Its words are `EventPage`s. Times are shown in Brussels time.

    The dates of a `series` have their words together: its pages tell of each of them.
    """

    uid = models.UUIDField(
        default=uuid.uuid4,
        unique=True,
        editable=False,
        help_text=_("Names it in calendars."),
    )
    sequence = models.PositiveIntegerField(_("revision in calendars"), default=0, editable=False)
    series = models.ForeignKey(
        Series,
        verbose_name=_("series"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="dates",
    )
    title = I18nCharField(_("short title"))
    starts_at = models.DateTimeField(_("starts at"), help_text=_("Brussels time."))
    ends_at = models.DateTimeField(_("ends at"), help_text=_("Brussels time."))
    has_time = models.BooleanField(
        _("the hour matters"), default=True, help_text=_("Without it, only the day is shown.")
    )
    venue = models.CharField(_("venue"), max_length=160, blank=True)
    address = models.CharField(_("address"), max_length=240, blank=True)
    online_url = models.URLField(_("online address"), blank=True, help_text=_("Only in the confirmation mail."))
    attendance = models.CharField(_("how one takes part"), max_length=10, choices=Attendance, default=Attendance.ROOM)
    capacity = models.PositiveIntegerField(
        _("seats in the room"), null=True, blank=True, help_text=_("Empty: no limit.")
    )
    online_capacity = models.PositiveIntegerField(
        _("seats online"), null=True, blank=True, help_text=_("Empty: no limit.")
    )
    offer_hours = models.PositiveSmallIntegerField(
        _("hours to accept a free seat"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(24 * 14)],
        help_text=_(
            "Empty: a free seat goes to the first on the waiting list at once. With a number, the first is asked, and "
            "after so many hours without an answer the next."
        ),
    )
    list_ended_at = models.DateTimeField(null=True, editable=False)
    registration_closes_at = models.DateTimeField(
        _("registration closes at"),
        null=True,
        blank=True,
        help_text=_("Empty: when the event starts."),
    )
    call = models.ForeignKey(
        "calls.Call",
        verbose_name=_("call it belongs to"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="events",
    )
    tracks = ParentalManyToManyField(
        "hub.Term",
        verbose_name=_("action tracks"),
        blank=True,
        related_name="+",
        limit_choices_to={"vocabulary": "track"},
    )
    contact = models.ForeignKey(
        "hub.Contact",
        verbose_name=_("contact"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    thanks = models.BooleanField(
        _("write to people afterwards"),
        default=True,
        db_default=True,
        help_text=_("Thanks with the feedback form to who came; the materials to who had a seat and did not come."),
    )
    thanks_at = models.DateTimeField(
        _("write to them at"),
        null=True,
        blank=True,
        help_text=_("Empty: at nine in the morning after the event. Brussels time."),
    )
    thanked_at = models.DateTimeField(_("people were written to at"), null=True, blank=True, editable=False)
    shows_feedback = models.BooleanField(
        _("show the marks on the event's page"),
        default=False,
        db_default=False,
        help_text=_("Only numbers, and only from five answers on; what people wrote is never shown."),
    )
    cancelled_at = models.DateTimeField(_("cancelled at"), null=True, blank=True)
    registration_opens_at = models.DateTimeField(
        _("registration opens at"), null=True, blank=True, help_text=_("Empty: at once.")
    )
    accessibility = I18nTextField(
        _("accessibility of the place"),
        blank=True,
        default="",
        help_text=_("For example entrance, lift, toilets, hearing loop."),
    )
    directions = I18nTextField(
        _("how to get there"), blank=True, default="", help_text=_("Also in the reminders before the event.")
    )
    to_bring = I18nTextField(
        _("what to bring"), blank=True, default="", help_text=_("Also in the reminders before the event.")
    )
    organisers = ParentalManyToManyField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("organisers"),
        blank=True,
        related_name="organised_events",
        limit_choices_to={"groups__name": "Organisers"},
        help_text=_("People of the group Organisers: they see this event and who signed up for it, and no other."),
    )
    reminder_hours = ReminderHoursField(
        _("reminders"), blank=True, help_text=_("To everybody with a seat; none chosen: no reminders.")
    )
    created_at = models.DateTimeField(_("created at"), db_default=Now(), editable=False)
    updated_at = models.DateTimeField(_("changed at"), auto_now=True)

    # Filled in by EventQuerySet.with_standing().
    read_at: datetime
    room_taken: int
    online_taken: int
    is_over: bool
    is_closed: bool
    is_early: bool
    # Filled in by EventQuerySet.with_waiting().
    waiting: int

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")),
                name="event_ends_after_it_starts",
            )
        ]

    def __str__(self) -> str:
        """Dates of a series have the same title."""
        return f"{self.title}, {words.day(self.starts_at)}" if self.series_id else str(self.title)

    def clean(self) -> None:
        super().clean()
        if self.starts_at and self.ends_at:
            self.starts_at, self.ends_at = as_meant(self.starts_at, self.ends_at, has_time=self.has_time)
        if self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            raise ValidationError({"ends_at": _("An event ends after it starts.")})
        if self.online_url and Way.ONLINE not in self.ways:
            raise ValidationError({"attendance": _("There is an online address: can one take part online?")})
        if self.ends_at and self.registration_closes_at and self.registration_closes_at > self.ends_at:
            raise ValidationError({"registration_closes_at": _("Registration closes before the event is over.")})
        if self.starts_at and self.registration_opens_at:
            check_opening(self.registration_opens_at, self.closes_at)
        if self.ends_at and self.thanks_at and self.thanks_at < self.ends_at:
            raise ValidationError({"thanks_at": _("People are thanked once the event is over.")})

    @property
    def anchor(self) -> str:
        """Where the page of its series tells of it."""
        return f"date-{self.uid}"

    @property
    def closes_at(self) -> datetime:
        """When sign-up ends."""
        return self.registration_closes_at or self.starts_at

    @property
    def list_ends_at(self) -> datetime:
        """Until when free seats go to those who wait: its start, or the end of sign-up where that is later."""
        return min(max(self.starts_at, self.closes_at), self.ends_at)

    @property
    def ways(self) -> tuple[Way, ...]:
        """The ways of attending that it offers."""
        return Attendance(self.attendance).ways

    @property
    def is_hybrid(self) -> bool:
        return len(self.ways) > 1

    def seats(self, way: Way) -> int | None:
        """How many there are of one kind; None when there is no limit."""
        return self.capacity if way == Way.ROOM else self.online_capacity

    def taken(self, way: Way) -> int:
        """How many of one kind are taken or offered; needs the standing."""
        return self.room_taken if way == Way.ROOM else self.online_taken

    def left(self, way: Way) -> int | None:
        """How many of one kind are free; None when there is no limit; needs the standing."""
        seats = self.seats(way)
        return None if seats is None else max(seats - self.taken(way), 0)

    @property
    def total_seats(self) -> int | None:
        """All seats that it offers; None when there is no limit to one kind."""
        return _sum([self.seats(way) for way in self.ways])

    @property
    def seats_left(self) -> int | None:
        """All that are free; None when there is no limit to one kind."""
        return _sum([self.left(way) for way in self.ways])

    @property
    def seats_taken(self) -> int:
        """All seats that somebody has or may still accept."""
        return self.room_taken + self.online_taken

    @property
    def is_full(self) -> bool:
        return self.seats_left == 0

    @property
    def is_one_day(self) -> bool:
        return timezone.localdate(self.starts_at) == timezone.localdate(self.ends_at)

    @property
    def day_before(self) -> datetime:
        """The last moment of the day before it, until when people sign up for mere days."""
        return brussels.first_minute(self.starts_at) - timedelta(minutes=1)

    @property
    def standing(self) -> str:
        """What a visitor can do: `open`, `full`, `early`, `closed`, or the event is `over` or `cancelled`."""
        if self.cancelled_at:
            return "cancelled"
        if self.is_over:
            return "over"
        if self.is_closed:
            return "closed"
        if self.is_early:
            return "early"
        return "full" if self.is_full else "open"
