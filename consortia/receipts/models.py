from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class SigningKey(models.Model):
    """The public half of a key that receipts were signed with (Ed25519, RFC 8032); a trigger keeps it for good."""

    # The first eight bytes of the SHA-256 of the public key, in hexadecimal.
    key = models.CharField(_("key"), max_length=16, primary_key=True)
    # Its 32 bytes in base64.
    public = models.CharField(_("public key"), max_length=44)
    since = models.DateTimeField(_("in use since"), db_default=Now())

    class Meta:
        verbose_name = _("key of receipts")
        verbose_name_plural = _("keys of receipts")
        ordering = ["-since"]
        default_permissions = ()

    def __str__(self) -> str:
        return self.key


class Receipt(models.Model):
    """That something was taken in, at which time, in which words: signed, and kept by a trigger as it is."""

    class Kind(models.TextChoices):
        DECLARATION = "declaration", _("declaration of a partnership")
        PROPOSAL = "proposal", _("submission of a proposal")

    # As people read it out; see `numbers`.
    number = models.CharField(_("number"), max_length=20, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    # The canonical JSON (RFC 8785): its bytes in UTF-8 are what is hashed and signed.
    payload = models.TextField(_("what it attests"))
    # SHA-256 of these bytes, in hexadecimal.
    digest = models.CharField(_("SHA-256"), max_length=64)
    # Ed25519 over the same bytes, in base64.
    signature = models.CharField(_("signature"), max_length=88)
    key = models.ForeignKey(
        SigningKey, verbose_name=_("key"), on_delete=models.PROTECT, related_name="receipts", db_column="key"
    )
    # By the database's clock; the same moment stands in the payload.
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("receipt")
        verbose_name_plural = _("receipts")
        ordering = ["-pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return self.number
