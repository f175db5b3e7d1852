"""What the address of the agenda may ask for."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.agenda import ways
from hub.languages.names import language_name
from hub.search.faceted_list import KnownTermsField
from hub.search.full_text import WordsField
from hub.vocabularies.models import Term

LIST, MONTH = "list", "month"
COMING, PAST = "coming", "past"
LONGEST_WORDS = 100
_MONTH = re.compile(r"(?P<year>\d{4})-(?P<month>\d{2})")
_YEARS = range(1900, 2201)


class MonthField(forms.Field):
    """A month as an address carries it (2027-03); whatever is none is the one that we have in Brussels."""

    def to_python(self, value: Any) -> date:
        """Its first day."""
        found = _MONTH.fullmatch(str(value or "").strip())
        year, month = (int(found["year"]), int(found["month"])) if found else (0, 0)
        if year in _YEARS and 1 <= month <= 12:  # a year's months
            return date(year, month, 1)
        return timezone.localdate().replace(day=1)

    def validate(self, value: Any) -> None:
        """There is nothing to refuse."""

    def run_validators(self, value: Any) -> None:
        """Nor here."""


class AgendaForm(forms.Form):
    """The filters of the agenda; always valid."""

    q = WordsField(required=False, longest=LONGEST_WORDS, label=_("Search events"))
    when = KnownTermsField(required=False, label=_("When"), choices=[(COMING, _("Coming")), (PAST, _("Past"))])
    way = KnownTermsField(required=False, label=_("How to take part"), choices=list(ways.LABELS.items()))
    track = KnownTermsField(required=False, label=_("Action track"))
    language = KnownTermsField(required=False, label=_("Language"))
    view = KnownTermsField(required=False, choices=[(LIST, LIST), (MONTH, MONTH)])
    month = MonthField(required=False)

    def __init__(self, data: QueryDict, tracks: Iterable[Term]) -> None:
        super().__init__(data)
        languages = [(code, language_name(code)) for code, _name in settings.LANGUAGES]
        self._offer("track", [(term.code, str(term.label)) for term in tracks])
        self._offer("language", languages)

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]  # a choice field


# A month shows what is in it, past or not.
FACETS = ("when", "way", "track", "language")
