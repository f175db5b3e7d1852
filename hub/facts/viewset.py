"""The screens of the admin for one kind of fact."""

from typing import Any

from django.urls import URLPattern, path
from wagtail.snippets.views.snippets import SnippetViewSet

from hub.facts.history import FactHistoryView, TakeBackMixin, WholeHistoryView
from hub.facts.views import FactEditView, View, holding
from hub.languages.choosers import FactsChooserViewSet


class HeldViewSet(SnippetViewSet):
    """Saves one after the other what two people save at once, and keeps all of it in the history."""

    history_view_class = WholeHistoryView
    chooser_viewset_class = FactsChooserViewSet

    @property
    def edit_view(self) -> View:
        return holding(self.model, super().edit_view)


class FactViewSet(HeldViewSet):
    """A list, forms in which no change of somebody else's is lost, a history from which changes are taken back."""

    edit_view_class = FactEditView
    edit_template_name = "hub/admin/fact.html"
    history_view_class = FactHistoryView

    @property
    def take_back_view(self) -> View:
        view_class = type("_TakeBackView", (TakeBackMixin, self.edit_view_class), {"view_name": "edit"})
        return holding(self.model, self.construct_view(view_class, **self.get_edit_view_kwargs()))

    def get_history_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        found: dict[str, Any] = super().get_history_view_kwargs(**kwargs)
        return found | {"take_back_url_name": self.get_url_name("take_back")}

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            *super().get_urlpatterns(),
            path("take-back/<str:pk>/<int:entry>/", self.take_back_view, name="take_back"),
        ]
