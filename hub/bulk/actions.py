"""What the buttons below a list of the admin have in common: each leads to a page that says what will happen."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.messages import button, render
from wagtail.snippets.bulk_actions.snippet_bulk_action import SnippetBulkAction

from accounts.users.models import User

# Each thing costs some forty queries: more than this would keep people waiting.
MOST = 200
# So many links to histories stand with what was done.
MOST_HISTORIES = 3


class ConfirmedAction(SnippetBulkAction):
    """Who may, for which things it makes sense, and at most how many at once; `models` names their one model."""

    models: list[Any]
    # Set when it is done; `changed` by actions that leave some of them as they are.
    acted_on: list[Any]
    changed: tuple[Any, ...] = ()
    template_name = "hub/admin/bulk.html"
    button = _("Yes, do it")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.may_open(request.user):
            raise PermissionDenied
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response

    @cached_property
    def user(self) -> User:
        """Staff: the admin lets nobody else in."""
        user: User = self.request.user
        return user

    def may_open(self, user: Any) -> bool:
        """Whether this person gets to the page at all; `reasons` says to which things it cannot be done."""
        raise NotImplementedError

    def sentence(self, number: int) -> str:
        """What will happen, and to how many."""
        raise NotImplementedError

    def done(self, number: int) -> str:
        """What happened, and to how many."""
        raise NotImplementedError

    def change(self, things: list[Any]) -> int:
        """Does it, and says to how many it made a difference."""
        raise NotImplementedError

    def reasons(self, things: list[Any]) -> dict[int, str]:
        """Why not, for each thing to which it cannot be done."""
        raise NotImplementedError

    def read(self, chosen: "QuerySet[Any]") -> list[Any]:
        """The things with all that the verb and the reasons ask of them."""
        return list(chosen)

    @cached_property
    def keys(self) -> list[int]:
        """The things that were chosen: those that were ticked, or all that the list shows with its filters."""
        given = self.request.GET.getlist("id")
        if "all" in given:
            view = self._model.snippet_viewset.index_view
            listing = view.view_class(**view.view_initkwargs)
            listing.setup(self.request)
            return list(listing.get_queryset().values_list("pk", flat=True)[: MOST + 1])
        ticked = {int(key) for key in given if key.isascii() and key.isdigit() and len(key) < 19}
        return sorted(self._model._default_manager.filter(pk__in=ticked).values_list("pk", flat=True))

    @property
    def too_many(self) -> bool:
        """Whether one go takes so many."""
        return len(self.keys) > MOST

    def judged(self, *, lock: bool = False) -> tuple[list[Any], list[tuple[Any, str]]]:
        """Those to which it can be done, and the others with the reason."""
        if self.too_many:
            return [], []
        chosen = self._model._default_manager.filter(pk__in=self.keys).order_by("pk")
        if lock:
            list(chosen.select_for_update().values_list("pk", flat=True))
        things = self.read(chosen)
        reasons = self.reasons(things)
        able = [each for each in things if each.pk not in reasons]
        return able, [(each, reasons[each.pk]) for each in things if each.pk in reasons]

    def get_actionable_objects(self) -> tuple[list[Any], dict[str, Any]]:
        able, left_out = self.judged()
        return able, {"items_with_no_access": [], "left_out": left_out}

    def object_context(self, thing: Model) -> dict[str, Any]:
        edit = self._model.snippet_viewset.get_url_name("edit")
        return {"item": thing, "edit_url": reverse(edit, args=[thing.pk])}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        sentence = self.sentence(len(context["items"]))
        return context | {"action": self, "sentence": sentence, "most": MOST, "next": self.next_url}

    def prepare_action(self, objects: list[Any], objects_without_access: Any) -> HttpResponseBase | None:
        """Goes back where there is nothing to do, as when the form comes a second time."""
        if objects:
            return None
        messages.warning(self.request, gettext("There is none to which this can be done."))
        return redirect(self.next_url)

    def download(self, export: Callable[..., HttpResponseBase], chosen: "QuerySet[Any]") -> HttpResponseBase:
        """For actions that change nothing: the file that `export` makes of these in the format of the form."""
        try:
            return export(chosen, self.cleaned_form.cleaned_data["kind"], to=self.user)
        except ValidationError as error:
            messages.error(self.request, " ".join(error.messages))
            return redirect(self.next_url)

    @classmethod
    def execute_action(cls, objects: list[Any], **kwargs: Any) -> tuple[int, int]:
        """In one transaction, with nobody else changing the things; they may have changed since the page."""
        action: ConfirmedAction = kwargs["self"]
        able, left_out = action.judged(lock=True)
        action.acted_on = able
        return action.change(able), len(left_out)

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str:
        """What happened, with the way to the history of the first few, from which changes are taken back."""
        url_name = self._model.snippet_viewset.get_url_name("history")
        shown = (self.changed or self.acted_on)[:MOST_HISTORIES] if num_parent_objects else []
        said = gettext("History of “%(name)s”")
        buttons = [button(reverse(url_name, args=[each.pk]), said % {"name": each}) for each in shown]
        message: str = render(self.done(num_parent_objects), buttons)
        return message

    @property
    def _model(self) -> Any:
        (model,) = self.models
        return model
