"""What an organisation offers or seeks. `public` is the only definition of what visitors see: it ends by itself."""

from datetime import date, timedelta
from typing import Self

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchRank
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Now, TruncDate
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.privacy.keeping import Moment
from hub.dates.brussels import BRUSSELS
from hub.search import full_text
from partners.organisations.models import Organisation

# A leap year's worth: whoever chooses the same day next year may.
LONGEST = timedelta(days=366)
# For so long one is made and renewed unless people choose otherwise.
MONTHS = 3
# So long before its last day its people are asked whether it still holds.
WARNED_BEFORE = timedelta(days=7)


def today() -> date:
    """The day in Brussels by the portal's clock, for forms and words: `public` asks the database."""
    return timezone.localdate(timezone=BRUSSELS)


def usual_end(start: date | None = None) -> date:
    """Three months later, or the last day of that month."""
    start = start or today()
    months = start.month - 1 + MONTHS
    first = date(start.year + months // 12, months % 12 + 1, 1)
    following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return min(first + timedelta(days=start.day - 1), following - timedelta(days=1))


def _today() -> TruncDate:
    """The day in Brussels by the database's clock."""
    return TruncDate(Now(), tzinfo=BRUSSELS)


def _renewed_on() -> Cast:
    """The day in Brussels of the last renewal, for what the schema keeps: migrations know no zone as an object."""
    local = Func(Value("Europe/Brussels"), F("renewed_at"), function="timezone", output_field=models.DateTimeField())
    return Cast(local, models.DateField())


class NoticeQuerySet(models.QuerySet["Notice"]):
    def standing(self) -> Self:
        """Neither over nor withdrawn, whether or not its organisation is in the directory."""
        return self.filter(withdrawn_at=None, until__gte=_today())

    def public(self) -> Self:
        """What visitors may see."""
        return self.standing().filter(organisation__status=Organisation.Status.LISTED)

    def ending(self) -> Self:
        """Standing ones whose people are to be asked, unless they chose so short a time themselves."""
        soon = self.public().filter(until__lte=_today() + WARNED_BEFORE)
        long_enough = soon.filter(until__gt=_renewed_on() + WARNED_BEFORE)
        return long_enough.exclude(warned_for=F("until"))

    def over_since(self, moment: Moment) -> Self:
        """Those that were over or withdrawn by then."""
        then = moment if isinstance(moment, Combinable) else Value(moment, output_field=models.DateTimeField())
        return self.filter(Q(withdrawn_at__lt=then) | Q(until__lt=TruncDate(then, tzinfo=BRUSSELS)))

    def with_facts(self) -> Self:
        """With what pages show of each, in a fixed number of queries."""
        return self.select_related("organisation__sector", "country", "region", "call").prefetch_related("terms")

    def matching(self, words: str, language: str) -> Self:
        """Those whose title or text fits, the best fit first."""
        rank = SearchRank(F("search_vector"), full_text.query(words, language))
        return self.filter(full_text.fits(words)).annotate(fit=rank).order_by("-fit", "-renewed_at", "-pk")


class Notice(models.Model):
    """An offer or a request of an organisation, in one language, until a day."""

    class Kind(models.TextChoices):
        OFFER = "offer", _("offer")
        REQUEST = "request", _("request")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.CASCADE, related_name="notices"
    )
    title = models.CharField(_("title"), max_length=120)
    text = models.TextField(_("text"), max_length=4000)
    language = models.CharField(_("language"), max_length=5)
    terms = models.ManyToManyField(
        "hub.Term",
        verbose_name=_("themes and action tracks"),
        blank=True,
        related_name="+",
        limit_choices_to={"vocabulary__in": ["track", "theme"]},
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
    call = models.ForeignKey(
        "calls.Call", verbose_name=_("call"), null=True, blank=True, on_delete=models.SET_NULL, related_name="notices"
    )
    # Its last day, in Brussels.
    until = models.DateField(_("until"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("made by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    created_at = models.DateTimeField(_("created at"), db_default=Now())
    renewed_at = models.DateTimeField(_("renewed at"), default=timezone.now, db_default=Now())
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)
    # Why the centre took it down; empty for what its own people withdrew.
    taken_down_reason = models.TextField(_("why it was taken down"), blank=True, default="", max_length=2000)
    # The last day that its people were told of: another one is told again.
    warned_for = models.DateField(_("warned for"), null=True, blank=True)
    search_vector = full_text.row_vector(title="A", text="B")

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("offer or request")
        verbose_name_plural = _("offers and requests")
        ordering = ["-renewed_at", "-pk"]
        indexes = [
            GinIndex(fields=["search_vector"], name="notice_search"),
            models.Index(fields=["until"], condition=Q(withdrawn_at=None), name="notice_until"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=["offer", "request"]), name="notice_offers_or_seeks"),
            models.CheckConstraint(condition=Q(until__lte=_renewed_on() + LONGEST), name="notice_a_year_at_most"),
            models.CheckConstraint(
                condition=Q(taken_down_reason="") | Q(withdrawn_at__isnull=False), name="notice_taken_down_is_withdrawn"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("exchange:notice", args=[self.pk])

    @property
    def about(self) -> str:
        """What its mails are about."""
        return f"organisation:{self.organisation_id}:notice:{self.pk}"

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_at is not None

    @property
    def is_over(self) -> bool:
        """Whether its last day is past: for words only."""
        return self.until < today()

    @property
    def can_be_renewed(self) -> bool:
        """Whether three months from now are later than its last day."""
        return not self.is_withdrawn and self.until < usual_end()
