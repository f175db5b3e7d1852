from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from consortia.conflicts.keeping_times import MAILBOXES
from consortia.consortium.models import MOST_REASON, Consortium
from consortia.reviewers.models import Reviewer
from partners.organisations.models import Organisation


class Kind(models.TextChoices):
    """Why somebody is not to judge a consortium; in the order in which the reasons are told.

    What is now and what was lately are two reasons: a chair who lifts the one has not lifted the other.
    """

    MEMBER = "member", _("acts for a partner")
    FORMER = "former", _("acted for a partner lately")
    RIVAL = "rival", _("belongs to a rival consortium")
    FORMER_RIVAL = "former_rival", _("belonged to a rival consortium lately")
    DRAFT = "draft", _("belongs to a draft that can still be declared")
    FORMER_DRAFT = "former_draft", _("belonged lately to a draft that can still be declared")
    DOMAIN = "domain", _("mailbox at the same domain")
    FORMER_DOMAIN = "left_domain", _("had a mailbox at the same domain lately")
    INTRODUCTION = "introduction", _("accepted introduction")
    DECLARED = "declared", _("declared by the reviewer")


class Statement(models.Model):
    """What a reviewer said before reading: no other conflict than those computed, or which.

    That there is none counts for the version of the consortium that it was said of.
    """

    reviewer = models.ForeignKey(
        Reviewer, verbose_name=_("reviewer"), on_delete=models.CASCADE, related_name="statements"
    )
    consortium = models.ForeignKey(
        Consortium, verbose_name=_("consortium"), on_delete=models.CASCADE, related_name="statements"
    )
    has_conflict = models.BooleanField(_("has a conflict"))
    reason = models.TextField(_("reason"), blank=True, default="", max_length=MOST_REASON)
    version = models.PositiveIntegerField(_("version"))
    at = models.DateTimeField(_("at"), db_default=Now())

    class Meta:
        verbose_name = _("statement about conflicts")
        verbose_name_plural = _("statements about conflicts")
        ordering = ["pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["reviewer", "consortium", "version"],
                condition=Q(has_conflict=False),
                name="no_conflict_stated_once_per_version",
            ),
            models.CheckConstraint(
                condition=Q(has_conflict=False) | ~Q(reason=""), name="conflict_stated_with_its_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reviewer_id} {self.consortium_id}: {self.reason or '-'}"


class Lifting(models.Model):
    """A chair lets a reviewer read in spite of one conflict: of this kind, with this partner; altered by nobody."""

    reviewer = models.ForeignKey(Reviewer, verbose_name=_("reviewer"), on_delete=models.CASCADE, related_name="+")
    consortium = models.ForeignKey(Consortium, verbose_name=_("consortium"), on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    # As it was called then: a record does not follow a profile.
    organisation_name = models.CharField(_("organisation"), max_length=160, blank=True, default="")
    statement = models.ForeignKey(
        Statement, verbose_name=_("statement"), null=True, on_delete=models.CASCADE, related_name="+"
    )
    reason = models.TextField(_("reason"), max_length=MOST_REASON)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(_("at"), db_default=Now())

    # Usage pages of the admin would tell which organisation is in a draft that does not show itself.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("lifted conflict")
        verbose_name_plural = _("lifted conflicts")
        ordering = ["-pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="conflict_lifted_with_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.reviewer_id} {self.consortium_id}: {self.kind}"


class FormerMailboxQuerySet(models.QuerySet["FormerMailbox"]):
    def lately(self) -> Self:
        """Those that went no longer ago than they count."""
        return self.filter(until__gte=Now() - MAILBOXES.span)


class FormerMailbox(models.Model):
    """A person had a mailbox at this domain until then; written by `former_mailboxes`, which keeps no address."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("person"), on_delete=models.CASCADE, related_name="former_mailboxes"
    )
    domain = models.CharField(_("domain"), max_length=253)
    until = models.DateTimeField(_("until"), db_default=Now())

    # For computing conflicts alone: usage pages of the admin would tell it, too.
    wagtail_reference_index_ignore = True

    objects = FormerMailboxQuerySet.as_manager()

    class Meta:
        verbose_name = _("former mailbox")
        verbose_name_plural = _("former mailboxes")
        ordering = ["-until", "-pk"]
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["user", "domain"], name="former_mailbox_once_per_domain")]

    def __str__(self) -> str:
        return f"{self.user_id} @ {self.domain}"
