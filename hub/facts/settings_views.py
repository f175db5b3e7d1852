"""The site's settings as facts: Wagtail's own screens for settings know no history."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from wagtail.contrib.settings.views import EditView, get_model_from_url_params

from hub.facts.history import FactHistoryView, TakeBackMixin
from hub.facts.views import FactFormMixin, View, holding


class SettingEditView(FactFormMixin, EditView):
    """A setting, at Wagtail's own address."""

    template_name = "hub/admin/fact_setting.html"

    def get_history_url(self) -> str:
        return reverse("hub_setting_history", args=[self.app_name, self.model_name, self.object.pk])


class SettingTakeBackView(TakeBackMixin, SettingEditView):
    """Takes back one change of a setting."""


class SettingHistoryView(FactHistoryView):
    """What happened to a setting."""

    any_permission_required = ["change"]
    history_url_name = history_results_url_name = "hub_setting_history"
    take_back_url_name = "hub_setting_take_back"

    def setup(self, request: HttpRequest, app_name: str, model_name: str, *args: Any, **kwargs: Any) -> None:
        self.names = [app_name, model_name]
        self.model = get_model_from_url_params(app_name, model_name)
        self.permission_policy = self.model.get_permission_policy()
        super().setup(request, *args, **kwargs)

    def get_edit_url(self, instance: Any) -> str:
        return reverse("wagtailsettings:edit", args=[*self.names, instance.pk])

    def get_history_url(self, instance: Any) -> str:
        return reverse("hub_setting_history", args=[*self.names, instance.pk])

    def get_history_results_url(self, instance: Any) -> str:
        return self.get_history_url(instance)

    def take_back_url(self, entry: Any) -> str:
        return reverse("hub_setting_take_back", args=[*self.names, self.object.pk, entry.pk])


def _held(view: View) -> View:
    def held(request: HttpRequest, app_name: str, model_name: str, **kwargs: Any) -> HttpResponse:
        model = get_model_from_url_params(app_name, model_name)
        return holding(model, view)(request, app_name=app_name, model_name=model_name, **kwargs)

    return held


def urlpatterns() -> list[URLPattern]:
    """In front of Wagtail's own: the first address that fits is taken."""
    setting = "settings/<slug:app_name>/<slug:model_name>/<int:pk>/"
    return [
        path(setting, _held(SettingEditView.as_view()), name="hub_setting_edit"),
        path(f"{setting}history/", SettingHistoryView.as_view(), name="hub_setting_history"),
        path(f"{setting}take-back/<int:entry>/", _held(SettingTakeBackView.as_view()), name="hub_setting_take_back"),
    ]
