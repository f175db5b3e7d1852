import uuid
from collections.abc import Iterable
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Func, Value
from django.db.models.functions import Lower, Now
from django.utils.translation import gettext_lazy as _

from notifications.outbox import kinds
from notifications.subscriptions.models import Subscription


class MessageQuerySet(models.QuerySet["Message"]):
    def waiting(self) -> Self:
        """Not yet delivered and not given up."""
        return self.filter(status__in=["queued", "sending"])

    def to_domain(self, domain: str) -> Self:
        """What goes to addresses of this domain, given in small letters."""
        return self.by_domain().filter(domain=domain)

    def not_to(self, domains: Iterable[str]) -> Self:
        """What goes elsewhere than to these domains."""
        return self.by_domain().exclude(domain__in=list(domains))

    def by_domain(self) -> Self:
        """With the `domain` of its address, in small letters."""
        return self.alias(domain=_domain())


def _domain() -> Lower:
    """What stands behind the last @ of the address, in small letters."""
    behind = Func(F("to_email"), Value("@"), Value(-1), function="split_part", output_field=models.CharField())
    return Lower(behind)


class Message(models.Model):
    """A mail that must leave, written in the transaction of the fact that causes it.

    It is rendered when it is sent, so that "12 days left" is true on arrival. `kind` names the templates
    (`emails/<kind>.subject.txt`, `.txt`, `.html`), `context` holds plain data for them, `about` names the fact it
    speaks of so that stale mail can be withdrawn in one statement.
    """

    class Status(models.TextChoices):
        QUEUED = "queued", _("queued")
        SENDING = "sending", _("being sent")
        SENT = "sent", _("sent")
        FAILED = "failed", _("failed")
        WITHDRAWN = "withdrawn", _("withdrawn")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=60)
    to_email = models.EmailField(_("to"))
    language = models.CharField(_("language"), max_length=5)
    context = models.JSONField(_("content"), default=dict)
    attachments = models.JSONField(_("attachments"), default=list, blank=True)
    subscription = models.ForeignKey(
        Subscription,
        verbose_name=_("subscription"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="messages",
    )
    about = models.CharField(_("about"), max_length=100, blank=True)
    dedupe_key = models.CharField(_("key"), max_length=200, unique=True)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.QUEUED)
    created_at = models.DateTimeField(_("created at"), db_default=Now())
    due_at = models.DateTimeField(_("due at"), db_default=Now())
    expires_at = models.DateTimeField(
        _("useless after"),
        null=True,
        blank=True,
        help_text=_("After this moment the message is withdrawn unsent."),
    )
    leased_until = models.DateTimeField(_("taken until"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    error = models.TextField(_("reason"), blank=True)
    subject = models.CharField(_("subject as sent"), max_length=300, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("outbox")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(status="sent") | models.Q(sent_at__isnull=False),
                name="message_sent_has_a_time",
            ),
        ]
        indexes = [
            # In the order in which mails leave: a hundred thousand of one moment are not sorted for each batch.
            models.Index(
                fields=["due_at", "id"],
                name="message_waiting",
                condition=models.Q(status__in=["queued", "sending"]),
            ),
            # Also finds a fact's parts by prefix, which a plain index does in the C collation only; with the address,
            # so that "has this follower heard of it" stays cheap when a hundred thousand have.
            models.Index(
                fields=["about", "to_email"], opclasses=["varchar_pattern_ops", "varchar_ops"], name="message_about"
            ),
            models.Index(fields=["status", "-created_at"], name="message_status_created"),
            models.Index(Lower("to_email"), name="message_to"),
        ]

    def __str__(self) -> str:
        return f"{kinds.name_of(self.kind)} → {self.to_email}"

    @property
    def message_id(self) -> str:
        """The Message-ID header: the same however often the row is tried (RFC 5322, 3.6.4)."""
        return f"<{self.uuid}@{settings.SITE_HOST}>"


class Suppression(models.Model):
    """An address that a mail server refused for good: nothing goes there until staff lift it or its owner confirms.

    What somebody at that address asks for this very minute (a sign-in code, a confirmation) is still tried, once a day.
    """

    email = models.EmailField(_("e-mail address"))
    reason = models.TextField(_("what the mail server said"))
    created_at = models.DateTimeField(_("since"), db_default=Now())
    tried_at = models.DateTimeField(_("last tried"), null=True, blank=True)

    class Meta:
        verbose_name = _("refused address")
        verbose_name_plural = _("refused addresses")
        ordering = ["-created_at", "-pk"]
        constraints = [models.UniqueConstraint(Lower("email"), name="suppression_once_per_address")]

    def __str__(self) -> str:
        return self.email


class UninvitedMail(models.Model):
    """One turn in a mailbox that somebody took who is not proved to hold it; counted for an hour, then deleted.

    Mailbox and source are digests under the portal's own secret.
    """

    mailbox = models.CharField(max_length=64, editable=False)
    source = models.CharField(max_length=64, editable=False)
    due_at = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("mail that a stranger caused")
        verbose_name_plural = _("mails that strangers caused")
        indexes = [models.Index(fields=["mailbox", "due_at"], name="uninvited_mailbox_due")]

    def __str__(self) -> str:
        return f"{self.mailbox[:8]} {self.due_at:%Y-%m-%d %H:%M}"
