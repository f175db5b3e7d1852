import uuid
from hashlib import sha256

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower, Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel
from stdnum.be import vat
from wagtail.images import get_image_model_string

from hub.languages.reading_order import in_reading_order
from hub.pages.renaming import EarlierSlug
from hub.search import full_text
from partners.querysets import InterestQuerySet, OrganisationQuerySet


class Organisation(ClusterableModel):
    """The facts of an organisation; its words are `OrganisationText`s, one per language."""

    class Status(models.TextChoices):
        PROPOSED = "proposed", _("proposed, not yet shown")
        LISTED = "listed", _("in the directory")
        HIDDEN = "hidden", _("hidden")

    slug = models.SlugField(_("slug"), max_length=80, unique=True)
    name = models.CharField(_("name"), max_length=160)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.PROPOSED)
    original_language = models.CharField(_("original language"), max_length=5, default="nl")
    sector = models.ForeignKey(
        "hub.Term",
        verbose_name=_("sector"),
        on_delete=models.PROTECT,
        related_name="+",
        limit_choices_to={"vocabulary": "sector"},
    )
    country = models.ForeignKey(
        "hub.Term",
        verbose_name=_("country"),
        on_delete=models.PROTECT,
        related_name="+",
        limit_choices_to={"vocabulary": "country"},
    )
    region = models.ForeignKey(
        "hub.Term",
        verbose_name=_("region"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        limit_choices_to={"vocabulary": "region"},
    )
    terms = ParentalManyToManyField(
        "hub.Term",
        verbose_name=_("expertise"),
        blank=True,
        related_name="organisations",
        limit_choices_to={"vocabulary__in": ["track", "theme"]},
    )
    networks = models.JSONField(_("networks"), default=list, blank=True, help_text=_('For example ["insisst"].'))
    website = models.URLField(_("website"), blank=True)
    email = models.EmailField(_("mailbox"), blank=True, help_text=_("Not shown; messages are passed on."))
    logo = models.ForeignKey(
        get_image_model_string(),
        verbose_name=_("logo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    enterprise_number = models.CharField(
        _("enterprise number (KBO/BCE)"),
        max_length=10,
        blank=True,
        help_text=_("Ten digits."),
    )
    vcode = models.CharField(_("vCode (Verenigingsregister)"), max_length=10, blank=True)
    pic = models.CharField(_("EU PIC"), max_length=9, blank=True, help_text=_("Nine digits."))
    created_at = models.DateTimeField(_("created at"), db_default=Now())
    updated_at = models.DateTimeField(_("changed at"), auto_now=True)
    plain_name = full_text.plain_column("name")

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = [Lower("name"), "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(pic="") | models.Q(pic__regex=r"^\d{9}$"),
                name="organisation_pic_has_nine_digits",
            ),
            models.CheckConstraint(
                condition=models.Q(enterprise_number="") | models.Q(enterprise_number__regex=r"^[01]\d{9}$"),
                name="organisation_enterprise_number_has_ten_digits",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        if self.enterprise_number:
            digits = vat.compact(self.enterprise_number)
            # KBO/BCE numbers carry the Belgian VAT check: modulo 97 over the first eight digits.
            if not vat.is_valid(digits):
                raise ValidationError({"enterprise_number": _("This is not a valid enterprise number.")})
            self.enterprise_number = digits
        if self.pic and not (self.pic.isdecimal() and len(self.pic) == 9):
            raise ValidationError({"pic": _("A PIC has nine digits.")})

    def get_absolute_url(self) -> str:
        return reverse("partners:organisation", args=[self.slug])

    def text_in(self, language: str) -> "OrganisationText | None":
        """The words that serve a reader of this language best, if there are any; prefetch `texts` for lists."""
        return next(iter(in_reading_order(self.texts.all(), language, self.original_language)), None)

    @property
    def network_names(self) -> list[str]:
        """How the networks are written on pages."""
        return [str(name).upper() for name in self.networks]


class EarlierOrganisationSlug(EarlierSlug):
    """Under which addresses an organisation was listed before."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="earlier_slugs")

    class Meta:
        verbose_name = "earlier slug"
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["slug", "organisation"], name="organisation_earlier_slug_once"),
        ]


class OrganisationText(models.Model):
    """The words of an organisation in one language."""

    organisation = ParentalKey(Organisation, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(_("language"), max_length=5)
    summary = models.CharField(_("summary"), max_length=280)
    body = models.TextField(_("description"), blank=True)
    search_vector = full_text.row_vector(summary="B", body="C")

    class Meta:
        verbose_name = _("text")
        verbose_name_plural = _("texts")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "language"],
                name="organisation_text_once_per_language",
            )
        ]
        indexes = [GinIndex(fields=["search_vector"], name="organisation_text_search")]

    def __str__(self) -> str:
        return f"{self.organisation_id} ({self.language})"


class Membership(models.Model):
    """A person acts for an organisation."""

    class Role(models.TextChoices):
        OWNER = "owner", _("owner")
        MEMBER = "member", _("member")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        on_delete=models.CASCADE,
        related_name="memberships",
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        on_delete=models.CASCADE,
        related_name="memberships",
    )
    role = models.CharField(_("role"), max_length=10, choices=Role, default=Role.MEMBER)
    created_at = models.DateTimeField(_("since"), db_default=Now())

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organisation"],
                name="membership_once_per_person_and_organisation",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} @ {self.organisation}"


class Interest(models.Model):
    """An organisation says that it wants to take part in a call, and in which action tracks."""

    class Status(models.TextChoices):
        PENDING = "pending", _("waiting for confirmation")
        CONFIRMED = "confirmed", _("confirmed")
        WITHDRAWN = "withdrawn", _("withdrawn")

    class Role(models.TextChoices):
        LEAD = "lead", _("lead a partnership")
        PARTNER = "partner", _("join as a partner")
        EITHER = "either", _("either of the two")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    call = models.ForeignKey(
        "hub.Call",
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
        related_name="+",
        limit_choices_to={"vocabulary": "track"},
    )
    motivation = models.TextField(_("what you bring and what you look for"), blank=True, max_length=2000)
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
                Lower("organisation_name"),
                name="interest_once_per_call_address_organisation",
            ),
            models.CheckConstraint(
                condition=~models.Q(status="confirmed") | models.Q(confirmed_at__isnull=False),
                name="interest_confirmed_has_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_name} → {self.call}"

    @property
    def proposed_digest(self) -> str:
        """Stands for the very answers that wait for confirmation."""
        return sha256(repr(sorted((self.proposed or {}).items())).encode()).hexdigest()[:32]

    @property
    def track_names(self) -> str:
        """The chosen action tracks in one line; prefetch `tracks` for lists."""
        return ", ".join(str(track) for track in self.tracks.all())
