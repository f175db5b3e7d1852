from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from consortia.receipts.models import Receipt

# On every page and sheet that shows one.
PROVES = _(
    "The time stamp proves that the text of the receipt existed at that time, by the clock of an authority outside "
    "this portal (RFC 3161). It says nothing about who sent it, and whether it is a qualified one under eIDAS depends "
    "on the authority."
)


class ReceiptTimeStamp(models.Model):
    """The SHA-256 of a receipt, stamped by an authority outside; kept by a trigger as it is, as long as the receipt."""

    receipt = models.OneToOneField(
        Receipt, verbose_name=_("receipt"), primary_key=True, on_delete=models.CASCADE, related_name="time_stamp"
    )
    # The TimeStampResp of RFC 3161 as it came: what `openssl ts -verify` reads.
    reply = models.BinaryField(_("answer"))
    # Whom the certificate names that it was signed with.
    authority = models.CharField(_("authority"), max_length=200)
    # By the clock of the authority, to the second at least.
    stamped_at = models.DateTimeField(_("stamped at"))
    at = models.DateTimeField(_("at"), db_default=Now())

    class Meta:
        verbose_name = _("time stamp of a receipt")
        verbose_name_plural = _("time stamps of receipts")
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.receipt_id)

    @property
    def written(self) -> str:
        """The time in UTC, as the authority wrote it."""
        return self.stamped_at.isoformat(timespec="seconds").replace("+00:00", "Z")

    @property
    def proves(self) -> str:
        """What it proves and what not, in the reader's language."""
        return str(PROVES)


class StampingPause(models.Model):
    """When an authority is asked next: after its turn, or later the more often it failed."""

    # The address, without user and password.
    authority = models.CharField(_("authority"), max_length=500, primary_key=True)
    until = models.DateTimeField(_("until"), db_default=Now())
    # In a row.
    failures = models.PositiveIntegerField(_("failures"), default=0)
    reason = models.TextField(_("reason"), blank=True, default="")

    class Meta:
        verbose_name = _("pause of time stamps")
        verbose_name_plural = _("pauses of time stamps")
        default_permissions = ()

    def __str__(self) -> str:
        return self.authority
