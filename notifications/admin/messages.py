"""The outbox in the admin: everything that leaves or failed to, as its receiver reads it."""

import re
from collections import OrderedDict
from dataclasses import replace
from typing import Any

import django_filters
from django.conf import settings
from django.contrib import messages
from django.db.models import Case, F, Q, QuerySet, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column

from accounts.menu.groups import MAIL
from accounts.records.readonly_admin import RecordIndexView
from notifications.admin.mail_lists import (
    MailInspectView,
    MailViewSet,
    MomentColumn,
    written_language,
)
from notifications.delivery import pauses
from notifications.delivery.rendering import Rendered, render
from notifications.outbox import kinds, outbox
from notifications.outbox.models import Message, MessageQuerySet

# What a server said may fill a page: the list shows how it begins.
_SHOWN = 80


class MessageFilters(WagtailFilterSet):
    """Which mails the outbox shows."""

    status = django_filters.ChoiceFilter(label=_("Status"), choices=Message.Status.choices)
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=kinds.choices)
    about = django_filters.CharFilter(
        label=_("About"), method="about_fact", help_text=_("For example deadline:7, with all its versions.")
    )
    held_up = django_filters.BooleanFilter(label=_("Held up by a mail server"), method="filter_held_up")
    due_at = django_filters.DateFromToRangeFilter(label=_("Due"), widget=DateRangePickerWidget)

    class Meta:
        model = Message
        fields = ["status", "kind", "about", "due_at"]

    def filter_held_up(self, messages: MessageQuerySet, name: str, value: bool) -> QuerySet[Message]:
        """What waits because a server refuses us or is away, or all that does not."""
        held = pauses.stands_still(messages)
        return held if value else messages.exclude(pk__in=held.order_by().values("pk"))

    def about_fact(self, messages: QuerySet[Message], name: str, value: str) -> QuerySet[Message]:
        """The mails about one fact and its parts."""
        value = value.strip()
        return messages.filter(Q(shown_about=value) | Q(shown_about__startswith=f"{value}:"))


class MessageInspectView(MailInspectView):
    """One mail as its receiver reads it, and what became of it."""

    template_name = "notifications/admin/message.html"

    def get_field_display_value(self, field_name: str, field: Any) -> Any:
        value = super().get_field_display_value(field_name, field)
        if field_name == "language":
            return written_language(self.object.language)
        if field_name == "about" and self.object.kind in outbox.hidden_kinds():
            return "–"
        return kinds.name_of(value) if field_name == "kind" else value

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        message: Message = self.object
        context["rendered"], context["fault"] = _as_read(message)
        context["reason"] = _reason(message)
        context["private"] = _private(message)
        context["can_resend"] = outbox.resendable(Message.objects.filter(pk=message.pk)).exists()
        context["resend_url"] = reverse(self.model.snippet_viewset.get_url_name("resend"), args=[message.pk])
        return context


def _reason(message: Message) -> str:
    """What went wrong: our own sentences in the reader's language, those of servers as they are."""
    return gettext(message.error) if message.error else ""


def _private(message: Message) -> str:
    """Why its words are not shown; nothing where they are."""
    if not outbox.keeps_content(message):
        return gettext("Mails about signing in are private: what they say is not shown here.")
    if message.kind in outbox.hidden_kinds():
        return gettext("What this mail says is for the people it went to, and not shown here.")
    return ""


def _as_read(message: Message) -> tuple[Rendered | None, str]:
    """The words of a mail, or why they cannot be shown."""
    if _private(message):
        return None, ""
    try:
        return _without_keys(render(message, now=message.sent_at or timezone.now())), ""
    except Exception as error:  # noqa: BLE001  # a mail that fails to render is exactly what staff come to look at
        return None, f"{type(error).__name__}: {error}"


# The key at the end of a personal address: signed words and, after a mark, a signature of 43 letters.
_KEY = re.compile(r"(?<=/)[\w.:-]*[.:][\w-]{43}(?![\w-])")


def _without_keys(rendered: Rendered) -> Rendered:
    """Whoever holds a personal link acts as its receiver, so staff do not see it; the demo has only examples."""
    if settings.DEMO:
        return rendered
    return replace(rendered, text=_KEY.sub("…", rendered.text), html=_KEY.sub("…", rendered.html))


class MessageIndexView(RecordIndexView):
    """The list, as a download too."""

    has_bulk_actions = True
    verbose_name_plural = _("mails")

    def get_base_queryset(self) -> QuerySet[Message]:
        """With the subjects that staff may read: by the others no mail is found or sorted either.

        Nor by what those are about, which would put the people of one draft that hides itself together.
        """
        rows: QuerySet[Message] = super().get_base_queryset()
        hidden = When(kind__in=outbox.hidden_kinds(), then=Value(""))
        return rows.annotate(
            shown_subject=Case(hidden, default=F("subject")), shown_about=Case(hidden, default=F("about"))
        )

    def to_row_dict(self, item: Message) -> "OrderedDict[str, Any]":
        row: OrderedDict[str, Any] = super().to_row_dict(item)
        row["kind"], row["error"] = kinds.name_of(item.kind), _reason(item)
        row["subject"] = item.shown_subject  # type: ignore[attr-defined]  # annotated above
        return row


class MessageViewSet(MailViewSet):
    """The outbox."""

    model = Message
    icon = "mail"
    menu_label = _("Outbox")
    menu_name = "outbox"
    menu_hook = MAIL.hook
    menu_order = 1
    list_display = [
        "to_email",
        Column("kind", label=_("Kind"), accessor=lambda message: kinds.name_of(message.kind), sort_key="kind"),
        Column("shown_subject", label=capfirst(_("subject as sent")), sort_key="shown_subject"),
        "status",
        MomentColumn(Message, "due_at"),
        MomentColumn(Message, "sent_at"),
        Column("reason", label=_("Reason"), accessor=lambda message: Truncator(_reason(message)).chars(_SHOWN)),
    ]
    index_view_class = MessageIndexView
    list_export = ["to_email", "kind", "language", "subject", "status", "due_at", "sent_at", "attempts", "error"]
    export_filename = "outbox"
    search_fields = ["to_email", "shown_subject", "shown_about"]
    filterset_class = MessageFilters
    inspect_view_class = MessageInspectView
    inspect_view_fields = [
        "to_email",
        "language",
        "kind",
        "status",
        "created_at",
        "due_at",
        "expires_at",
        "sent_at",
        "attempts",
        "about",
        "message_id",
    ]

    def get_urlpatterns(self) -> list[URLPattern]:
        return [*super().get_urlpatterns(), path("resend/<int:pk>/", require_POST(self.resend), name="resend")]

    def resend(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Try a failed mail once more."""
        self.may_change(request)
        message = get_object_or_404(Message, pk=pk)
        if outbox.resend(message):
            messages.success(request, gettext("The mail is in the queue again."))
        else:
            messages.warning(
                request,
                gettext("Only a mail that failed, and that is still of use to its receiver, can be sent again."),
            )
        return self.back(message)
