"""What changed about an event that people knew of: on record, with its reason, for ever."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nTextField

from events.agenda.models import Event
from events.agenda.ways import Attendance

# When and where: what people who signed up rely on. Of each, the record holds the old and the new.
TIMED = ("starts_at", "ends_at", "has_time")
ARRANGED = (*TIMED, "attendance", "venue", "address", "online_url")


class EventChange(models.Model):
    """An event moved, was cancelled or takes place after all. A trigger keeps anybody from altering or deleting it.

    `version` is the revision that calendars got by it.
    """

    class Kind(models.TextChoices):
        MOVED = "moved", _("moved")
        CANCELLED = "cancelled", _("cancelled")
        RESUMED = "resumed", _("takes place after all")

    event = models.ForeignKey(
        Event, verbose_name=_("event"), on_delete=models.PROTECT, related_name="changes", editable=False
    )
    kind = models.CharField(_("what changed"), max_length=10, choices=Kind, editable=False)
    version = models.PositiveIntegerField(_("version that it made"), editable=False)
    old_starts_at = models.DateTimeField(_("started before"), editable=False)
    old_ends_at = models.DateTimeField(_("ended before"), editable=False)
    old_has_time = models.BooleanField(_("the hour mattered before"), default=True, editable=False)
    old_attendance = models.CharField(
        _("how one took part before"), max_length=10, default=Attendance.ROOM, editable=False
    )
    old_venue = models.CharField(_("old venue"), max_length=160, blank=True, editable=False)
    old_address = models.CharField(_("old address"), max_length=240, blank=True, editable=False)
    old_online_url = models.URLField(_("old online address"), blank=True, editable=False)
    new_starts_at = models.DateTimeField(_("starts since"), editable=False)
    new_ends_at = models.DateTimeField(_("ends since"), editable=False)
    new_has_time = models.BooleanField(_("the hour matters since"), default=True, editable=False)
    new_attendance = models.CharField(
        _("how one takes part since"), max_length=10, default=Attendance.ROOM, editable=False
    )
    new_venue = models.CharField(_("new venue"), max_length=160, blank=True, editable=False)
    new_address = models.CharField(_("new address"), max_length=240, blank=True, editable=False)
    new_online_url = models.URLField(_("new online address"), blank=True, editable=False)
    reason = I18nTextField(_("reason"))
    made_at = models.DateTimeField(_("made at"), db_default=Now(), editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("made by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        editable=False,
    )
    told = models.PositiveIntegerField(_("people told"), default=0, editable=False)

    class Meta:
        verbose_name = _("change of an event")
        verbose_name_plural = _("changes of events")
        ordering = ["-version"]
        constraints = [models.UniqueConstraint(fields=["event", "version"], name="event_change_once_per_version")]

    def __str__(self) -> str:
        return f"{self.event_id}: v{self.version}"

    @property
    def old(self) -> dict[str, Any]:
        """When and where it was to be."""
        return {name: getattr(self, f"old_{name}") for name in ARRANGED}

    @property
    def new(self) -> dict[str, Any]:
        """When and where it is to be since."""
        return {name: getattr(self, f"new_{name}") for name in ARRANGED}

    @property
    def new_way(self) -> str:
        """How one takes part since, in words."""
        return str(Attendance(self.new_attendance).label)

    @property
    def is_move(self) -> bool:
        return self.kind == self.Kind.MOVED

    @property
    def moves_time(self) -> bool:
        """Whether it takes place at another time."""
        return any(self.old[name] != self.new[name] for name in TIMED)

    @property
    def moves_place(self) -> bool:
        """Whether one has to go somewhere else."""
        return (self.old_venue, self.old_address) != (self.new_venue, self.new_address)

    @property
    def moves_way(self) -> bool:
        """Whether one takes part in another way."""
        return bool(self.old_attendance != self.new_attendance)

    @property
    def moves_online(self) -> bool:
        """Whether the online address is another; the address itself is for participants."""
        return bool(self.old_online_url != self.new_online_url)
