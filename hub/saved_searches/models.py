import uuid

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

# Far below what an index of PostgreSQL holds; nobody chooses more.
LONGEST_QUERY = 1_000


class SavedSearch(models.Model):
    """A search of a list that somebody asked to follow, once however many follow it.

    Its key is no running number: nobody reads what others searched for by counting.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    prefix = models.CharField(_("list"), max_length=20, help_text=_("Under which searches of it are followed."))
    query = models.CharField(_("search"), max_length=LONGEST_QUERY)
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
        constraints = [models.UniqueConstraint(fields=["prefix", "query"], name="saved_search_once_per_list")]

    def __str__(self) -> str:
        return self.query

    @property
    def topic(self) -> str:
        """Under which it is followed."""
        return f"{self.prefix}:{self.pk}"
