import uuid
from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower, Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.users.models import User
from partners.members.keeping_times import FORMER
from partners.organisations.models import Membership, Organisation

# How long the link in the mail works.
LASTS = timedelta(days=14)


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def waiting(self) -> Self:
        """Those that nobody answered or took back; the link of an old one no longer works."""
        return self.filter(status="waiting")

    def to(self, email: str) -> Self:
        """Those for one address."""
        return self.filter(email=User.normalise_email(email))


class Invitation(models.Model):
    """Somebody is asked by mail to act for an organisation; who proves to hold the address may accept.

    Sent again it is the same row under a new name, so that links of earlier mails stop working.
    """

    class Status(models.TextChoices):
        WAITING = "waiting", _("waiting for an answer")
        ACCEPTED = "accepted", _("accepted")
        WITHDRAWN = "withdrawn", _("withdrawn")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.CASCADE, related_name="invitations"
    )
    email = models.EmailField(_("e-mail address"))
    role = models.CharField(_("role"), max_length=10, choices=Membership.Role, default=Membership.Role.EDITOR)
    language = models.CharField(_("language"), max_length=5)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("invited by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.WAITING)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("accepted by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    sent_at = models.DateTimeField(_("sent at"), db_default=Now())

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-sent_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="invitation_email_in_lower_case"),
            models.UniqueConstraint(
                fields=["organisation", "email"],
                condition=models.Q(status="waiting"),
                name="invitation_waits_once_per_organisation_and_address",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email} → {self.organisation}"

    @property
    def ends_at(self) -> datetime:
        """Until when the link in the mail works."""
        return self.sent_at + LASTS

    @property
    def is_late(self) -> bool:
        """Whether it waits for an answer that its link can no longer give."""
        return self.status == self.Status.WAITING and self.ends_at <= timezone.now()


class FormerMembershipQuerySet(models.QuerySet["FormerMembership"]):
    def lately(self) -> Self:
        """Those that ended no longer ago than they count."""
        return self.filter(ended_at__gte=Now() - FORMER.span)


class FormerMembership(models.Model):
    """A person acted for an organisation until they left or were removed; written by `former.remember`."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("person"), on_delete=models.CASCADE, related_name="former_memberships"
    )
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.CASCADE, related_name="former_memberships"
    )
    began_at = models.DateTimeField(_("since"))
    ended_at = models.DateTimeField(_("until"), db_default=Now())

    objects = FormerMembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("former membership")
        verbose_name_plural = _("former memberships")
        ordering = ["-ended_at", "-pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.user_id} @ {self.organisation_id}"
