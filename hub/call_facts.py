"""How staff edit the facts of a call and its chain, on one screen."""

from typing import Any

from django.forms import CheckboxSelectMultiple
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel

from hub.models import Call, Contact

WHEN = {"due_at", "has_time"}


class CallFactsForm(WagtailAdminModelForm):
    """A deadline whose moment changes gets the next version, by which calendars and reminders know that it moved."""

    def save(self, commit: bool = True) -> Call:  # Django's signature
        for form in self.formsets["deadlines"].forms:
            if form.instance.pk and WHEN & set(form.changed_data):
                form.instance.version += 1
        call: Call = super().save(commit)
        return call


class NewCallForm(WagtailAdminModelForm):
    """The least that a new call needs, where a page's editor makes one on the spot."""

    class Meta(WagtailAdminModelForm.Meta):
        model = Call
        fields = ["title", "programme"]
        formsets: dict[str, Any] = {}


class NewContactForm(WagtailAdminModelForm):
    """A role and its mailbox, made on the spot."""

    class Meta(WagtailAdminModelForm.Meta):
        model = Contact
        fields = ["role", "email"]


PANELS = [
    MultiFieldPanel(
        [
            FieldPanel("title"),
            FieldRowPanel([FieldPanel("programme"), FieldPanel("reference")]),
            FieldRowPanel([FieldPanel("budget"), FieldPanel("funding_rate")]),
            FieldPanel("official_url"),
            FieldPanel("tracks", widget=CheckboxSelectMultiple),
            FieldPanel("contact"),
        ],
        _("Facts"),
    ),
    InlinePanel(
        "deadlines",
        [
            FieldRowPanel([FieldPanel("kind"), FieldPanel("actor")]),
            FieldPanel("label"),
            FieldRowPanel([FieldPanel("due_at"), FieldPanel("has_time")]),
            FieldPanel("governs"),
        ],
        heading=_("Chain of deadlines"),
        label=_("deadline"),
        help_text=_("Enter dates and times as they are in Brussels. The page shows them in order of time."),
    ),
    MultiFieldPanel(
        [
            FieldPanel("withdrawn_at", help_text=_("Filled in: the call counts as withdrawn, whatever its dates say.")),
            FieldPanel("withdrawn_reason"),
        ],
        _("Withdrawal"),
        classname="collapsed",
    ),
]
