from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from consortia.consortium.models import Consortium
from consortia.receipts.models import Receipt


class DeclarationQuerySet(models.QuerySet["Declaration"]):
    def standing(self) -> Self:
        """Those that count: neither withdrawn nor void."""
        return self.filter(ended_at=None)


class Declaration(models.Model):
    """A consortium declared its partnership, with a receipt; at most one of each consortium stands."""

    class Why(models.TextChoices):
        WITHDRAWN = "withdrawn", pgettext_lazy("a declaration", "withdrawn")
        VOID = "void", pgettext_lazy("a declaration", "void")

    consortium = models.ForeignKey(
        Consortium, verbose_name=_("consortium"), on_delete=models.CASCADE, related_name="declarations"
    )
    receipt = models.OneToOneField(
        Receipt, verbose_name=_("receipt"), on_delete=models.PROTECT, related_name="declaration"
    )
    # When the request arrived, by the database's clock: the time of the receipt.
    declared_at = models.DateTimeField(_("declared at"))
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    why = models.CharField(_("why it ended"), max_length=10, choices=Why, blank=True, default="")

    objects = DeclarationQuerySet.as_manager()

    class Meta:
        verbose_name = _("declaration")
        verbose_name_plural = _("declarations")
        ordering = ["-pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["consortium"], condition=Q(ended_at=None), name="declaration_stands_once_per_consortium"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, why="") | Q(ended_at__isnull=False, why__in=["withdrawn", "void"]),
                name="declaration_ends_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.consortium_id} ({self.receipt_id})"
