"""The rows of an event that staff edit together with its facts."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nCharField
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable

# The event is named, not imported: its page, which shows these rows, stands in the room below.
_EVENT = "events.Event"


class LinkedOrganisation(models.Model):
    """An organisation that an event belongs to."""

    event = ParentalKey(_EVENT, on_delete=models.CASCADE, related_name="linked_organisations")
    organisation = models.ForeignKey(
        "partners.Organisation", verbose_name=_("organisation"), on_delete=models.CASCADE, related_name="+"
    )

    class Meta:
        verbose_name = _("organisation of an event")
        verbose_name_plural = _("organisations of events")
        constraints = [models.UniqueConstraint(fields=["event", "organisation"], name="event_organisation_once")]

    def __str__(self) -> str:
        return str(self.organisation)


class LinkedPractice(models.Model):
    """A practice that an event is about. By name: `practices` and `events` do not know each other."""

    event = ParentalKey(_EVENT, on_delete=models.CASCADE, related_name="linked_practices")
    practice = models.ForeignKey(
        "practices.Practice", verbose_name=_("practice"), on_delete=models.CASCADE, related_name="+"
    )

    class Meta:
        verbose_name = _("practice of an event")
        verbose_name_plural = _("practices of events")
        constraints = [models.UniqueConstraint(fields=["event", "practice"], name="event_practice_once")]

    def __str__(self) -> str:
        return str(self.practice)


class Speaker(Orderable):
    """Somebody who speaks at an event."""

    event = ParentalKey(_EVENT, on_delete=models.CASCADE, related_name="speakers")
    name = models.CharField(_("name"), max_length=120)
    role = I18nCharField(_("role"), blank=True, default="", help_text=_("For example researcher, mayor, moderator."))
    organisation_name = models.CharField(_("organisation"), max_length=160, blank=True)
    photo = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("photo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    photo_licence = models.CharField(
        _("licence of the photo"),
        max_length=160,
        blank=True,
        help_text=_("Who made it and how it may be used, for example “A. Photographer, CC BY 4.0”. Stands below it."),
    )

    class Meta(Orderable.Meta):
        verbose_name = _("speaker")
        verbose_name_plural = _("speakers")

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        if self.photo_id and not self.photo_licence.strip():
            raise ValidationError({"photo_licence": _("Say who made the photo and how it may be used.")})


class ProgrammeItem(ClusterableModel):
    """Something that happens during an event. Times are shown in Brussels time."""

    event = ParentalKey(_EVENT, on_delete=models.CASCADE, related_name="programme")
    title = I18nCharField(_("title"))
    starts_at = models.DateTimeField(_("starts at"), help_text=_("Brussels time."))
    ends_at = models.DateTimeField(_("ends at"), help_text=_("Brussels time."))
    room = models.CharField(_("room or track"), max_length=80, blank=True, help_text=_("Tells parallel items apart."))
    speakers = ParentalManyToManyField(Speaker, verbose_name=_("speakers"), blank=True, related_name="items")

    class Meta:
        verbose_name = _("item of the programme")
        verbose_name_plural = _("items of the programme")
        ordering = ["starts_at", "room", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="programme_item_ends_after_it_starts"
            )
        ]

    def __str__(self) -> str:
        return str(self.title)

    def clean(self) -> None:
        super().clean()
        if self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            raise ValidationError({"ends_at": _("An item of the programme ends after it starts.")})

    def is_within(self, starts_at: datetime, ends_at: datetime) -> bool:
        """Whether it happens in this time."""
        return starts_at <= self.starts_at and self.ends_at <= ends_at
