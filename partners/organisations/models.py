from typing import Self

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchRank, TrigramWordSimilarity
from django.db import models
from django.db.models import Case, Count, Exists, F, FloatField, Max, OuterRef, Q, Subquery, Value, When
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce, Lower, Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.images import get_image_model_string

from accounts.users.models import User
from hub.languages.reading_order import in_reading_order
from hub.pages.renaming import EarlierSlug
from hub.search import full_text
from partners.organisations import identifiers
from partners.organisations.domains import DOMAIN

# What staff looked at when they verified an organisation: a change to one of these is shown to them.
VERIFIED = ("name", "enterprise_number", "vcode", "pic", "sector")
# A name that resembles the words this much is what was meant, spelled otherwise.
SAME_NAME = 0.5
# A fit in the reader's language comes before any in another; a fit of the name before both.
READERS_LANGUAGE, NAME = 10.0, 100.0


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def public(self) -> Self:
        """Organisations that a visitor may see."""
        return self.filter(status="listed")

    def managed_by(self, user: User) -> Self:
        """Those whose pages a person may manage: nobody else finds them there."""
        if user.has_perm("partners.change_organisation"):
            return self.all()
        return self.filter(memberships__user=user)

    def acted_for_by(self, user: User | None) -> Self:
        """Those in whose name a person may say something to others: not what the centre hides."""
        return self.filter(memberships__user=user).exclude(status="hidden") if user else self.none()

    def with_number(self, name: str, number: str) -> Self:
        """Those that have this number in a register, which is at most one."""
        return self.filter(**{name: number}) if number else self.none()

    def verified(self) -> Self:
        """Those that staff verified, whatever changed since."""
        return self.filter(verified_at__isnull=False)

    def changed_since_verified(self) -> Self:
        """Verified ones of which something that staff looked at is not what it was then."""
        seen = {f"seen_{name}": KT(f"verified_facts__{name}") for name in VERIFIED}
        differs = ~Q(seen_sector=F("sector__code"))
        for name in VERIFIED[:-1]:
            differs |= ~Q(**{f"seen_{name}": F(name)})
        return self.verified().alias(**seen).filter(differs)

    def with_to_do(self) -> Self:
        """Each with what staff have to do: `claims_waiting`, and whether it `is_changed` since it was verified."""
        claims = Count("claims", filter=Q(claims__status="waiting"))
        changed = Exists(Organisation.objects.changed_since_verified().filter(pk=OuterRef("pk")))
        # Grouped rows forget the order of their model.
        return self.annotate(claims_waiting=claims, is_changed=changed).order_by(Lower("name"), "pk")

    def with_facts(self) -> Self:
        """Sector, country, texts and expertise of each, in a fixed number of queries."""
        return self.select_related("sector", "country", "region", "logo").prefetch_related("texts", "terms")

    def matching(self, words: str, language: str, *, also: Q | None = None) -> Self:
        """Those whose name or words fit, each with `fit`: the name first, then the reader's language; `also` last."""
        words = words.replace("\x00", " ").strip()
        (plain,) = full_text.plain_words([words])
        if not plain:
            return self.none()
        in_name = Q(plain_name__contains=" ".join(plain))
        rank = Case(
            *(
                When(language=code, then=SearchRank(F("search_vector"), full_text.query(words, code)))
                for code in full_text.CONFIGURATIONS
            ),
            default=SearchRank(F("search_vector"), full_text.query(words, "")),
            output_field=FloatField(),
        ) + Case(When(language=language, then=Value(READERS_LANGUAGE)), default=Value(0.0))
        of_each = OrganisationText.objects.filter(full_text.fits(words), organisation=OuterRef("pk"))
        texts = of_each.order_by().values("organisation")
        return (
            self.annotate(
                text_fit=Subquery(texts.annotate(best=Max(rank)).values("best")),
                name_fit=TrigramWordSimilarity(" ".join(plain), "plain_name"),
            )
            .filter(Q(text_fit__isnull=False) | in_name | Q(name_fit__gte=SAME_NAME) | (also or Q(pk__in=[])))
            .annotate(
                fit=Coalesce(F("text_fit"), Value(0.0))
                + Case(When(in_name, then=Value(NAME)), default=F("name_fit"), output_field=FloatField())
            )
            .order_by("-fit", Lower("name"), "pk")
        )


