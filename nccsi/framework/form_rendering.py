"""How all forms are drawn: with the portal's own templates, and without a browser's scissors."""

from typing import Any

from django.forms import BoundField, Widget
from django.forms.renderers import TemplatesSetting


class WholeField(BoundField):
    """A field that takes whatever is pasted: a browser cuts at `maxlength` without a word, the server says how long."""

    def build_widget_attrs(self, attrs: dict[str, Any], widget: Widget | None = None) -> dict[str, Any]:
        built: dict[str, Any] = super().build_widget_attrs(attrs, widget)
        if "maxlength" in (widget or self.field.widget).attrs:
            built["maxlength"] = False
        return built


class FormRenderer(TemplatesSetting):
    """Templates of the portal; fields as above."""

    bound_field_class = WholeField
