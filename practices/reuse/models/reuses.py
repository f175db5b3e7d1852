"""Who took a practice up, and where: what stays the same while the story goes on."""

import uuid
from datetime import datetime
from typing import Any, Self

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower, Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.users.models import User
from practices.practice.models.practice import Practice


class ReuseQuerySet(models.QuerySet["Reuse"]):
    def standing(self) -> Self:
        """Neither withdrawn nor taken down, whether or not anybody may see it yet."""
        return self.filter(state__in=STANDING)

    def public(self) -> Self:
        """What visitors may see, in the version `shown`: the newest one that was accepted, also while another waits."""
        return self.public_with_practice().filter(practice__live=True)

    def public_with_practice(self) -> Self:
        """The same for who asks within public practices only, and need not look each of them up."""
        named = Q(organisation=None) | Q(organisation__status="listed")
        return self.standing().filter(named, shown__isnull=False)

    def of(self, user: User) -> Self:
        """What the organisations reported for which this person acts."""
        return self.filter(organisation__memberships__user=user).exclude(organisation__status="hidden")

    def to_check(self) -> Self:
        """Those of which a version waits to be checked."""
        return self.filter(state="waiting")

    def due(self, now: datetime) -> Self:
        """Those whose organisations are to be asked how it went."""
        return self.public().filter(state="accepted", ask_at__lte=now)

    def with_facts(self) -> Self:
        """With what lists show of each."""
        return self.select_related("organisation", "country", "region", "shown")

    def newest_first(self) -> Self:
        """Those that began last first, as far as anybody may read it."""
        return self.order_by(
            models.F("shown__since_year").desc(nulls_last=True),
            models.F("shown__since_month").desc(nulls_last=True),
            "-pk",
        )


class Reuse(models.Model):
    """A practice is used by somebody somewhere else; what is said of it stands in its versions."""

    class State(models.TextChoices):
        """Where the newest version is, or why none is seen."""

        WAITING = "waiting", _("waits to be checked")
        ACCEPTED = "accepted", _("accepted")
        RETURNED = "returned", _("sent back with a reason")
        WITHDRAWN = "withdrawn", _("withdrawn")
        REMOVED = "removed", _("taken down by the centre")

    practice = models.ForeignKey(Practice, verbose_name=_("practice"), on_delete=models.CASCADE, related_name="reuses")
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(
        "partners.Organisation",
        verbose_name=_("organisation"),
        null=True,
        blank=True,
        # What it told stays; where it is there twice the two are merged.
        on_delete=models.PROTECT,
        related_name="reuses",
    )
    adopter = models.CharField(_("who took it up, outside the directory"), max_length=160, blank=True)
    country = models.ForeignKey(
        "hub.Term",
        verbose_name=_("country"),
        null=True,
        blank=True,
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
    place = models.CharField(_("town or place"), max_length=100, blank=True)
    state = models.CharField(_("status"), max_length=10, choices=State, default=State.WAITING)
    reason = models.TextField(_("why it was taken down"), blank=True, default="", max_length=2000)
    may_ask = models.BooleanField(_("others may ask about it"), default=False)
    # What visitors read; only `practices.reuse.checking` sets it.
    shown = models.ForeignKey(
        "practices.ReuseVersion",
        verbose_name=_("version that is shown"),
        null=True,
        blank=True,
        editable=False,
        # Both go together, with their practice.
        on_delete=models.DO_NOTHING,
        related_name="+",
    )
    ask_at = models.DateTimeField(_("asked how it went from"), null=True, blank=True, editable=False)
    # Asked, and nothing was said since.
    asked_at = models.DateTimeField(_("asked how it went"), null=True, blank=True, editable=False)
    created_at = models.DateTimeField(_("reported at"), db_default=Now(), editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("reported by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    objects = ReuseQuerySet.as_manager()

    class Meta:
        verbose_name = _("report of reuse")
        verbose_name_plural = _("reports of reuse")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["ask_at"], condition=Q(ask_at__isnull=False), name="reuse_to_ask"),
            models.Index(fields=["created_at"], condition=Q(state="waiting"), name="reuse_to_check"),
            # All of a country's are read for the order of what fits, and nothing else of them.
            models.Index(
                fields=["country"],
                include=["practice", "shown", "organisation"],
                condition=Q(state__in=["waiting", "accepted", "returned"], shown__isnull=False),
                name="reuse_in_country",
            ),
            GinIndex(
                models.Func(
                    models.Value(""), "adopter", "place", function="hub_vector", output_field=SearchVectorField()
                ),
                name="reuse_names",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(organisation__isnull=False, adopter="") | (Q(organisation=None) & ~Q(adopter="")),
                name="reuse_by_one_who_is_named",
            ),
            models.CheckConstraint(condition=~Q(place="") | Q(country__isnull=False), name="reuse_is_somewhere"),
            models.CheckConstraint(
                condition=Q(organisation__isnull=False) | Q(may_ask=False), name="reuse_elsewhere_is_not_asked"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "accepted", "returned", "withdrawn", "removed"]),
                name="reuse_state_is_known",
            ),
            models.CheckConstraint(condition=Q(reason="") | Q(state="removed"), name="reuse_taken_down_with_a_reason"),
            models.UniqueConstraint(
                "practice",
                "organisation",
                "country",
                Lower("place"),
                condition=Q(organisation__isnull=False, state__in=["waiting", "accepted", "returned"]),
                nulls_distinct=False,
                name="reuse_once_per_organisation_and_place",
            ),
            models.UniqueConstraint(
                "practice",
                Lower("adopter"),
                "country",
                Lower("place"),
                condition=Q(organisation=None, state__in=["waiting", "accepted", "returned"]),
                nulls_distinct=False,
                name="reuse_once_per_adopter_and_place",
            ),
        ]

    def __str__(self) -> str:
        return ", ".join(part for part in (self.name, self.where) if part)

    def get_absolute_url(self) -> str:
        return self.address("practices:reuse")

    def address(self, view: str) -> str:
        """One of its pages, in the active language."""
        return reverse(view, args=[self.practice.slug, self.uuid])

    @property
    def name(self) -> str:
        """Who took it up."""
        return str(self.organisation or self.adopter)

    @property
    def where(self) -> str:
        """Where, the smallest first."""
        parts: list[Any] = [self.place, self.region if not self.place else None, self.country]
        return ", ".join(str(part) for part in parts if part)

    @property
    def about(self) -> str:
        """What its mails are about."""
        return f"practice:{self.practice_id}:reuse:{self.pk}"

    @property
    def is_standing(self) -> bool:
        return self.state in STANDING

    @property
    def is_waiting(self) -> bool:
        return self.state == self.State.WAITING


STANDING = (Reuse.State.WAITING, Reuse.State.ACCEPTED, Reuse.State.RETURNED)
