from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class Pause(models.Model):
    """Mail stands still because a server refuses us or is away: all of it, or what goes to one domain.

    All workers heed it. After `until` one mail is tried; what becomes of it ends the pause or makes it longer.
    """

    class Fault(models.TextChoices):
        REFUSED = "refused", _("the mail server refuses our mail")
        AWAY = "away", _("the mail server does not answer")

    domain = models.CharField(_("domain"), max_length=254, blank=True, unique=True, help_text=_("Empty: all mail."))
    fault = models.CharField(_("fault"), max_length=10, choices=Fault, default=Fault.REFUSED)
    reason = models.TextField(_("what the mail server said"))
    since = models.DateTimeField(_("since"), db_default=Now())
    until = models.DateTimeField(_("tried again at"))
    refusals = models.PositiveIntegerField(_("refusals in a row"), default=1)
    refused_at = models.DateTimeField(_("last refused"), db_default=Now())
    asked_for = models.CharField(
        _("domain of the mail refused last"), max_length=254, blank=True, help_text=_("Another is tried first.")
    )

    class Meta:
        verbose_name = _("pause of the mail")
        verbose_name_plural = _("pauses of the mail")
        ordering = ["domain"]

    def __str__(self) -> str:
        return self.domain or "*"
