from datetime import datetime
from typing import Self
from urllib.parse import urlsplit

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nCharField, I18nTextField
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable, Page

from hub.dates import brussels
from hub.site.visibility import visible


class CallQuerySet(models.QuerySet["Call"]):
    def public(self) -> Self:
        """Calls that a visitor may see: those with a live page in some language."""
        return self.filter(Exists(visible(Page.objects.filter(callpage__call=OuterRef("pk")))))

    def due_soon(self) -> Self:
        """Calls that go on and have a date ahead within two weeks; `first_due` is the first of them."""
        near = near_dates().filter(call=OuterRef("pk")).order_by("due_at")
        first = Subquery(near.values("due_at")[:1], output_field=models.DateTimeField())
        return self.filter(withdrawn_at=None).annotate(first_due=first).filter(first_due__isnull=False)

    def with_chain(self) -> Self:
        """The chain of each call and its tracks, in two more queries."""
        return self.prefetch_related("deadlines", "tracks")


class Call(ClusterableModel):
    """The facts of a call: what exists once, whatever the number of languages. Its words are `CallPage`s."""

    title = I18nCharField(_("short title"))
    programme = models.CharField(_("programme"), max_length=100, blank=True, help_text=_("For example ESF+."))
    reference = models.CharField(_("reference"), max_length=60, blank=True)
    budget = models.DecimalField(
        _("budget in euro"), max_digits=14, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    funding_rate = models.PositiveSmallIntegerField(
        _("funding rate in per cent"), null=True, blank=True, validators=[MaxValueValidator(100)]
    )
    official_url = models.URLField(_("official address"), blank=True)
    tracks = ParentalManyToManyField(
        "hub.Term",
        verbose_name=_("action tracks"),
        blank=True,
        related_name="+",
        limit_choices_to={"vocabulary": "track"},
    )
    contact = models.ForeignKey(
        "hub.Contact",
        verbose_name=_("contact"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)
    withdrawn_reason = I18nTextField(_("reason for the withdrawal"), blank=True, default="")
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    changed_at = models.DateTimeField(_("changed at"), auto_now=True)

    objects = CallQuerySet.as_manager()

    class Meta:
        verbose_name = _("call")
        verbose_name_plural = _("calls")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(funding_rate__isnull=True) | models.Q(funding_rate__lte=100),
                name="call_funding_rate_is_a_percentage",
            )
        ]

    def __str__(self) -> str:
        return str(self.title)

    @property
    def official_host(self) -> str:
        """The name of the site that the official text stands on, for the link's words."""
        return urlsplit(self.official_url).hostname or ""


class Deadline(Orderable):
    """One link of a call's chain: who must do what by when. The moment is stored in UTC and shown in Brussels time."""

    class Kind(models.TextChoices):
        OPENS = "opens", _("call opens")
        INFO_MEETING = "info_meeting", _("info meeting")
        DECLARE = "declare", _("declare partnership")
        RECOMMENDATION = "recommendation", _("recommendation")
        SUBMIT = "submit", _("submit proposal")
        RESULT = "result", _("result")
        OTHER = "other", _("other")

    class Actor(models.TextChoices):
        EVERYONE = "everyone", _("everyone")
        PARTNERS = "partners", _("partners")
        AUTHORITY = "authority", _("managing authority")
        CONSORTIUM = "consortium", _("consortium")
        CENTRE = "centre", _("centre")
        APPLICANTS = "applicants", _("applicants")

    class Governs(models.TextChoices):
        NOTHING = "", _("nothing on the portal")
        INTEREST = "interest", _("registering interest")
        DECLARATION = "declaration", _("declaring a partnership")
        PROPOSAL = "proposal", _("submitting a proposal")

    call = ParentalKey(Call, verbose_name=_("call"), on_delete=models.CASCADE, related_name="deadlines")
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.OTHER)
    label = I18nCharField(_("what must be done"))
    actor = models.CharField(_("who acts"), max_length=20, choices=Actor, default=Actor.PARTNERS)
    due_at = models.DateTimeField(_("date and time"), help_text=_("Brussels time."))
    has_time = models.BooleanField(
        _("the hour matters"),
        default=True,
        help_text=_("Without it, only the day is shown."),
    )
    governs = models.CharField(_("closes"), max_length=20, choices=Governs, blank=True, default=Governs.NOTHING)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)

    class Meta(Orderable.Meta):
        verbose_name = _("deadline")
        verbose_name_plural = _("deadlines")
        constraints = [
            models.UniqueConstraint(
                fields=["call", "governs"],
                condition=~models.Q(governs=""),
                name="deadline_governs_one_thing_once",
            )
        ]

    def __str__(self) -> str:
        return str(self.label)

    def is_past(self, now: datetime) -> bool:
        return self.due_at <= now


def near_dates() -> models.QuerySet[Deadline]:
    """Dates that are not over and come within two weeks; one of which only the day matters lasts that day."""
    today = brussels.first_minute(timezone.now())
    ahead = Q(due_at__gt=Now()) | Q(has_time=False, governs="", due_at__gte=today)
    return Deadline.objects.filter(ahead, due_at__lt=brussels.in_two_weeks())
