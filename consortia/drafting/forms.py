"""What members fill in about a draft."""

from typing import Any
from uuid import uuid4

from django import forms
from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from accounts.public_forms.names import validate_name
from consortia.consortium.models import MOST_NAME, MOST_SUMMARY, Member
from consortia.consortium.stale import StaleForm
from consortia.coverage.coverage import asked_for
from hub.languages.names import language_name
from hub.languages.reading_order import languages_for


class SummaryField(forms.CharField):
    """A summary in one language. Of several at least one is needed, so none is called optional."""

    is_one_of_several = True


class WordsForm(StaleForm):
    """The name, and the summary in the languages that are wanted, the reader's own first."""

    # Stands in mail to organisations that never asked for it, and on receipts.
    name = forms.CharField(
        label=_("Name"),
        error_messages={"required": _("Enter a name for the consortium.")},
        max_length=MOST_NAME,
        validators=[validate_name],
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    # Made once for each draft, so that the form sent twice begins one.
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, data: Any = None, *, name: str = "", summary: dict[str, str] | None = None, seen: str = ""
    ) -> None:
        words = {f"summary_{code}": text for code, text in (summary or {}).items()}
        super().__init__(data, initial={"name": name, "seen": seen, "key": uuid4().hex, **words})
        own = {code for code, _name in settings.LANGUAGES}
        self.languages = [code for code in languages_for(get_language() or settings.LANGUAGE_CODE) if code in own]
        for code in self.languages:
            self.fields[f"summary_{code}"] = SummaryField(
                label=gettext("Summary in %(language)s") % {"language": language_name(code)},
                help_text=gettext("At least one language is needed; the others are up to you.")
                if code == self.languages[0]
                else "",
                required=False,
                max_length=MOST_SUMMARY,
                widget=forms.Textarea({"rows": 5, "lang": code}),
            )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not self.summary:
            self.add_error(f"summary_{self.languages[0]}", gettext("Write a summary in at least one language."))
        return cleaned

    @property
    def summary(self) -> dict[str, str]:
        """By language, without what was left empty; line ends as everywhere."""
        found = {code: self.cleaned_data.get(f"summary_{code}") or "" for code, _name in settings.LANGUAGES}
        return {code: text.replace("\r\n", "\n") for code, text in found.items() if text}


class PartForm(StaleForm):
    """What an organisation does in it."""

    role = forms.ChoiceField(
        label=_("Role"),
        error_messages={"required": _("Choose a role.")},
        choices=lambda: [(value, capfirst(label)) for value, label in Member.Role.choices],
        widget=forms.RadioSelect,
    )
    tracks: forms.ModelMultipleChoiceField = forms.ModelMultipleChoiceField(
        label=_("Action tracks"),
        queryset=None,
        to_field_name="code",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, member: Member, seen: str) -> None:
        codes = [track.code for track in member.tracks.all()]
        super().__init__(data, initial={"role": member.role, "tracks": codes, "seen": seen})
        self.fields["tracks"].queryset = asked_for(member.consortium.call)  # type: ignore[attr-defined]  # a choice
