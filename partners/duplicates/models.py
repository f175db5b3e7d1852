from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest, Least, Now
from django.utils.translation import gettext_lazy as _

_ORGANISATION = "partners.Organisation"


class LikelyPairQuerySet(models.QuerySet["LikelyPair"]):
    def undecided(self) -> Self:
        """Those about which staff have to decide."""
        return self.filter(two_at=None)


class LikelyPair(models.Model):
    """Two profiles that may be one organisation, or of which staff said that they are two."""

    first = models.ForeignKey(_ORGANISATION, on_delete=models.CASCADE, related_name="+", verbose_name=_("organisation"))
    second = models.ForeignKey(
        _ORGANISATION, on_delete=models.CASCADE, related_name="+", verbose_name=_("other organisation")
    )
    same_domain = models.BooleanField(_("same website"), default=False)
    likeness = models.FloatField(_("how much the names resemble each other"), default=0)
    found_at = models.DateTimeField(_("found at"), db_default=Now())
    two_at = models.DateTimeField(_("marked as different at"), null=True, blank=True)
    two_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("marked as different by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    objects = LikelyPairQuerySet.as_manager()

    class Meta:
        verbose_name = _("likely duplicate")
        verbose_name_plural = _("likely duplicates")
        ordering = ["-same_domain", "-likeness", "pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=~Q(first=F("second")), name="likely_pair_of_two"),
            models.UniqueConstraint(Least("first", "second"), Greatest("first", "second"), name="likely_pair_once"),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} / {self.second_id}"


class ComparedName(models.Model):
    """The name of a profile, in plain words, as it was when it was last compared with all others."""

    organisation = models.OneToOneField(
        _ORGANISATION,
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="compared",
        verbose_name=_("organisation"),
    )
    plain_name = models.TextField(_("compared name"))

    class Meta:
        verbose_name = _("compared name")
        verbose_name_plural = _("compared names")
        default_permissions = ()

    def __str__(self) -> str:
        return self.plain_name