class Organisation(ClusterableModel):
    """The facts of an organisation; its words are `OrganisationText`s, one per language."""

    class Status(models.TextChoices):
        PROPOSED = "proposed", _("proposed, not yet shown")
        LISTED = "listed", _("in the directory")
        HIDDEN = "hidden", _("hidden")

    class Size(models.TextChoices):
        """By staff, as Commission Recommendation 2003/361/EC (annex, article 2) counts enterprises."""

        MICRO = "micro", _("micro: fewer than 10 people")
        SMALL = "small", _("small: 10 to 49 people")
        MEDIUM = "medium", _("medium: 50 to 249 people")
        LARGE = "large", _("large: 250 people or more")

    class VerifiedHow(models.TextChoices):
        DOMAIN = "domain", _("mail from the domain of its website")
        PHONE = "phone", _("a phone call")
        DOCUMENT = "document", _("a document")

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
        verbose_name=_("expertise, target groups, where it is active"),
        blank=True,
        related_name="organisations",
        limit_choices_to={"vocabulary__in": ["track", "theme", "target", "region"]},
    )
    size = models.CharField(_("size"), max_length=10, choices=Size, blank=True, default="", db_default="")
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
    vcode = models.CharField(
        _("vCode (Verenigingsregister)"), max_length=10, blank=True, help_text=_("A V and seven digits.")
    )
    pic = models.CharField(_("EU PIC"), max_length=9, blank=True, help_text=_("Nine digits."))
    verified_at = models.DateTimeField(_("verified at"), null=True, blank=True, editable=False)
    verified_how = models.CharField(
        _("verified by what"), max_length=10, choices=VerifiedHow, blank=True, default="", db_default="", editable=False
    )
    verified_facts = models.JSONField(_("facts when it was verified"), null=True, blank=True, editable=False)
    created_at = models.DateTimeField(_("created at"), db_default=Now())
    updated_at = models.DateTimeField(_("changed at"), auto_now=True)
    plain_name = full_text.plain_column("name")

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = [Lower("name"), "pk"]
        indexes = [
            GinIndex(OpClass("plain_name", "gin_trgm_ops"), name="organisation_similar_name"),
            models.Index(DOMAIN, name="organisation_website_domain"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(pic="") | models.Q(pic__regex=r"^\d{9}$"),
                name="organisation_pic_has_nine_digits",
            ),
            models.CheckConstraint(
                condition=models.Q(enterprise_number="") | models.Q(enterprise_number__regex=r"^[01]\d{9}$"),
                name="organisation_enterprise_number_has_ten_digits",
            ),
            models.CheckConstraint(
                condition=models.Q(vcode="") | models.Q(vcode__regex=r"^V\d{7}$"),
                name="organisation_vcode_has_seven_digits",
            ),
            models.CheckConstraint(
                condition=models.Q(verified_at=None, verified_how="", verified_facts__isnull=True)
                | (models.Q(verified_at__isnull=False, verified_facts__isnull=False) & ~models.Q(verified_how="")),
                name="organisation_verified_by_something",
            ),
            *(
                models.UniqueConstraint(
                    fields=[name], condition=~models.Q(**{name: ""}), name=f"organisation_{name}_once"
                )
                for name in identifiers.NAMES
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        identifiers.check(self)

    def get_absolute_url(self) -> str:
        return reverse("partners:organisation", args=[self.slug])

    def text_in(self, language: str) -> "OrganisationText | None":
        """The words that serve a reader of this language best, if there are any; prefetch `texts` for lists."""
        return next(iter(in_reading_order(self.texts.all(), language, self.original_language)), None)

    def facts_to_verify(self) -> dict[str, str]:
        """What staff look at when they verify it."""
        return {name: getattr(self, name) for name in VERIFIED[:-1]} | {"sector": self.sector.code}

    @property
    def changed_since_verified(self) -> dict[str, tuple[str, str]]:
        """By field, what it was when staff verified it and what it is now, where the two differ."""
        seen = self.verified_facts or {}
        now = self.facts_to_verify() if seen else {}
        return {name: (seen.get(name, ""), now[name]) for name in now if seen.get(name, "") != now[name]}

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
    """A person acts for an organisation: an editor keeps its profile, an owner also says who else does."""

    class Role(models.TextChoices):
        OWNER = "owner", _("owner")
        EDITOR = "editor", _("editor")

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
    role = models.CharField(_("role"), max_length=10, choices=Role, default=Role.EDITOR)
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
