"""The newsletter in the admin: compose an issue, see it in each language, try it, send it, see the figures."""

from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import get_language, get_language_info, gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, HelpPanel, InlinePanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import CreateView, InspectView

from accounts.menu.groups import MAIL
from accounts.users.models import User
from hub.dates import brussels
from hub.facts.readonly_admin import MOMENT
from hub.facts.views import FactEditView
from hub.facts.viewset import FactViewSet
from hub.languages.names import language_name
from hub.newsletter import choice, issues
from hub.newsletter.models import Digest, DigestItem
from notifications.outbox.statistics import figures

Choices = list[tuple[str | Promise, list[tuple[str, str]]]]


class DigestItemForm(WagtailAdminModelForm):
    """One thing in an issue, chosen from what is offered."""

    what = forms.ChoiceField(label=_("What"))

    class Meta(WagtailAdminModelForm.Meta):
        model = DigestItem
        fields = ["what"]

    def __init__(self, *args: Any, item_choices: Choices | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["what"].choices = item_choices or []


class ItemsPanel(InlinePanel):
    """The things of an issue in their order."""

    def get_form_options(self) -> dict[str, Any]:
        options: dict[str, Any] = super().get_form_options()
        options["formsets"][self.relation_name] |= {"form": DigestItemForm, "inherit_kwargs": ["item_choices"]}
        return options


class DigestForm(WagtailAdminModelForm):
    """An issue. What its readers were not told yet is offered first, then everything else that is public."""

    @staticmethod
    def words_for(stored: list[str]) -> list[tuple[str, str]]:
        """What items are called, for the history."""
        items = [each for each in dict.fromkeys(stored) if each.partition(":")[0] in issues.sources()]
        return issues.named(items, get_language() or settings.LANGUAGE_CODE)

    languages = forms.MultipleChoiceField(label=_("Languages"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        instance = kwargs.get("instance")
        self.item_choices = _item_choices(instance)
        super().__init__(*args, **kwargs)
        languages = self.fields["languages"]
        languages.choices = settings.LANGUAGES
        languages.help_text = Digest._meta.get_field("languages").help_text

    def save(self, commit: bool = True) -> Digest:  # Django's signature
        if not self.instance.pk:
            languages = self.cleaned_data["languages"]
            self.instance.since = choice.since_for(self.instance.period, languages, timezone.now())
        digest: Digest = super().save(commit=commit)
        return digest


def _item_choices(digest: Digest | None) -> Choices:
    """What can be chosen in the form, and what was chosen before even if it is no longer offered."""
    words_in = get_language() or settings.LANGUAGE_CODE
    if digest is not None and digest.pk:
        since, languages, chosen = digest.since, digest.languages, [item.what for item in digest.items.all()]
    else:
        languages = [code for code, _name in settings.LANGUAGES]
        since, chosen = choice.since_for(Digest.Period.MONTHLY, languages, timezone.now()), []
    new, others = choice.choices(since, languages, chosen, words_in)
    groups: Choices = [(_("New"), new), (_("Older, or told before"), others)]
    return [(label, things) for label, things in groups if things]


class DigestCreateView(CreateView):
    """A new issue holds what is new, the very first one the latest things; staff take out, add and order."""

    def save_instance(self) -> Digest:
        with transaction.atomic():
            digest: Digest = super().save_instance()
            if not digest.items.exists():
                words_in = get_language() or settings.LANGUAGE_CODE
                first = choice.start_with(digest.since, digest.languages, words_in)
                rows = (DigestItem(digest=digest, what=what, sort_order=at) for at, what in enumerate(first))
                DigestItem.objects.bulk_create(rows)
        return digest

    def get_success_url(self) -> str:
        return reverse(Digest.snippet_viewset.get_url_name("edit"), args=[self.object.pk])


class DigestEditView(FactEditView):
    """Until it is sent an issue can be changed; afterwards it is what it was."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if self.object.sent_at:  # what was being sent when the button was pressed has been waited for
            return HttpResponseRedirect(_inspect_url(self.object))
        return super().dispatch(request, *args, **kwargs)

    def get_success_url(self) -> str:
        return _inspect_url(self.object)


class DigestInspectView(InspectView):
    """An issue as its receivers read it; from here it is tried and sent."""

    def get_field_display_value(self, field_name: str, field: Any) -> Any:
        """Times as clocks in Brussels show them, languages by their names."""
        value = getattr(self.object, field_name)
        if field_name == "languages":
            return ", ".join(language_name(code) for code in value)
        if isinstance(value, datetime) or field_name == "sent_at":
            return _moment(value)
        return super().get_field_display_value(field_name, field)

    template_name = "hub/admin/digest.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        digest: Digest = self.object
        viewset = Digest.snippet_viewset
        numbers = issues.receivers(digest)
        context["versions"] = [
            {
                "code": code,
                "name": get_language_info(code)["name_translated"],
                "receivers": numbers[code],
                "rendered": digest.rendered(code),
            }
            for code in digest.languages
        ]
        context["total"] = sum(numbers.values())
        context["left_out"] = issues.left_out(digest)
        context["figures"] = figures([f"digest:{digest.pk}"])[f"digest:{digest.pk}"] if digest.sent_at else None
        context["is_empty"] = not digest.items.exists()
        may = self.permission_policy.user_has_permission(self.request.user, "change")
        context["can_send"] = may and not digest.sent_at
        for name in ("edit", "test", "send"):
            context[f"{name}_url"] = reverse(viewset.get_url_name(name), args=[digest.pk])
        return context


def _inspect_url(digest: Digest) -> str:
    return reverse(Digest.snippet_viewset.get_url_name("inspect"), args=[digest.pk])


def _moment(moment: datetime | None) -> str:
    return date_format(brussels.local(moment), MOMENT) if moment else gettext("not yet")


def _sent(digest: Digest) -> str:
    return _moment(digest.sent_at)


class DigestViewSet(FactViewSet):
    """Issues of the newsletter."""

    model = Digest
    icon = "mail"
    menu_label = _("Newsletter")
    menu_name = "newsletter"
    menu_hook = MAIL.hook
    menu_order = 4
    copy_view_enabled = False
    inspect_view_enabled = True
    inspect_view_fields = ["period", "languages", "since", "created_at", "sent_at"]
    add_view_class = DigestCreateView
    edit_view_class = DigestEditView
    inspect_view_class = DigestInspectView
    list_display = ["__str__", "period", Column("sent", label=_("Sent"), accessor=_sent)]
    edit_handler = ObjectList(
        [
            FieldPanel("period"),
            FieldPanel("languages"),
            FieldPanel("subject"),
            FieldPanel("introduction"),
            HelpPanel(
                _(
                    "A new issue starts with what its readers were not told yet; the first one with the latest things. "
                    "Everything else that is public can be chosen too."
                )
            ),
            HelpPanel(_("Saving leads to the page where you read it in each language, try it out and send it.")),
            ItemsPanel("items", heading=_("What it tells"), label=_("item"), panels=[FieldPanel("what")]),
        ],
        base_form_class=DigestForm,
    )

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            *super().get_urlpatterns(),
            path("test/<int:pk>/", require_POST(self.test), name="test"),
            path("send/<int:pk>/", require_POST(self.send), name="send"),
        ]

    def test(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Mail every language to whoever presses the button."""
        digest = self._changeable(request, pk)
        user: User = request.user  # type: ignore[assignment]  # the admin lets nobody else in
        issues.send_test(digest, user)
        messages.success(request, gettext("Each language is on its way to %(email)s.") % {"email": user.email})
        return HttpResponseRedirect(_inspect_url(digest))

    def send(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Send it to everyone, once however often the button is pressed."""
        digest = self._changeable(request, pk)
        queued = issues.send(digest.pk)
        if queued == 0:
            messages.warning(request, gettext("Nobody follows the newsletter in its languages yet; it was not sent."))
        elif queued is None:
            messages.warning(request, gettext("It was sent before, or there is nothing in it."))
        else:
            words = ngettext("It goes to %(count)d follower.", "It goes to %(count)d followers.", queued)
            messages.success(request, words % {"count": queued})
        return HttpResponseRedirect(_inspect_url(digest))

    def _changeable(self, request: HttpRequest, pk: int) -> Digest:
        if not self.permission_policy.user_has_permission(request.user, "change"):
            raise PermissionDenied
        return get_object_or_404(Digest, pk=pk)
