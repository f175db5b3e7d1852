"""How staff edit the facts of an event: what people may know already changes on screens of its own."""

from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, Panel

from events.agenda.models import Event
from events.moving import moving
from events.moving.models import ARRANGED


class EventFactsForm(WagtailAdminModelForm):
    """An event; what moved or was cancelled while somebody had the screen open is not undone by saving."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and moving.is_announced(self.instance):
            for name in set(ARRANGED) & set(self.fields):
                self.fields[name].disabled = True
            self.fields["starts_at"].help_text = _("People may know when and where it is: move it with the button.")

    @transaction.atomic
    def save(self, commit: bool = True) -> Event:  # Django's signature
        if self.instance.pk:
            row = moving.held(self.instance)
            kept = [name for name in ARRANGED if name not in self.fields or self.fields[name].disabled]
            for name in ("sequence", "cancelled_at", "thanked_at", *kept):
                setattr(self.instance, name, getattr(row, name))
        saved: Event = super().save(commit=commit)
        return saved


class NewEventForm(EventFactsForm):
    """The least that a new event needs, where a page's editor makes one on the spot."""

    class Meta(WagtailAdminModelForm.Meta):
        model = Event
        fields = [
            "title",
            "starts_at",
            "ends_at",
            "has_time",
            "registration_closes_at",
            "venue",
            "address",
            "online_url",
            "capacity",
        ]


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
            return context | {"event": stored, "urls": urls, "changes": changes, "is_announced": announced}


SCREENS = ("move", "call_off", "resume", "feedback")
PANELS = [
    OverviewPanel(),
    FieldPanel("title"),
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
            FieldPanel("has_time"),
            FieldPanel("venue"),
            FieldPanel("address"),
            FieldPanel("online_url"),
        ],
        _("When and where"),
    ),
    MultiFieldPanel([FieldRowPanel([FieldPanel("capacity"), FieldPanel("registration_closes_at")])], _("Sign-up")),
    MultiFieldPanel([FieldPanel("call"), FieldPanel("tracks"), FieldPanel("contact")], _("What it belongs to")),
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
