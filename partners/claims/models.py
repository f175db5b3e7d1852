from typing import Self

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from partners.organisations.models import Organisation


class ClaimQuerySet(models.QuerySet["Claim"]):
    def waiting(self) -> Self:
        """Those that staff have to decide about."""
        return self.filter(status="waiting")


class Claim(models.Model):
    """Somebody asks to be the owner of a profile: one that is there, or one that they propose with it."""

    class Status(models.TextChoices):
        WAITING = "waiting", _("waiting for the centre")
        ACCEPTED = "accepted", _("accepted")
        REFUSED = "refused", _("refused")
        WITHDRAWN = "withdrawn", _("withdrawn")

    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.CASCADE, related_name="claims"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        on_delete=models.CASCADE,
        related_name="organisation_claims",
    )
    is_new = models.BooleanField(_("proposes a new profile"), default=False)
    position = models.CharField(_("what you do there"), max_length=120)
    message = models.TextField(_("what the centre should know"), blank=True, max_length=2000)
    # None of the addresses that the person proved is at the domain of the website.
    is_from_elsewhere = models.BooleanField(_("mail address at another domain"), default=False)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.WAITING)
    reason = models.TextField(_("reason"), blank=True, max_length=2000)
    created_at = models.DateTimeField(_("sent at"), db_default=Now())
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)

    objects = ClaimQuerySet.as_manager()

    class Meta:
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "user"],
                condition=models.Q(status="waiting"),
                name="claim_waits_once_per_organisation_and_person",
            ),
            models.CheckConstraint(
                condition=models.Q(status="waiting", decided_at=None)
                | (~models.Q(status="waiting") & models.Q(decided_at__isnull=False)),
                name="claim_decided_has_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} → {self.organisation}"

    @property
    def about(self) -> str:
        """What its mails are about."""
        return f"organisation:{self.organisation_id}:claim:{self.pk}"
