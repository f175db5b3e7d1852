import uuid
from datetime import timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models.functions import Now, TruncDate
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from events.agenda.models import Event
from events.door.keeping_times import WALK_INS
from events.seats import persons
from events.seats.models import Registration
from hub.dates.brussels import BRUSSELS

LONGEST_LABEL = 60


class DoorPassQuerySet(models.QuerySet["DoorPass"]):
    def valid(self) -> Self:
        """Those that somebody may hold: not taken back."""
        return self.filter(revoked_at=None)

    def today(self, *, also_yesterday: bool = False) -> Self:
        """Those that open a door at this moment, by the database's clock and the calendar of Brussels.

        `also_yesterday`: and those that did the day before.
        """
        today = TruncDate(Now(), tzinfo=BRUSSELS)
        if not also_yesterday:
            return self.valid().filter(day=today)
        yesterday = TruncDate(Now() - timedelta(days=1), tzinfo=BRUSSELS)
        return self.valid().filter(day__gte=yesterday, day__lte=today)


class DoorPass(models.Model):
    """Lets helpers without an account check people in: at one event, on one day in Brussels, until it is taken back."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    event = models.ForeignKey(Event, verbose_name=_("event"), on_delete=models.CASCADE, related_name="door_passes")
    label = models.CharField(_("door"), max_length=LONGEST_LABEL, help_text=_("For example: main entrance."))
    day = models.DateField(_("day"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField(_("made at"), db_default=Now(), editable=False)
    revoked_at = models.DateTimeField(_("taken back at"), null=True, blank=True, editable=False)

    objects = DoorPassQuerySet.as_manager()

    class Meta:
        verbose_name = _("link for helpers")
        verbose_name_plural = _("links for helpers")
        ordering = ["day", "made_at", "pk"]

    def __str__(self) -> str:
        return self.label


class WalkIn(models.Model):
    """Somebody who came without signing up. Name and address go some time after the event, the row stays."""

    uuid = models.UUIDField(unique=True, editable=False)
    event = models.ForeignKey(Event, verbose_name=_("event"), on_delete=models.CASCADE, related_name="walk_ins")
    name = models.CharField(_("name"), max_length=120)
    person = models.GeneratedField(
        expression=persons.folded(models.F("name")),
        output_field=models.CharField(max_length=persons.LONGEST),
        db_persist=True,
        editable=False,
    )
    organisation_name = models.CharField(_("organisation"), max_length=160, blank=True)
    email = models.EmailField(
        _("e-mail address"),
        blank=True,
        help_text=format_lazy(
            _(
                "Only if the person wants to hear from us about this event. Name and address are deleted {days} days "
                "after the event."
            ),
            days=WALK_INS.days,
        ),
    )
    language = models.CharField(_("language"), max_length=5)
    created_at = models.DateTimeField(_("noted at"), db_default=Now(), editable=False)
    came_at = models.DateTimeField(_("came at"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("person without registration")
        verbose_name_plural = _("people without registration")
        ordering = ["created_at", "pk"]

    def __str__(self) -> str:
        return f"{self.name} → {self.event}"


class Scan(models.Model):
    """What a device at a door noted about one person. Triggers keep it as it is (`events/sql/scans_stay.sql`).

    `uuid` is made by the device, so that what arrives twice is one. `scanned_at` is what its clock said; `happened_at`
    the same by the portal's clock, within `day` and never after it arrived: in that order scans count.
    """

    class Kind(models.TextChoices):
        IN = "in", _("came in")
        UNDO = "undo", _("taken back")

    uuid = models.UUIDField(unique=True, editable=False)
    registration = models.ForeignKey(
        Registration, null=True, blank=True, on_delete=models.CASCADE, related_name="scans"
    )
    walk_in = models.ForeignKey(WalkIn, null=True, blank=True, on_delete=models.CASCADE, related_name="scans")
    day = models.DateField(_("day"))
    kind = models.CharField(_("what"), max_length=4, choices=Kind)
    device = models.CharField(_("door"), max_length=LONGEST_LABEL)
    door_pass = models.ForeignKey(DoorPass, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    scanned_at = models.DateTimeField(_("scanned at"))
    happened_at = models.DateTimeField(_("happened at"))
    received_at = models.DateTimeField(_("received at"), db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("scan")
        verbose_name_plural = _("scans")
        ordering = ["happened_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(registration__isnull=False, walk_in__isnull=True)
                | models.Q(registration__isnull=True, walk_in__isnull=False),
                name="scan_is_of_one_person",
            )
        ]
        indexes = [
            models.Index("registration", "day", name="scan_registration_day"),
            models.Index("walk_in", "day", name="scan_walk_in_day"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.device}"
