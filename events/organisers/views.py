"""What keeps a screen of the admin to the rows that somebody may see."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from events.organisers import rights
from hub.languages.choosers import FactsChooserViewSet


class OfOwnEvents:
    """For a view of Wagtail's about one row: it is shown to who may view this very row."""

    any_permission_required = ("add", "change", "delete", "view")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        policy, row = self.permission_policy, self.object  # type: ignore[attr-defined]  # Wagtail's
        if not policy.user_has_any_permission_for_instance(request.user, self.any_permission_required, row):
            raise PermissionDenied
        answer: HttpResponse = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        return answer


class OwnRows:
    """For a view of a chooser: it offers and returns only rows that somebody may see."""

    event = ""

    def get_object_list(self) -> Any:
        return rights.own(super().get_object_list(), self.request.user, event=self.event)  # type: ignore[misc, attr-defined]

    def get_object(self, pk: Any) -> Any:
        rows = self.model_class.objects.filter(pk=pk)  # type: ignore[attr-defined]
        return rights.own(rows, self.request.user, event=self.event).get()  # type: ignore[attr-defined]

    def get_objects(self, pks: Any) -> Any:
        return rights.own(super().get_objects(pks), self.request.user, event=self.event)  # type: ignore[misc, attr-defined]


def _keeping(view: type, event: str) -> type:
    return type(f"Own{view.__name__}", (OwnRows, view), {"event": event})


class OwnChooserViewSet(FactsChooserViewSet):
    """A chooser of events: an organiser finds theirs."""

    choose_view_class = _keeping(FactsChooserViewSet.choose_view_class, "")
    choose_results_view_class = _keeping(FactsChooserViewSet.choose_results_view_class, "")
    chosen_view_class = _keeping(FactsChooserViewSet.chosen_view_class, "")
    chosen_multiple_view_class = _keeping(FactsChooserViewSet.chosen_multiple_view_class, "")


class OwnSeatChooserViewSet(FactsChooserViewSet):
    """A chooser of sign-ups, which Wagtail makes for every list: it, too, offers only what somebody may see."""

    choose_view_class = _keeping(FactsChooserViewSet.choose_view_class, "event")
    choose_results_view_class = _keeping(FactsChooserViewSet.choose_results_view_class, "event")
    chosen_view_class = _keeping(FactsChooserViewSet.chosen_view_class, "event")
    chosen_multiple_view_class = _keeping(FactsChooserViewSet.chosen_multiple_view_class, "event")
