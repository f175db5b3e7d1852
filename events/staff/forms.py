"""How staff edit the facts of an event: what people may know already changes on screens of its own."""

from typing import Any

from django.db import transaction
from django.forms import CheckboxSelectMultiple, TypedMultipleChoiceField
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, Panel

from events.agenda.models import Event
from events.moving import moving
from events.moving.models import ARRANGED
from events.programme.forms import ProgrammeItemForm, drop_removed_speakers, give_speakers, keeps_times
from events.programme.shifting import outside
from events.questions.models import MOST
from events.staff import page_making
from notifications.subscriptions import offsets


def _offered_hours() -> list[tuple[int, str]]:
    return [(hours, offsets.label(hours)) for hours in offsets.OFFERED]


class EventFactsForm(WagtailAdminModelForm):
    """An event; what moved or was cancelled while somebody had the screen open is not undone by saving."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and moving.is_announced(self.instance):
            for name in set(ARRANGED) & set(self.fields):
                self.fields[name].disabled = True
            self.fields["starts_at"].help_text = _("People may know when and where it is: move it with the button.")
        give_speakers(self)

    def is_valid(self) -> bool:
        return bool(super().is_valid()) and keeps_times(self)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        starts_at, ends_at = cleaned.get("starts_at"), cleaned.get("ends_at")
        is_past = starts_at and ends_at and starts_at < ends_at <= timezone.now()
        if self.instance.pk and is_past and "ends_at" in self.changed_data:
            stored = Event.objects.get(pk=self.instance.pk)
            if stored.ends_at > timezone.now():
                self.add_error("ends_at", _("The new date is in the past. Choose one that is still to come."))
        return cleaned

    @transaction.atomic
    def save(self, commit: bool = True) -> Event:  # Django's signature
        if self.instance.pk:
            row = moving.held(self.instance)
            kept = [name for name in ARRANGED if name not in self.fields or self.fields[name].disabled]
            for name in ("sequence", "cancelled_at", "thanked_at", "series_id", *kept):
                setattr(self.instance, name, getattr(row, name))
        drop_removed_speakers(self)
        saved: Event = super().save(commit=commit)
        return saved


class EventForm(EventFactsForm):
    """All facts of an event."""

    reminder_hours = TypedMultipleChoiceField(
        label=_("Reminders"),
        help_text=_("To everybody with a seat; none chosen: no reminders."),
        choices=_offered_hours,
        coerce=int,
        required=False,
        widget=CheckboxSelectMultiple,
    )


class NewEventForm(EventFactsForm):
    """The least that a new event needs, where a page's editor makes one on the spot."""

    class Meta(WagtailAdminModelForm.Meta):
        model = Event
        formsets: dict[str, Any] = {}
        fields = [
            "title",
            "starts_at",
            "ends_at",
            "has_time",
            "registration_opens_at",
            "registration_closes_at",
            "attendance",
            "venue",
            "address",
            "online_url",
            "capacity",
            "online_capacity",
        ]


class ProgrammePanel(InlinePanel):
    """The items of the programme, each with our own form."""

    def get_form_options(self) -> dict[str, Any]:
        options: dict[str, Any] = super().get_form_options()
        options["formsets"][self.relation_name]["form"] = ProgrammeItemForm
        return options


class OverviewPanel(Panel):
    """Where the event stands, what changed, and the ways to change what people know."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "events/admin/overview.html"

        def is_shown(self) -> bool:
            return bool(self.instance.pk)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            stored = Event.objects.get(pk=self.instance.pk)  # the instance carries what was just typed
            urls = {name: reverse(f"wagtailsnippets_events_event:{name}", args=[stored.pk]) for name in SCREENS}
            changes = list(stored.changes.select_related("made_by"))
            announced = moving.is_announced(stored)
            out = outside(stored.pk, starts_at=stored.starts_at, ends_at=stored.ends_at)
            shown = {"event": stored, "urls": urls, "changes": changes, "is_announced": announced, "outside": out}
            if stored.series:
                shown["siblings"] = stored.series.dates.with_standing().exclude(pk=stored.pk)
            shown["pages"] = page_making.pages_of(stored).overview(self.request.user) if self.request else []
            shown["missing"] = sum(each.may_make for each in shown["pages"]) > 1
            # The path ends with a language, which the template adds.
            shown["make_one"] = reverse("wagtailsnippets_events_event:make_page", args=[stored.pk, "x"])[:-2]
            return context | shown


SCREENS = ("make_pages", "move", "more_dates", "call_off", "resume", "day", "feedback")
PANELS = [
    OverviewPanel(),
    FieldPanel("title"),
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
            FieldPanel("has_time"),
            FieldPanel("attendance"),
            FieldPanel("venue"),
            FieldPanel("address"),
            FieldPanel("online_url"),
        ],
        _("When and where"),
    ),
    MultiFieldPanel(
        [
            FieldPanel("accessibility"),
            FieldPanel("directions"),
            FieldPanel("to_bring"),
            FieldPanel("reminder_hours"),
        ],
        _("Good to know on the way"),
    ),
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("capacity"), FieldPanel("online_capacity")]),
            FieldRowPanel([FieldPanel("registration_opens_at"), FieldPanel("registration_closes_at")]),
            FieldPanel("offer_hours"),
        ],
        _("Sign-up"),
    ),
    InlinePanel("questions", max_num=MOST, heading=_("Questions to those who sign up"), label=_("question")),
    MultiFieldPanel(
        [
            FieldPanel("call"),
            FieldPanel("tracks"),
            InlinePanel("linked_organisations", heading=_("Organisations"), label=_("organisation")),
            InlinePanel("linked_practices", heading=_("Practices"), label=_("practice")),
            FieldPanel("contact"),
            FieldPanel("organisers", widget=CheckboxSelectMultiple),
        ],
        _("What it belongs to"),
    ),
    InlinePanel(
        "speakers",
        [
            FieldPanel("name"),
            FieldPanel("role"),
            FieldPanel("organisation_name"),
            FieldPanel("photo"),
            FieldPanel("photo_licence"),
        ],
        heading=_("Speakers"),
        label=_("speaker"),
    ),
    ProgrammePanel(
        "programme",
        [
            FieldPanel("title"),
            FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
            FieldPanel("room"),
            FieldPanel("speakers", widget=CheckboxSelectMultiple),
        ],
        heading=_("Programme"),
        label=_("item of the programme"),
        help_text=_("Items at the same time stand side by side. Save new speakers once before you choose them here."),
    ),
    InlinePanel("materials", heading=_("Materials"), label=_("material")),
    MultiFieldPanel(
        [FieldRowPanel([FieldPanel("thanks"), FieldPanel("thanks_at")]), FieldPanel("shows_feedback")],
        _("After the event"),
    ),
    InlinePanel(
        "feedback_questions",
        heading=_("Questions in the feedback form"),
        label=_("question"),
        help_text=_(
            "Besides the three that are always asked: a mark for the whole, what worked well, what you would change."
        ),
        max_num=10,
    ),
]
