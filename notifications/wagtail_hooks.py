"""What staff see of the mail: everything that leaves or failed to, as its receiver reads it, and who follows what."""

import re
from dataclasses import replace
from datetime import datetime
from typing import Any, cast
from zoneinfo import ZoneInfo

import django_filters
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Field, Model, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import BulkActionsCheckboxColumn, Column
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import IndexView, InspectView, SnippetViewSet, SnippetViewSetGroup

from notifications import outbox, subscribing, suppression
from notifications.models import Message, Subscription, Suppression
from notifications.rendering import Rendered, render


class ReadingPolicy(ModelPermissionPolicy):
    """Staff who may change these rows see them; nobody adds, edits or deletes one by hand."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action == "view" and any(super(ReadingPolicy, self).user_has_permission(user, a) for a in ACTIONS)


ACTIONS = ("view", "change")


def written(moment: Any) -> Any:
    """A moment as staff read it everywhere: in Brussels, with 24 hours; anything else as it is."""
    if not isinstance(moment, datetime):
        return moment
    return timezone.localtime(moment, ZoneInfo(settings.TIME_ZONE)).strftime("%Y-%m-%d %H:%M")


class MomentColumn(Column):
    """A moment in a list, written as on the page of its row."""

    def __init__(self, model: type[Model], name: str) -> None:
        field = cast("Field[Any, Any]", model._meta.get_field(name))
        super().__init__(name, label=capfirst(field.verbose_name), sort_key=name)

    def get_value(self, instance: Any) -> Any:
        return written(super().get_value(instance))


class ReadingInspectView(InspectView):
    """The page of a row."""

    def get_field_display_value(self, field_name: str, field: Any) -> Any:
        return written(super().get_field_display_value(field_name, field))


class ReadingIndexView(IndexView):
    """A list without boxes to tick: there is nothing to do to several rows."""

    @property
    def columns(self) -> list[Column]:
        return [column for column in super().columns if not isinstance(column, BulkActionsCheckboxColumn)]


class ReadingViewSet(SnippetViewSet):
    """A list and a page per row."""

    index_view_class = ReadingIndexView
    inspect_view_enabled = True
    copy_view_enabled = False
    list_per_page = 50

    @property
    def permission_policy(self) -> ReadingPolicy:
        return ReadingPolicy(self.model)

    def may_change(self, request: HttpRequest) -> None:
        """Stop whoever lacks the right that the row's buttons need."""
        if not request.user.has_perm(f"notifications.change_{self.model_name}"):
            raise PermissionDenied

    def back(self, row: Any) -> HttpResponseRedirect:
        return HttpResponseRedirect(reverse(self.get_url_name("inspect"), args=[row.pk]))


class MessageFilters(WagtailFilterSet):
    """Which mails the outbox shows."""

    status = django_filters.ChoiceFilter(label=_("Status"), choices=Message.Status.choices)
    kind = django_filters.AllValuesFilter(label=_("Kind"))
    about = django_filters.CharFilter(
        label=_("About"), method="about_fact", help_text=_("For example deadline:7, with all its versions.")
    )
    due_at = django_filters.DateFromToRangeFilter(label=_("Due"), widget=DateRangePickerWidget)

    class Meta:
        model = Message
        fields = ["status", "kind", "about", "due_at"]

    def about_fact(self, messages: QuerySet[Message], name: str, value: str) -> QuerySet[Message]:
        """The mails about one fact and its parts."""
        value = value.strip()
        return messages.filter(Q(about=value) | Q(about__startswith=f"{value}:"))


class MessageInspectView(ReadingInspectView):
    """One mail as its receiver reads it, and what became of it."""

    template_name = "notifications/admin/message.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        message: Message = self.object
        context["rendered"], context["fault"] = _as_read(message)
        context["reason"] = _reason(message)
        context["is_private"] = not outbox.keeps_content(message)
        context["can_resend"] = outbox.resendable(Message.objects.filter(pk=message.pk)).exists()
        context["resend_url"] = reverse(self.model.snippet_viewset.get_url_name("resend"), args=[message.pk])
        return context


def _reason(message: Message) -> str:
    """What went wrong: our own sentences in the reader's language, those of servers as they are."""
    return gettext(message.error) if message.error else ""


