from typing import Any

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from calls.chain.models import Call

MOST = 50


def _number(label: Any) -> "models.PositiveSmallIntegerField[int, int]":
    return models.PositiveSmallIntegerField(label, default=0, db_default=0, validators=[MaxValueValidator(MOST)])


class CallRules(models.Model):
    """How many of what a consortium needs in a call; 0 where the call asks for none. Only the directory's count.

    Without a row a call asks for nothing, an organisation may be in several declarations, and all may submit.
    """

    call = models.OneToOneField(
        Call, verbose_name=_("call"), on_delete=models.CASCADE, related_name="consortium_rules", primary_key=True
    )
    organisations = _number(_("organisations, the lead included"))
    countries = _number(_("different countries"))
    sectors = _number(_("different sectors"))
    tracks = _number(_("different action tracks"))
    several = models.BooleanField(_("an organisation may be in several declarations"), default=True, db_default=True)
    letters = _number(_("organisations with a letter of endorsement"))
    letter_of_each = models.BooleanField(
        _("a letter of endorsement of each organisation"), default=False, db_default=False
    )
    # With conditions or without, once that is released; what was submitted before still counts.
    recommended_only = models.BooleanField(
        _("only recommended consortia may submit a proposal"), default=False, db_default=False
    )

    class Meta:
        verbose_name = _("rules for consortia")
        verbose_name_plural = _("rules for consortia")
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.call)
