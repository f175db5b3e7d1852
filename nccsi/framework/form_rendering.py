"""How all forms are drawn: with the portal's own templates, without a browser's scissors, and with their own words."""

from typing import Any

from django import forms
from django.forms import BoundField, Widget
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext

GENERIC = forms.Field.default_error_messages["required"]


class WholeField(BoundField):
    """A field that takes whatever is pasted: a browser cuts at `maxlength` without a word, the server says how long.

    Left empty, it says what to do and names itself: in its own words where it has some, else quoting its label.
    """

    def __init__(self, form: forms.BaseForm, field: forms.Field, name: str) -> None:
        super().__init__(form, field, name)
        # Made before the form is checked; the field is this form's own copy.
        if form.is_bound and field.required and self.label and field.error_messages.get("required") is GENERIC:
            field.error_messages["required"] = self._left_empty()

    def _left_empty(self) -> str:
        if isinstance(self.field, forms.BooleanField):
            return gettext("Tick the box to go on.")
        label = {"label": self.label}
        if isinstance(self.field, forms.FileField):
            return gettext("Add a file under “%(label)s”.") % label
        if isinstance(self.field, (forms.ChoiceField, forms.ModelChoiceField)):
            return gettext("Make a choice under “%(label)s”.") % label
        return gettext("Fill in “%(label)s”.") % label

    def build_widget_attrs(self, attrs: dict[str, Any], widget: Widget | None = None) -> dict[str, Any]:
        built: dict[str, Any] = super().build_widget_attrs(attrs, widget)
        if "maxlength" in (widget or self.field.widget).attrs:
            built["maxlength"] = False
        return built


class FormRenderer(TemplatesSetting):
    """Templates of the portal; fields as above."""

    bound_field_class = WholeField