def _as_read(message: Message) -> tuple[Rendered | None, str]:
    """The words of a mail, or why they cannot be shown."""
    if not outbox.keeps_content(message):
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


class MessageViewSet(ReadingViewSet):
    """The outbox."""

    model = Message
    icon = "mail"
    menu_label = _("Outbox")
    menu_name = "outbox"
    list_display = [
        "to_email",
        "kind",
        "subject",
        "status",
        MomentColumn(Message, "due_at"),
        MomentColumn(Message, "sent_at"),
        Column("reason", label=_("Reason"), accessor=_reason),
    ]
    search_fields = ["to_email", "subject", "about"]
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


class SubscriptionFilters(WagtailFilterSet):
    """Which followers the list shows."""

    status = django_filters.ChoiceFilter(label=_("Status"), choices=Subscription.Status.choices)
    topic = django_filters.AllValuesFilter(label=_("Topic"))

    class Meta:
        model = Subscription
        fields = ["status", "topic"]


class SubscriptionInspectView(ReadingInspectView):
    """One follower with the proof of consent, and the button that stops the mails on request."""

    template_name = "notifications/admin/subscription.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["can_stop"] = self.object.status != Subscription.Status.STOPPED
        context["stop_url"] = reverse(self.model.snippet_viewset.get_url_name("stop"), args=[self.object.pk])
        return context


class SubscriptionViewSet(ReadingViewSet):
    """Who follows what."""

    model = Subscription
    icon = "bell"
    menu_label = _("Followers")
    menu_name = "followers"
    list_display = ["email", "topic", "language", "status", MomentColumn(Subscription, "confirmed_at")]
    search_fields = ["email", "topic"]
    filterset_class = SubscriptionFilters
    inspect_view_class = SubscriptionInspectView
    inspect_view_fields = [
        "email",
        "topic",
        "language",
        "offsets",
        "status",
        "consent_wording",
        "created_at",
        "confirmed_at",
        "stopped_at",
    ]

    def get_urlpatterns(self) -> list[URLPattern]:
        return [*super().get_urlpatterns(), path("stop/<int:pk>/", require_POST(self.stop), name="stop")]

    def stop(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Stop somebody's mails because they asked for it in another way."""
        self.may_change(request)
        subscription = get_object_or_404(Subscription, pk=pk)
        subscribing.stop(subscription)
        messages.success(request, gettext("No more mail about this goes to that address."))
        return self.back(subscription)


class SuppressionInspectView(ReadingInspectView):
    """One refused address, and the button that lets it have mail again."""

    template_name = "notifications/admin/suppression.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["can_lift"] = self.request.user.has_perm("notifications.change_suppression")
        context["lift_url"] = reverse(self.model.snippet_viewset.get_url_name("lift"), args=[self.object.pk])
        return context


class SuppressionViewSet(ReadingViewSet):
    """Addresses that mail servers refused for good."""

    model = Suppression
    icon = "no-view"
    menu_label = _("Refused addresses")
    menu_name = "refused"
    list_display = ["email", "reason", MomentColumn(Suppression, "created_at")]
    search_fields = ["email", "reason"]
    inspect_view_class = SuppressionInspectView
    inspect_view_fields = ["email", "reason", "created_at", "tried_at"]

    def get_urlpatterns(self) -> list[URLPattern]:
        return [*super().get_urlpatterns(), path("lift/<int:pk>/", require_POST(self.lift), name="lift")]

    def lift(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Let an address have mail again; pressed twice, it is off the list already."""
        self.may_change(request)
        row = Suppression.objects.filter(pk=pk).first()
        if row is not None:
            suppression.lift(row.email)
        messages.success(request, gettext("Mail goes to that address again."))
        return HttpResponseRedirect(reverse(self.get_url_name("list")))


class MailGroup(SnippetViewSetGroup):
    """The menu entry that holds all of them."""

    items = (MessageViewSet, SubscriptionViewSet, SuppressionViewSet)
    menu_icon = "mail"
    menu_label = _("Mail")
    menu_name = "mail"
    menu_order = 700


register_snippet(MailGroup)
