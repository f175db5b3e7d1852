"""The buttons below the outbox and the refused addresses: each leads to a page that says to how many it is done."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail.snippets.bulk_actions.snippet_bulk_action import SnippetBulkAction

from notifications.outbox import outbox, suppression
from notifications.outbox.models import Message, MessageQuerySet, Suppression


class MailBulkAction(SnippetBulkAction):
    """Counts first, asks, then does it to those that it still makes sense for: sent twice, it does nothing more."""

    template_name = "notifications/admin/bulk.html"
    models: list[type[Any]] = []
    button = _("Yes, do it")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm(f"notifications.change_{self.model._meta.model_name}"):
            raise PermissionDenied
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response

    def able(self, rows: Any) -> QuerySet[Any]:
        """Those of the chosen rows that it can be done to."""
        raise NotImplementedError

    def change(self, rows: Any) -> int:
        """Does it to these, and says to how many."""
        raise NotImplementedError

    def sentence(self, number: int) -> str:
        """What will happen, and to how many."""
        raise NotImplementedError

    def done(self, number: int) -> str:
        """What happened, and to how many."""
        raise NotImplementedError

    @cached_property
    def chosen(self) -> QuerySet[Any]:
        """The rows that were ticked, or all that the list shows with its filters."""
        given = self.request.GET.getlist("id")
        if "all" in given:
            view = self.model.snippet_viewset.index_view
            listing = view.view_class(**view.view_initkwargs)
            listing.setup(self.request)
            return self.model._default_manager.filter(pk__in=listing.get_queryset().order_by().values("pk"))
        ticked = {int(key) for key in given if key.isascii() and key.isdigit() and len(key) < 19}
        return self.model._default_manager.filter(pk__in=ticked)

    def get_actionable_objects(self) -> tuple[list[int], dict[str, Any]]:
        keys = list(self.able(self.chosen).values_list("pk", flat=True))
        return keys, {"items_with_no_access": [], "left_out": self.chosen.count() - len(keys)}

    def object_context(self, key: int) -> dict[str, Any]:
        return {"item": key}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"action": self, "sentence": self.sentence(len(context["items"])), "next": self.next_url}

    def prepare_action(self, objects: list[int], objects_without_access: Any) -> HttpResponseBase | None:
        """Goes back where there is nothing to do, as when the form comes a second time."""
        if objects:
            return None
        messages.warning(self.request, gettext("There is none to which this can be done."))
        return redirect(self.next_url)

    @classmethod
    def execute_action(cls, objects: list[int], **kwargs: Any) -> tuple[int, int]:
        action: MailBulkAction = kwargs["self"]
        return action.change(action.model._default_manager.filter(pk__in=objects)), 0

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str:
        return self.done(num_parent_objects)


class ResendAction(MailBulkAction):
    """Puts failed mails back into the queue."""

    models = [Message]
    display_name = _("Send again")
    action_type = "resend"
    aria_label = _("Send the chosen mails again")
    action_priority = 10

    def able(self, rows: MessageQuerySet) -> MessageQuerySet:
        return outbox.resendable(rows)

    def change(self, rows: MessageQuerySet) -> int:
        return outbox.resend_these(rows)

    def sentence(self, number: int) -> str:
        return ngettext("%(number)d mail will be sent again.", "%(number)d mails will be sent again.", number) % {
            "number": number
        }

    def done(self, number: int) -> str:
        return ngettext(
            "%(number)d mail is in the queue again.", "%(number)d mails are in the queue again.", number
        ) % {"number": number}


class LiftAction(MailBulkAction):
    """Lets addresses have mail again."""

    models = [Suppression]
    display_name = _("Send mail there again")
    action_type = "lift"
    aria_label = _("Let mail go to the chosen addresses again")
    action_priority = 10

    def able(self, rows: QuerySet[Suppression]) -> QuerySet[Suppression]:
        return rows

    def change(self, rows: QuerySet[Suppression]) -> int:
        return suppression.lift_these(rows)

    def sentence(self, number: int) -> str:
        return ngettext(
            "Mail will go to %(number)d address again.", "Mail will go to %(number)d addresses again.", number
        ) % {"number": number}

    def done(self, number: int) -> str:
        return ngettext(
            "Mail goes to %(number)d address again.", "Mail goes to %(number)d addresses again.", number
        ) % {"number": number}


ALL = [ResendAction, LiftAction]
