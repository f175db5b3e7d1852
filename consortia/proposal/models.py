from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from consortia.asked_parts.models import AskedPart
from consortia.consortium.models import Consortium
from consortia.declaration.models import Declaration
from consortia.files.models import FileVersion
from consortia.filling.models import TextVersion
from consortia.receipts.models import Receipt


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def counting(self) -> Self:
        """The last one of each consortium, while the declaration stands under which it was submitted."""
        later = Proposal.objects.filter(consortium=OuterRef("consortium"), number__gt=OuterRef("number"))
        return self.filter(~Exists(later), declaration__ended_at=None)


class Proposal(models.Model):
    """A consortium submitted its proposal, with a receipt; see `counting`. A trigger keeps all as they are."""

    consortium = models.ForeignKey(
        Consortium, verbose_name=_("consortium"), on_delete=models.CASCADE, related_name="proposals"
    )
    receipt = models.OneToOneField(
        Receipt, verbose_name=_("receipt"), on_delete=models.PROTECT, related_name="proposal"
    )
    # The one that stood then: a proposal counts for that partnership alone, whatever is declared afterwards.
    declaration = models.ForeignKey(
        Declaration, verbose_name=_("declaration"), on_delete=models.CASCADE, related_name="proposals"
    )
    # How often it was submitted by then.
    number = models.PositiveIntegerField(_("number"))
    # Which version of each part; see `consortia.filling.contents.selection`.
    selection = models.TextField(_("versions"))
    # When the request arrived, by the database's clock: the time of the receipt.
    submitted_at = models.DateTimeField(_("submitted at"))

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("submitted", "proposal")
        verbose_name_plural = pgettext_lazy("submitted", "proposals")
        ordering = ["-number"]
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["consortium", "number"], name="proposal_once_per_number")]

    def __str__(self) -> str:
        return f"{self.consortium_id} ({self.number})"

    @property
    def is_over(self) -> bool:
        """Whether the declaration ended under which it was submitted; select it with the row."""
        return self.declaration.ended_at is not None


class SubmittedPart(models.Model):
    """What a submitted proposal has in one part: a version that stays, whatever is written afterwards."""

    proposal = models.ForeignKey(
        Proposal, verbose_name=pgettext_lazy("submitted", "proposal"), on_delete=models.CASCADE, related_name="parts"
    )
    part = models.ForeignKey(AskedPart, verbose_name=_("part"), on_delete=models.RESTRICT, related_name="+")
    position = models.PositiveSmallIntegerField(_("position"))
    text = models.ForeignKey(
        TextVersion, verbose_name=_("text"), null=True, on_delete=models.RESTRICT, related_name="submitted"
    )
    file = models.ForeignKey(
        FileVersion, verbose_name=_("file"), null=True, on_delete=models.RESTRICT, related_name="submitted"
    )

    class Meta:
        verbose_name = _("submitted part")
        verbose_name_plural = _("submitted parts")
        ordering = ["position"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["proposal", "part"], name="submitted_part_once"),
            models.CheckConstraint(
                condition=Q(text=None, file__isnull=False) | Q(text__isnull=False, file=None),
                name="submitted_part_is_text_or_file",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id}: {self.part_id}"
