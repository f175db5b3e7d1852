"""Who follows what, and who cannot be reached, in the admin."""

from collections import OrderedDict
from collections.abc import Iterable
from typing import Any

import django_filters
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, Table

from accounts.menu.groups import MAIL
from accounts.records.readonly_admin import RecordIndexView
from notifications.admin.mail_lists import (
    LanguageColumn,
    MailInspectView,
    MailViewSet,
    MomentColumn,
    written_language,
)
from notifications.following import subscribing
from notifications.outbox import suppression
from notifications.outbox.models import Suppression
from notifications.subscriptions import offsets, topics
from notifications.subscriptions.models import Subscription


def _names(keys: Iterable[str]) -> dict[str, str]:
    """What topics are called; the key itself where there is no such thing any more."""
    keys = list(keys)
    found = topics.resolve_all(keys, get_language() or settings.LANGUAGE_CODE)
    return {key: found[key].title if key in found else key for key in keys}


def _topics() -> list[tuple[str, str]]:
    """All that is followed, by name."""
    names = _names(Subscription.objects.order_by().values_list("topic", flat=True).distinct())
    return sorted(names.items(), key=lambda choice: choice[1].casefold())


class SubscriptionFilters(WagtailFilterSet):
    """Which followers the list shows."""

    status = django_filters.ChoiceFilter(label=_("Status"), choices=Subscription.Status.choices)
    topic = django_filters.ChoiceFilter(label=_("Topic"), choices=lambda: _topics())

    class Meta:
        model = Subscription
        fields = ["status", "topic"]


class SubscriptionIndexView(RecordIndexView):
    """The list of followers, which names what they follow as a visitor would read it."""

    def get_table(self, object_list: Iterable[Subscription]) -> Table:
        rows = list(object_list)
        names = _names({row.topic for row in rows})
        for row in rows:
            row.followed = names[row.topic]  # type: ignore[attr-defined]  # for the column
        return super().get_table(rows)

    def to_row_dict(self, item: Subscription) -> "OrderedDict[str, Any]":
        row: OrderedDict[str, Any] = super().to_row_dict(item)
        row["topic"] = self._named(item.topic)
        row["offsets"] = [offsets.label(hours) for hours in item.offsets]
        return row

    def _named(self, key: str) -> str:
        """What a topic is called; those of a download are looked up once each."""
        if key not in self._names:
            self._names |= _names([key])
        return self._names[key]

    @cached_property
    def _names(self) -> dict[str, str]:
        return {}


class SubscriptionInspectView(MailInspectView):
    """One follower with the proof of consent, and the button that stops the mails on request."""

    template_name = "notifications/admin/subscription.html"

    def get_field_display_value(self, field_name: str, field: Any) -> Any:
        follower: Subscription = self.object
        told = {
            "topic": lambda: _names([follower.topic])[follower.topic],
            "language": lambda: written_language(follower.language),
            "offsets": lambda: ", ".join(offsets.label(hours) for hours in follower.offsets),
        }
        return told[field_name]() if field_name in told else super().get_field_display_value(field_name, field)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["can_stop"] = self.object.status != Subscription.Status.STOPPED
        context["stop_url"] = reverse(self.model.snippet_viewset.get_url_name("stop"), args=[self.object.pk])
        return context


class SubscriptionViewSet(MailViewSet):
    """Who follows what."""

    model = Subscription
    icon = "user"
    menu_label = _("Followers")
    menu_name = "followers"
    menu_hook = MAIL.hook
    menu_order = 2
    index_view_class = SubscriptionIndexView
    list_display = [
        "email",
        Column("followed", label=_("Topic")),
        LanguageColumn("language", label=_("Language"), sort_key="language"),
        "status",
        MomentColumn(Subscription, "confirmed_at"),
    ]
    list_export = ["email", "topic", "offsets", "language", "status", "created_at", "confirmed_at", "stopped_at"]
    export_filename = "followers"
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


class SuppressionInspectView(MailInspectView):
    """One refused address, and the button that lets it have mail again."""

    template_name = "notifications/admin/suppression.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["can_lift"] = self.request.user.has_perm("notifications.change_suppression")
        context["lift_url"] = reverse(self.model.snippet_viewset.get_url_name("lift"), args=[self.object.pk])
        return context


class SuppressionIndexView(RecordIndexView):
    """The list, of which several can be taken off at once."""

    has_bulk_actions = True


class SuppressionViewSet(MailViewSet):
    """Addresses that mail servers refused for good."""

    model = Suppression
    icon = "no-view"
    menu_label = _("Refused addresses")
    menu_name = "refused"
    menu_hook = MAIL.hook
    menu_order = 3
    index_view_class = SuppressionIndexView
    list_display = ["email", "reason", MomentColumn(Suppression, "created_at")]
    list_export = ["email", "reason", "created_at", "tried_at"]
    export_filename = "refused-addresses"
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
