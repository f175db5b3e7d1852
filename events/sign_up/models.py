import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower, Now
from django.utils.translation import gettext_lazy as _

from events.agenda.models import Event
from events.sign_up import persons


class RegistrationQuerySet(models.QuerySet["Registration"]):
    def confirmed(self) -> Self:
        """Those who have a seat."""
        return self.filter(status="confirmed")

    def concerned(self) -> Self:
        """Those who hear when something about the event changes: everyone but who gave the seat back."""
        return self.exclude(status="cancelled")


class Registration(models.Model):
    """One person's place at an event; name and address together are the person.

    A cancelled row frees its seat and may be taken up again by the same person.
    """

    class Status(models.TextChoices):
        CONFIRMED = "confirmed", _("confirmed")
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
        help_text=_("For example step-free access or sign language. Deleted 30 days after the event."),
    )
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.CONFIRMED)
    consent_wording = models.TextField(_("wording agreed to"))
    sent_as = models.CharField(max_length=64, blank=True, editable=False)  # which form was sent last
    created_at = models.DateTimeField(_("signed up at"), db_default=Now())
    cancelled_at = models.DateTimeField(_("cancelled at"), null=True, blank=True)

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        ordering = ["created_at", "pk"]
        constraints = [
            # Colleagues who share a mailbox are told apart by their names.
            models.UniqueConstraint("event", Lower("email"), "person", name="registration_once_per_event_and_person")
        ]

    def __str__(self) -> str:
        return f"{self.name} → {self.event}"
