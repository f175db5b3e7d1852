"""To whom the centre writes, and what."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from i18nfield.forms import I18nFormField

from calls.chain.models import Call
from consortia.coverage.coverage import asked_for
from consortia.interest.forms import TermsField
from consortia.interest.models import Interest
from consortia.staff.writing import Selection, Words
from hub.languages.names import language_name
from hub.languages.widgets import LabelledTextarea, LabelledTextInput
from hub.vocabularies.models import Term

_LONGEST_SUBJECT, _LONGEST_TEXT = 120, 5_000


class WriteForm(forms.Form):
    """A selection of the interested, and the words in each language that they read."""

    role = forms.MultipleChoiceField(
        label=_("Role"),
        choices=lambda: [(value, capfirst(label)) for value, label in Interest.Role.choices],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Nothing ticked means all."),
    )
    tracks = TermsField(label=_("Action tracks"), required=False, help_text=_("Those that contribute to one of these."))
    sector = TermsField(label=_("Sectors"), required=False)
    # Made once per mail, so that the same mail sent twice reaches nobody twice.
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, call: Call, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial={"key": uuid4().hex} | (initial or {}))
        self.call = call
        fields: dict[str, Any] = self.fields
        fields["tracks"].queryset = asked_for(call)
        fields["sector"].queryset = Term.objects.of("sector")
        # Which languages are needed depends on who is chosen.
        free = {"required": False, "require_all_fields": False}
        fields["subject"] = I18nFormField(label=_("Subject"), widget=LabelledTextInput, **free)
        fields["text"] = I18nFormField(
            label=_("Text"),
            help_text=_("Above it stands the name of the call, below it a link to its page."),
            widget=LabelledTextarea,
            widget_kwargs={"attrs": {"rows": 8}},
            **free,
        )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        languages = self.selection.languages
        if not languages:
            raise forms.ValidationError(gettext("Nobody matches. Choose fewer conditions."))
        for name, longest in (("subject", _LONGEST_SUBJECT), ("text", _LONGEST_TEXT)):
            self._check(name, languages, longest)
        return cleaned

    def _check(self, name: str, languages: list[str], longest: int) -> None:
        words = self.words(name)
        missing = [language_name(code) for code in languages if not words.get(code)]
        if missing:
            said = gettext("There are receivers who read these languages: %(languages)s.")
            self.add_error(name, said % {"languages": ", ".join(missing)})
        if any(len(text) > longest for text in words.values()):
            self.add_error(name, gettext("At most %(number)d characters in each language.") % {"number": longest})

    def words(self, name: str) -> Words:
        """By language, without what was left empty."""
        data = getattr(self.cleaned_data[name], "data", None) or {}
        return {code: text.strip() for code, text in data.items() if text and text.strip()}

    @property
    def selection(self) -> Selection:
        chosen = self.cleaned_data
        return Selection(self.call, chosen["role"], list(chosen["tracks"]), list(chosen["sector"]))
