from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from consortia.consortium.models import MOST_REASON, Consortium, Member


class Version(models.Model):
    """What a consortium's organisations sign for: the text as it was when it changed last."""

    consortium = models.ForeignKey(
        Consortium, verbose_name=_("consortium"), on_delete=models.CASCADE, related_name="versions"
    )
    number = models.PositiveIntegerField(_("version"))
    # As `text.canonical` writes it.
    text = models.JSONField(_("text"))
    digest = models.CharField(_("digest"), max_length=64)
    made_at = models.DateTimeField(_("made at"), db_default=Now())

    class Meta:
        verbose_name = _("version of a consortium")
        verbose_name_plural = _("versions of consortia")
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["consortium", "number"], name="consortium_version_once")]

    def __str__(self) -> str:
        return f"{self.consortium_id} ({self.number})"


class SignOff(models.Model):
    """An owner signed a version for an organisation; it counts as long as that is the last version."""

    member = models.ForeignKey(Member, verbose_name=_("member"), on_delete=models.CASCADE, related_name="sign_offs")
    version = models.ForeignKey(Version, verbose_name=_("version"), on_delete=models.CASCADE, related_name="sign_offs")
    is_confirmed = models.BooleanField(_("confirmed"))
    reason = models.TextField(_("reason"), blank=True, default="", max_length=MOST_REASON)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(_("at"), db_default=Now())

    class Meta:
        verbose_name = pgettext_lazy("of a consortium", "sign-off")
        verbose_name_plural = pgettext_lazy("of a consortium", "sign-offs")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["member", "version"],
                condition=models.Q(is_confirmed=True),
                name="sign_off_once_per_member_and_version",
            )
        ]

    def __str__(self) -> str:
        return f"{self.member_id} ({self.version_id})"
