"""What readers keep of the library: single practices, and searches that they want to hear of."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from practices.models.practice import Practice

# Far below what an index of PostgreSQL holds; nobody chooses more.
LONGEST_QUERY = 1_000


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


class SavedSearch(models.Model):
    """A search of the library that somebody asked to follow, once however many follow it.

    Its key is no running number: nobody reads what others searched for by counting.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    query = models.CharField(_("search"), max_length=LONGEST_QUERY, unique=True)
    asked_at = models.DateTimeField(_("last asked for"), db_default=Now())
    told_until = models.DateTimeField(
        _("told until"),
        db_default=Now(),
        help_text=_("Followers have heard of what was published up to this moment."),
    )

    class Meta:
        verbose_name = _("followed search")
        verbose_name_plural = _("followed searches")
        ordering = ["told_until", "pk"]

    def __str__(self) -> str:
        return self.query

    @property
    def topic(self) -> str:
        """Under which it is followed."""
        return f"search:{self.pk}"
