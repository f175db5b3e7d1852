import uuid

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower, Now
from django.utils.translation import gettext_lazy as _

from notifications import kinds
from notifications.querysets import MessageQuerySet, SubscriptionQuerySet


class Subscription(models.Model):
    """One address that asked to hear about one topic, with the proof of its consent.

    A topic is a short key such as `call:12` or `news`; the app that owns it registers in `notifications.topics`
    how to name it. Nothing but the confirmation leaves before `confirmed_at` is set.
    """

    class Status(models.TextChoices):
        PENDING = "pending", _("waiting for confirmation")
        ACTIVE = "active", _("active")
        STOPPED = "stopped", _("stopped")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(_("e-mail address"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("user"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="subscriptions",
    )
    topic = models.CharField(_("topic"), max_length=100)
    language = models.CharField(_("language"), max_length=5)
    offsets = models.JSONField(
        _("offsets"),
        default=list,
        blank=True,
        help_text=_("Hours before a deadline at which a reminder goes out."),
    )
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.PENDING)
    consent_wording = models.TextField(_("wording agreed to"))
    created_at = models.DateTimeField(_("asked at"), db_default=Now())
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)
    stopped_at = models.DateTimeField(_("stopped at"), null=True, blank=True)

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("subscription")
        verbose_name_plural = _("subscriptions")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(Lower("email"), "topic", name="subscription_once_per_address_and_topic"),
            models.CheckConstraint(
                condition=~models.Q(status="active") | models.Q(confirmed_at__isnull=False),
                name="subscription_active_only_when_confirmed",
            ),
        ]
        indexes = [models.Index(fields=["topic", "status"], name="subscription_topic_status")]

    def __str__(self) -> str:
        return f"{self.email} → {self.topic}"


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


class Pause(models.Model):
    """Mail stands still because a server refuses us or is away: all of it, or what goes to one domain.

    All workers heed it. After `until` one mail is tried; what becomes of it ends the pause or makes it longer.
    """

    class Fault(models.TextChoices):
        REFUSED = "refused", _("the mail server refuses our mail")
        AWAY = "away", _("the mail server does not answer")

    domain = models.CharField(_("domain"), max_length=254, blank=True, unique=True, help_text=_("Empty: all mail."))
    fault = models.CharField(_("fault"), max_length=10, choices=Fault, default=Fault.REFUSED)
    reason = models.TextField(_("what the mail server said"))
    since = models.DateTimeField(_("since"), db_default=Now())
    until = models.DateTimeField(_("tried again at"))
    refusals = models.PositiveIntegerField(_("refusals in a row"), default=1)
    refused_at = models.DateTimeField(_("last refused"), db_default=Now())
    asked_for = models.CharField(
        _("domain of the mail refused last"), max_length=254, blank=True, help_text=_("Another is tried first.")
    )

    class Meta:
        verbose_name = _("pause of the mail")
        verbose_name_plural = _("pauses of the mail")
        ordering = ["domain"]

    def __str__(self) -> str:
        return self.domain or "*"
