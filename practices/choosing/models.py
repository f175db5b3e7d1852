from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from practices.practice.models.practice import Practice


class ShortlistEntry(models.Model):
    """A practice that somebody with an account put on their shortlist; visitors have theirs in the session."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="shortlist")
    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="shortlist_entries")
    added_at = models.DateTimeField(_("kept at"), db_default=Now())

    class Meta:
        verbose_name = _("practice on a shortlist")
        verbose_name_plural = _("practices on shortlists")
        ordering = ["-added_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["user", "practice"], name="shortlist_entry_once")]

    def __str__(self) -> str:
        return f"{self.user_id} → {self.practice_id}"
