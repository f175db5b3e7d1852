"""The forms of the logbook."""

from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hub.dates.brussels import local
from hub.dates.fields import DayInput
from hub.languages.names import language_name
from learning.questions import carried
from learning.questions.models import LONGEST_WHY, LONGEST_WORDS
from monitoring.indicators.models import Indicator
from monitoring.logbook.models import LONGEST, LogbookEntry, LogbookVersion
from monitoring.logbook.writing import Words

EARLIEST = date(1990, 1, 1)


def _languages() -> list[tuple[str, str]]:
    return [(code, language_name(code)) for code, _name in settings.LANGUAGES]


def _text(label: Any, help_text: Any = "", *, longest: int = LONGEST) -> forms.CharField:
    return forms.CharField(label=label, help_text=help_text, max_length=longest, widget=forms.Textarea({"rows": 5}))


def _indicators() -> list[tuple[str, str]]:
    return [(each.code, str(each)) for each in Indicator.objects.all()]


def _about(version: LogbookVersion | None) -> tuple[LogbookEntry, ...]:
    return (version.entry,) if version else ()


def _was(version: LogbookVersion | None) -> str:
    """The version that the form shows, as it carries it."""
    return carried.signed(version.number if version else 0, *_about(version))


class EntryForm(forms.Form):
    """An entry, or its next version; the form carries the version that it showed."""

    day = forms.DateField(label=gettext_lazy("Day"), help_text=gettext_lazy("When we saw it."), widget=DayInput)
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=_languages)
    assumed = _text(gettext_lazy("What we assumed"))
    happened = _text(gettext_lazy("What happened"))
    changes = _text(gettext_lazy("What we change"), gettext_lazy("Or why nothing changes."))
    about = forms.MultipleChoiceField(
        label=gettext_lazy("About which figures"),
        choices=_indicators,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    was = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, version: LogbookVersion | None, language: str) -> None:
        initial = {"day": local(timezone.now()).date(), "language": language, "was": _was(version)}
        self._entry = _about(version)
        if version:
            initial |= {name: getattr(version, name) for name in ("day", "language", "about", *TEXTS)}
        super().__init__(data, initial=initial)

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if day > local(timezone.now()).date():
            raise forms.ValidationError(_("This day is still to come."))
        if day < EARLIEST:
            raise forms.ValidationError(_("This day lies too far back. Look at the year."))
        return day

    def clean_was(self) -> int:
        number = carried.unsigned(self.cleaned_data["was"], *self._entry)
        if number is None:
            raise forms.ValidationError(_("Open this page anew."))
        return number

    @property
    def words(self) -> Words:
        """What the verb wants of it."""
        return Words(**{name: self.cleaned_data[name] for name in ("day", "language", "about", *TEXTS)})

    def upon(self, version: LogbookVersion) -> "EntryForm":
        """The same words once more, upon the version that stands now."""
        data: Any = self.data
        data = data.copy()
        data["was"] = _was(version)
        again = EntryForm(data, version=version, language=version.language)
        again.is_valid()
        return again


TEXTS = ("assumed", "happened", "changes")


class TakeOverForm(forms.Form):
    """The question as it would stand on the learning agenda."""

    words = forms.CharField(
        label=gettext_lazy("Question"),
        help_text=gettext_lazy("One sentence that ends with a question mark."),
        max_length=LONGEST_WORDS,
    )
    why = _text(
        gettext_lazy("Why it matters"),
        gettext_lazy("Everybody reads it once the question is accepted."),
        longest=LONGEST_WHY,
    )
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=_languages)
