"""How a visitor narrows the list of calls."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from calls.chain.standing import STATE_LABELS
from hub.vocabularies.models import Term, Vocabulary


class CallFilterForm(forms.Form):
    """Which calls to show; a value that does not exist is as good as none."""

    state = forms.ChoiceField(label=_("State"), required=False)
    programme = forms.ChoiceField(label=_("Programme"), required=False)
    track = forms.ChoiceField(label=_("Action track"), required=False)

    def __init__(self, *args: Any, programmes: Iterable[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tracks = Term.objects.public().of(Vocabulary.TRACK)
        self._offer("state", STATE_LABELS.items())
        self._offer("programme", [(name, name) for name in programmes])
        self._offer("track", [(term.code, str(term.label)) for term in tracks])

    def _offer(self, name: str, choices: Iterable[tuple[str, Any]]) -> None:
        self.fields[name].choices = [("", _("All")), *choices]  # type: ignore[attr-defined]

    def chosen(self) -> dict[str, str]:
        """The valid values; what is not valid counts as nothing."""
        self.is_valid()
        return {name: self.cleaned_data[name] for name in self.fields if self.cleaned_data.get(name)}
