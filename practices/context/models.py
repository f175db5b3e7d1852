from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

_LONGEST_CODE = 40


def _code(name: Any) -> "models.CharField[str, str]":
    return models.CharField(name, max_length=_LONGEST_CODE, blank=True, default="")


def _codes(name: Any) -> "ArrayField[list[str], list[str]]":
    return ArrayField(models.CharField(max_length=_LONGEST_CODE), verbose_name=name, blank=True, default=list)


class KeptSituation(models.Model):
    """What somebody with an account said of where they work; visitors have theirs in the session."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="situation"
    )
    country = _code(_("country"))
    region = _code(_("region"))
    reach = _code(_("reach"))
    targets = _codes(_("target groups"))
    sectors = _codes(_("sectors"))
    budget = models.PositiveIntegerField(_("budget per year"), null=True, blank=True)
    months = models.PositiveSmallIntegerField(_("months"), null=True, blank=True)
    changed_at = models.DateTimeField(_("changed at"), db_default=Now())

    class Meta:
        verbose_name = _("situation of a reader")
        verbose_name_plural = _("situations of readers")
        default_permissions = ()
        constraints = [
            # Who says nothing has no row.
            models.CheckConstraint(
                condition=~models.Q(country="", region="", reach="", targets=[], sectors=[])
                | models.Q(budget__isnull=False)
                | models.Q(months__isnull=False),
                name="kept_situation_says_something",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}"
