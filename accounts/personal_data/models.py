import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class Erasure(models.Model):
    """That somebody was erased, when and by whom; who it was, nobody can read in it.

    `digests` are keyed hashes of the addresses, by which a restored backup forgets them again.
    """

    class How(models.TextChoices):
        PERSON = "person", _("the person, signed in")
        MAILBOX = "mailbox", _("the person, by a mailed link")
        STAFF = "staff", _("staff, on request")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    at = models.DateTimeField(_("at"), db_default=Now())
    how = models.CharField(_("by whom"), max_length=10, choices=How)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("colleague"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    reason = models.CharField(_("how the request came"), max_length=300, blank=True)
    digests = ArrayField(models.CharField(max_length=64), editable=False)
    # By the key of the kind: how many rows went, and how many stay without the person.
    removed = models.JSONField(default=dict, editable=False)
    kept = models.JSONField(default=dict, editable=False)

    class Meta:
        verbose_name = _("erasure")
        verbose_name_plural = _("erasures")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return str(self.uuid)

    @property
    def rows_removed(self) -> int:
        """How many rows went, for the list of staff."""
        return sum(self.removed.values())

    @property
    def rows_kept(self) -> int:
        """How many stay without the person."""
        return sum(self.kept.values())


# A copy that cannot be written is not tried for ever.
TRIES = 5
FOLDER = "private/data-copies"


class DataCopy(models.Model):
    """A copy of everything about a person that they asked for: first a wish, then a file behind a link that ends."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("user"), null=True, on_delete=models.CASCADE, related_name="+"
    )
    email = models.EmailField(_("e-mail address"))
    language = models.CharField(_("language"), max_length=5)
    asked_at = models.DateTimeField(_("asked for at"), db_default=Now())
    attempts = models.PositiveSmallIntegerField(default=0, editable=False)
    ready_at = models.DateTimeField(_("ready at"), null=True, editable=False)
    file = models.FileField(upload_to=FOLDER, blank=True, editable=False)

    class Meta:
        verbose_name = _("copy of your data")
        verbose_name_plural = _("copies of your data")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            # However often somebody presses: one is being made.
            models.UniqueConstraint(
                fields=["email", "user"],
                condition=models.Q(ready_at=None, attempts__lt=TRIES),
                nulls_distinct=False,
                name="data_copy_one_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return str(self.uuid)
