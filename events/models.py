import uuid
from datetime import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import models
from django.db.models.functions import Lower, Now
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nCharField
from modelcluster.fields import ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, Panel
from wagtail.models import Page

from events import persons, structured_data
from events.querysets import EventQuerySet, RegistrationQuerySet, in_agenda_order, pages_for, pages_of
from events.record import EventChange  # noqa: F401  # a model of this app
from hub.languages.reading_order import in_language
from hub.pages.base import BodyPage, PortalPage
from hub.site.visibility import visible


class Event(ClusterableModel):
    """The facts of a meeting: when, where, how many. Its words are `EventPage`s. Times are shown in Brussels time."""

    uid = models.UUIDField(
        default=uuid.uuid4,
        unique=True,
        editable=False,
        help_text=_("Names it in calendars."),
    )
    sequence = models.PositiveIntegerField(_("revision in calendars"), default=0, editable=False)
    title = I18nCharField(_("short title"))
    starts_at = models.DateTimeField(_("starts at"), help_text=_("Brussels time."))
    ends_at = models.DateTimeField(_("ends at"), help_text=_("Brussels time."))
    venue = models.CharField(_("venue"), max_length=160, blank=True)
    address = models.CharField(_("address"), max_length=240, blank=True)
    online_url = models.URLField(_("online address"), blank=True, help_text=_("Only in the confirmation mail."))
    capacity = models.PositiveIntegerField(_("seats"), null=True, blank=True, help_text=_("Empty: no limit."))
    registration_closes_at = models.DateTimeField(
        _("registration closes at"),
        null=True,
        blank=True,
        help_text=_("Empty: when the event starts."),
    )
    call = models.ForeignKey(
        "hub.Call",
        verbose_name=_("call it belongs to"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="events",
    )
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
    cancelled_at = models.DateTimeField(_("cancelled at"), null=True, blank=True)
    created_at = models.DateTimeField(_("created at"), db_default=Now(), editable=False)
    updated_at = models.DateTimeField(_("changed at"), auto_now=True)

    # Filled in by EventQuerySet.with_standing().
    seats_taken: int
    is_over: bool
    is_closed: bool

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")),
                name="event_ends_after_it_starts",
            )
        ]

    def __str__(self) -> str:
        return str(self.title)

    def clean(self) -> None:
        super().clean()
        if self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            raise ValidationError({"ends_at": _("An event ends after it starts.")})
        if self.ends_at and self.registration_closes_at and self.registration_closes_at > self.ends_at:
            raise ValidationError({"registration_closes_at": _("Registration closes before the event is over.")})

    def get_absolute_url(self) -> str | None:
        """Its page in the reader's language, if it has one anywhere."""
        page = self.page_in(get_language() or settings.LANGUAGE_CODE)
        return page.url if page else None

    def page_in(self, language: str) -> "EventPage | None":
        """The live page in this language, else in the first of the portal's languages that has one."""
        return pages_of([self], language).get(self.pk)

    @property
    def closes_at(self) -> datetime:
        """When sign-up ends."""
        return self.registration_closes_at or self.starts_at

    @property
    def is_full(self) -> bool:
        return self.capacity is not None and self.seats_taken >= self.capacity

    @property
    def seats_left(self) -> int | None:
        """None when there is no limit."""
        return None if self.capacity is None else max(self.capacity - self.seats_taken, 0)

    @property
    def is_one_day(self) -> bool:
        return timezone.localdate(self.starts_at) == timezone.localdate(self.ends_at)

    @property
    def is_whole_day(self) -> bool:
        """From midnight to the last minute: its hours are not said, because they do not matter or nobody knows them."""
        hours = [timezone.localtime(moment).strftime("%H:%M") for moment in (self.starts_at, self.ends_at)]
        return hours == ["00:00", "23:59"]

    @property
    def standing(self) -> str:
        """What a visitor can do: `open`, `full`, `closed`, or the event is `over` or `cancelled`."""
        if self.cancelled_at:
            return "cancelled"
        if self.is_over:
            return "over"
        if self.is_closed:
            return "closed"
        return "full" if self.is_full else "open"


