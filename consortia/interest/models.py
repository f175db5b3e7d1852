import uuid
from hashlib import sha256
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Lower, Now
from django.utils.translation import gettext_lazy as _

from accounts.users import addresses
from accounts.users.models import User
from calls.chain.models import Call
from hub.search.full_text import Plain, plain
from partners.organisations.models import Organisation


class InterestQuerySet(models.QuerySet["Interest"]):
    def confirmed(self) -> Self:
        """Interests that count."""
        return self.filter(status="confirmed")

    def standing(self) -> Self:
        """Interests that nobody withdrew, confirmed or not."""
        return self.filter(status__in=["pending", "confirmed"])

    def shown(self) -> Self:
        """Those that count and that others may see: by name, never with an address or a person."""
        listed = Q(organisation=None) | Q(organisation__status=Organisation.Status.LISTED)
        return self.confirmed().filter(listed, is_shown=True)

    def of_same(self, call: Call, *, email: str, organisation_name: str) -> Self:
        """The one that an address has for an organisation, however the name is typed: accents, capitals, signs."""
        return self.alias(address=Lower("email"), plain_name=Plain("organisation_name")).filter(
            call=call, address=Lower(Value(email)), plain_name=Plain(Value(organisation_name)), merged_into=None
        )

    def of_person(self, user: User) -> Self:
        """Those of the organisations that they act for, and those of no profile under an address that they proved."""
        own = Q(organisation=None, email__in=addresses.proved_by(user))
        return self.filter(own | Q(organisation__in=user.memberships.values("organisation")))


class Interest(models.Model):
    """An organisation says that it wants to take part in a call, and in which action tracks.

    An address has one for each organisation. Where names that are typed differently once stood for several, what did
    not go on was merged into what did: it stays for staff to read, and links in its mails lead to the other.
    """

    class Status(models.TextChoices):
        PENDING = "pending", _("waiting for confirmation")
        CONFIRMED = "confirmed", _("confirmed")
        WITHDRAWN = "withdrawn", _("withdrawn")
        MERGED = "merged", _("merged with another one")

    class Role(models.TextChoices):
        LEAD = "lead", _("lead a partnership")
        PARTNER = "partner", _("join as a partner")
        ASSOCIATE = "associate", _("join as an associate, without funding")
        EITHER = "either", _("lead or join as a partner")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    call = models.ForeignKey(
        "calls.Call",
        verbose_name=_("call"),
        on_delete=models.CASCADE,
        related_name="interests",
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation in the directory"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="interests",
    )
    organisation_name = models.CharField(_("organisation"), max_length=160)
    sector = models.ForeignKey(
        "hub.Term",
        verbose_name=_("sector"),
        on_delete=models.PROTECT,
        related_name="+",
        limit_choices_to={"vocabulary": "sector"},
    )
    contact_name = models.CharField(_("contact"), max_length=120)
    email = models.EmailField(_("e-mail address"))
    language = models.CharField(_("language"), max_length=5)
    role = models.CharField(_("role"), max_length=10, choices=Role, default=Role.EITHER)
    tracks = models.ManyToManyField(
        "hub.Term",
        verbose_name=_("action tracks"),
        through="Contribution",
        related_name="+",
        limit_choices_to={"vocabulary": "track"},
    )
    offers = models.TextField(_("what it offers"), blank=True, max_length=2000)
    looks_for = models.TextField(_("what it looks for"), blank=True, default="", db_default="", max_length=2000)
    seeks = models.ManyToManyField(
        "hub.Term",
        verbose_name=_("action tracks and sectors that it seeks"),
        blank=True,
        related_name="+",
        limit_choices_to={"vocabulary__in": ["track", "sector"]},
    )
    is_shown = models.BooleanField(_("others may see that it is interested"), default=False, db_default=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("user"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="interests",
    )
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.PENDING)
    consent_wording = models.TextField(_("wording agreed to"))
    proposed = models.JSONField(_("answers that wait for confirmation"), null=True, blank=True, editable=False)
    merged_into = models.ForeignKey(
        "self",
        verbose_name=_("merged with"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.CASCADE,
        related_name="merged",
    )
    created_at = models.DateTimeField(_("registered at"), db_default=Now())
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)

    objects = InterestQuerySet.as_manager()

    class Meta:
        verbose_name = _("interest")
        verbose_name_plural = _("interests")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                "call",
                Lower("email"),
                plain("organisation_name"),
                condition=Q(merged_into=None),
                name="interest_once_per_call_address_and_organisation",
            ),
            # However many of its people send the form.
            models.UniqueConstraint(
                fields=["call", "organisation"],
                condition=Q(status__in=["pending", "confirmed"]),
                name="interest_one_of_an_organisation_stands",
            ),
            models.CheckConstraint(
                condition=~models.Q(status="confirmed") | models.Q(confirmed_at__isnull=False),
                name="interest_confirmed_has_a_time",
            ),
            models.CheckConstraint(
                condition=~models.Q(status="merged") | models.Q(merged_into__isnull=False),
                name="interest_merged_into_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_name} → {self.call}"

    def is_of(self, user: User | None) -> bool:
        """Whether this person acts for its organisation in the directory."""
        return (
            user is not None
            and self.organisation_id is not None
            and user.memberships.filter(organisation=self.organisation_id).exists()
        )

    def may_be_changed_by(self, user: User | None) -> bool:
        """Whether this person, or whoever reads the mail to its address, may give other answers.

        The interest of an organisation stays with it: not with its contact who no longer acts for it.
        """
        if self.organisation_id is None or self.is_of(user):
            return True
        holders = addresses.holders(self.email)
        return not holders or holders.filter(memberships__organisation=self.organisation_id).exists()

    @property
    def proposed_digest(self) -> str:
        """Stands for the very answers that wait for confirmation."""
        return sha256(repr(sorted((self.proposed or {}).items())).encode()).hexdigest()[:32]

    @property
    def track_names(self) -> str:
        """The chosen action tracks in one line; prefetch `contributions__track` for lists."""
        return ", ".join(str(each.track) for each in self.contributions.all())

    @property
    def contribution_lines(self) -> str:
        """The same with how it contributes, one on a line."""
        return "\n".join(str(each) for each in self.contributions.all())

    @property
    def sought(self) -> str:
        """The sectors and action tracks that it seeks, in one line; prefetch `seeks` for lists."""
        return ", ".join(str(term) for term in self.seeks.all())


class Contribution(models.Model):
    """An action track to which an interested organisation contributes, and how, if it says so."""

    interest = models.ForeignKey(
        Interest, verbose_name=_("interest"), on_delete=models.CASCADE, related_name="contributions"
    )
    track = models.ForeignKey(
        "hub.Term",
        verbose_name=_("action track"),
        on_delete=models.CASCADE,
        related_name="+",
        limit_choices_to={"vocabulary": "track"},
    )
    how = models.CharField(_("how"), max_length=300, blank=True, default="", db_default="")

    class Meta:
        verbose_name = _("contribution")
        verbose_name_plural = _("contributions")
        ordering = ["track__position", "pk"]
        constraints = [models.UniqueConstraint(fields=["interest", "track"], name="contribution_once_per_track")]

    def __str__(self) -> str:
        return f"{self.track} – {self.how}" if self.how else str(self.track)
