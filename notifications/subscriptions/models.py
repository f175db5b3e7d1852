import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower, Now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.users import addresses
from accounts.users.models import User


class SubscriptionQuerySet(models.QuerySet["Subscription"]):
    def active(self) -> Self:
        """Confirmed and not stopped: the only ones that get mail."""
        return self.filter(status="active")

    def to(self, topic: str) -> Self:
        return self.filter(topic=topic)

    def of(self, email: str) -> Self:
        """Everything one address asked for."""
        return self.alias(address=Lower("email")).filter(address=email.strip().lower())

    def of_person(self, user: User) -> Self:
        """Everything that the addresses which somebody proved asked for."""
        proved = [email.lower() for email in addresses.proved_by(user)]
        return self.alias(address=Lower("email")).filter(address__in=proved)


class Subscription(models.Model):
    """One address that asked to hear about one topic, with the proof of its consent.

    A topic is a short key such as `call:12` or `news`; the app that owns it tells by `topics.register` how to name it.
    Nothing but the confirmation leaves before `confirmed_at` is set.
    """

    class Status(models.TextChoices):
        PENDING = "pending", _("waiting for confirmation")
        ACTIVE = "active", _("active")
        STOPPED = "stopped", _("stopped")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(_("e-mail address"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("user"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="subscriptions",
    )
    topic = models.CharField(_("topic"), max_length=100)
    language = models.CharField(_("language"), max_length=5)
    offsets = models.JSONField(
        _("offsets"),
        default=list,
        blank=True,
        help_text=_("Hours before a deadline at which a reminder goes out."),
    )
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.PENDING)
    consent_wording = models.TextField(_("wording agreed to"))
    created_at = models.DateTimeField(pgettext_lazy("a subscription", "asked at"), db_default=Now())
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)
    stopped_at = models.DateTimeField(_("stopped at"), null=True, blank=True)

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("subscription")
        verbose_name_plural = _("subscriptions")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(Lower("email"), "topic", name="subscription_once_per_address_and_topic"),
            models.CheckConstraint(
                condition=~models.Q(status="active") | models.Q(confirmed_at__isnull=False),
                name="subscription_active_only_when_confirmed",
            ),
        ]
        indexes = [models.Index(fields=["topic", "status"], name="subscription_topic_status")]

    def __str__(self) -> str:
        return f"{self.email} → {self.topic}"