class Registration(models.Model):
    """One person's place at an event; name and address together are the person.

    A cancelled row frees its seat and may be taken up again by the same person. A row that is reserved has its seat
    until that moment, and for good once somebody pressed the link in the mail (`events.line_share`).
    """

    class Status(models.TextChoices):
        CONFIRMED = "confirmed", _("confirmed")
        CANCELLED = "cancelled", _("cancelled")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    event = models.ForeignKey(
        Event,
        verbose_name=_("event"),
        on_delete=models.CASCADE,
        related_name="registrations",
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("user"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="registrations",
    )
    name = models.CharField(_("name"), max_length=120)
    person = models.GeneratedField(
        expression=persons.folded(models.F("name")),
        output_field=models.CharField(max_length=persons.LONGEST),
        db_persist=True,
        editable=False,
    )
    email = models.EmailField(_("e-mail address"))
    organisation_name = models.CharField(_("organisation"), max_length=160, blank=True)
    language = models.CharField(_("language"), max_length=5)
    access_needs = models.TextField(
        _("what you need to take part"),
        blank=True,
        max_length=500,
        help_text=_("For example step-free access or sign language. Deleted 30 days after the event."),
    )
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.CONFIRMED)
    consent_wording = models.TextField(_("wording agreed to"))
    sent_as = models.CharField(max_length=64, blank=True, editable=False)  # which form was sent last
    # A digest of the line it was asked from, until its address is proved or the event is over.
    line = models.CharField(max_length=64, blank=True, editable=False)
    reserved_until = models.DateTimeField(_("to be confirmed until"), null=True, blank=True, editable=False)
    created_at = models.DateTimeField(_("signed up at"), db_default=Now())
    cancelled_at = models.DateTimeField(_("cancelled at"), null=True, blank=True)

    # Filled in by registration.register(): whether this page's sender must press the link in the mail.
    asks_click: bool = False

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        ordering = ["created_at", "pk"]
        constraints = [
            # Colleagues who share a mailbox are told apart by their names.
            models.UniqueConstraint("event", Lower("email"), "person", name="registration_once_per_event_and_person")
        ]

    def __str__(self) -> str:
        return f"{self.name} → {self.event}"

    @property
    def has_lapsed(self) -> bool:
        """Whether it was reserved and nobody confirmed it in time."""
        return self.reserved_until is not None and self.reserved_until <= timezone.now()


class EventIndexPage(PortalPage):
    """The agenda: what comes, then what is past."""

    per_page: ClassVar[int] = 12
    parent_page_types: ClassVar[list[str]] = ["hub.HomePage"]
    subpage_types: ClassVar[list[str]] = ["events.EventPage"]

    class Meta:
        verbose_name = _("agenda")
        verbose_name_plural = _("agendas")

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        pages = in_agenda_order(pages_for(self.locale.language_code))
        page_obj = Paginator(pages, self.per_page).get_page(request.GET.get("page"))
        context["page_obj"] = page_obj
        context["upcoming"] = [page for page in page_obj if page.is_upcoming]
        context["past"] = [page for page in page_obj if not page.is_upcoming]
        return context


class EventPage(BodyPage):
    """The words of an event in one language; every fact comes from `event`."""

    event = models.ForeignKey(Event, verbose_name=_("event"), on_delete=models.PROTECT, related_name="pages")

    content_panels: ClassVar[list[Panel]] = [
        *Page.content_panels,
        FieldPanel("event"),
        *BodyPage.content_panels[1:],
    ]
    parent_page_types: ClassVar[list[str]] = ["events.EventIndexPage"]
    subpage_types: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("event page")
        verbose_name_plural = _("event pages")

    def clean(self) -> None:
        super().clean()
        others = EventPage.objects.filter(event_id=self.event_id, locale_id=self.locale_id).exclude(pk=self.pk)
        if self.event_id and self.locale_id and others.exists():
            raise ValidationError({"event": _("This event already has a page in this language.")})

    def found_by(self) -> list[str]:
        """Its short name, where it is, the call it belongs to, its action tracks."""
        event, language = self.event, self.locale.language_code
        labels = [event.title, event.call.title if event.call else "", *(each.label for each in event.tracks.all())]
        return [event.venue, event.address, *(in_language(label, language) for label in labels)]

    @property
    def when(self) -> datetime:
        return self.event.starts_at

    @property
    def place(self) -> str:
        """Where it is, in one line."""
        place = ", ".join(part for part in (self.event.venue, self.event.address) if part)
        return place or (gettext("Online") if self.event.online_url else "")

    @property
    def state(self) -> str:
        """What a row says beside the date when there is no sign-up; needs the standing."""
        words = {"cancelled": gettext("Cancelled"), "over": gettext("Over"), "closed": gettext("Sign-up is closed")}
        return words.get(self.event.standing, "")

    @property
    def seats_left(self) -> int | None:
        """Seats to be had now; None when there is no limit or no sign-up; needs the standing."""
        return self.event.seats_left if self.event.standing in {"open", "full"} else None

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        event = Event.objects.with_standing().select_related("call", "contact").get(pk=self.event_id)
        context["event"] = event
        context["call_page"] = event.call and visible(event.call.pages.filter(locale_id=self.locale_id)).first()
        parent = self.get_parent()
        context["crumbs"] = [{"title": parent.title, "url": parent.get_url(request)}]
        context["changes"] = list(event.changes.all())
        context["data"] = structured_data.event_data(event, self, changes=context["changes"])
        return context
