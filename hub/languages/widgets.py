"""Fields with one box per language, in the admin: each box says which language it is for."""

from typing import Any

from django.forms import Textarea, TextInput
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language_info
from i18nfield.fields import I18nCharField, I18nTextField
from i18nfield.forms import I18nWidget
from wagtail.admin.compare import TextFieldComparison, register_comparison_class
from wagtail.admin.forms.models import register_form_field_override


class LabelledLanguages(I18nWidget):
    """Puts the name of its language before each box; a placeholder alone is gone once somebody types."""

    def __init__(self, locales: list[str], field: Any, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(locales, field, {"placeholder": ""} | (attrs or {}))

    def format_output(self, rendered_widgets: list[str], id_: str) -> SafeString:
        rows = (
            (f"{id_}_{self.locales.index(code)}", get_language_info(code)["name_translated"], mark_safe(box))  # noqa: S308  # rendered by Django
            for code, box in zip(self.enabled_locales, rendered_widgets, strict=True)
        )
        boxes = format_html_join("", '<label for="{}">{}</label>{}', rows)
        return format_html('<div class="languages-input" id="{}" role="group">{}</div>', id_, boxes)


class LabelledTextInput(LabelledLanguages):
    """One line per language."""

    widget = TextInput


class LabelledTextarea(LabelledLanguages):
    """A few lines per language."""

    widget = Textarea

    def __init__(self, locales: list[str], field: Any, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(locales, field, {"rows": 3} | (attrs or {}))


class LanguagesComparison(TextFieldComparison):
    """What differs between two versions, language by language."""

    def __init__(self, field: Any, obj_a: Any, obj_b: Any) -> None:
        super().__init__(field, obj_a, obj_b)
        self.val_a: str = _told(field.value_from_object(obj_a))
        self.val_b: str = _told(field.value_from_object(obj_b))


def _told(text: Any) -> str:
    data = getattr(text, "data", text)
    if not isinstance(data, dict):
        return str(data or "")
    return " · ".join(f"{code.upper()}: {words}" for code, words in sorted(data.items()) if words)


def use_in_admin() -> None:
    """Called once when Django starts, before any form of the admin is made."""
    for field in (I18nCharField, I18nTextField):
        register_comparison_class(field, comparison_class=LanguagesComparison)
    register_form_field_override(I18nCharField, override={"widget": LabelledTextInput})
    register_form_field_override(I18nTextField, override={"widget": LabelledTextarea})
