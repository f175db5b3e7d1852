"""What the forms for a call's criteria and for the parts of a proposal have in common."""

import json
from typing import Any

from django import forms
from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from i18nfield.forms import I18nFormField
from i18nfield.strings import LazyI18nString

from consortia.consortium.stale import StaleForm
from hub.languages.names import language_name
from hub.languages.widgets import LabelledTextarea, LabelledTextInput

_LONGEST_TITLE, _LONGEST_GUIDANCE = 120, 2000


class OrderedForm(StaleForm):
    """Title and guidance in each language of the portal, a place in the order, and what was read of it all."""

    use_required_attribute = True

    position = forms.IntegerField(label=_("Place in the order"), min_value=1, max_value=99, required=False)
    # The row as it was read.
    seen = forms.JSONField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any, *, guides: Promise | str, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        free: dict[str, Any] = {"required": False, "require_all_fields": False}
        self.fields["title"] = I18nFormField(label=_("Title"), widget=LabelledTextInput, **free)
        self.fields["guidance"] = I18nFormField(label=_("Guidance"), help_text=guides, widget=LabelledTextarea, **free)

    def clean_title(self) -> LazyI18nString:
        words = _words(self.cleaned_data["title"], longest=_LONGEST_TITLE)
        missing = [language_name(code) for code, _name in settings.LANGUAGES if code not in words]
        if missing:
            said = gettext("Write the title in these languages, too: %(languages)s.")
            raise forms.ValidationError(said % {"languages": ", ".join(missing)}, code="languages")
        return LazyI18nString(words)

    def clean_guidance(self) -> LazyI18nString:
        return LazyI18nString(_words(self.cleaned_data["guidance"], longest=_LONGEST_GUIDANCE))

    def said(self, *names: str) -> dict[str, Any]:
        """These as they shall be; the place only where one was given."""
        position = self.cleaned_data.get("position")
        return {name: self.cleaned_data[name] for name in names} | ({"position": position} if position else {})

    def tell_changed(self, stands: dict[str, Any]) -> None:
        """Somebody else changed it: sent once more, this takes the place of what `stands`."""
        self.add_error(None, gettext("Somebody changed it meanwhile. Nothing was saved; save again to use yours."))
        self.show_again(json.dumps(stands))


def _words(typed: Any, *, longest: int) -> dict[str, str]:
    data = getattr(typed, "data", None) or {}
    words = {code: text.strip() for code, text in data.items() if text and text.strip()}
    if any(len(text) > longest for text in words.values()):
        said = gettext("At most %(number)d characters in each language.")
        raise forms.ValidationError(said % {"number": longest}, code="long")
    return words
