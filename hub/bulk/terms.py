"""The form of actions that describe many things with one term more or less."""

from typing import Any

from django import forms
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from hub.vocabularies.models import Term, Vocabulary

OFFERED = (Vocabulary.THEME, Vocabulary.TRACK)


class TermForm(forms.Form):
    """Which theme or action track."""

    term = forms.TypedChoiceField(label=_("Theme or action track"), coerce=int)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["term"]
        known = list(Term.objects.filter(vocabulary__in=OFFERED))
        field.choices = [
            # None is taken for chosen because it comes first.
            ("", "---------"),
            *(
                (str(each.label), [(term.pk, str(term)) for term in known if term.vocabulary == each])
                for each in OFFERED
            ),
        ]

    @property
    def chosen(self) -> Term:
        """The term itself."""
        return Term.objects.get(pk=self.cleaned_data["term"])


def added(term: Term, number: int, *, chosen: int) -> str:
    """What happened to those that were chosen: to how many of them the term was new."""
    if not number:
        return gettext("Nothing changed: all of them had “%(term)s” already.") % {"term": term}
    if number < chosen:
        said = gettext("“%(term)s” added to %(number)d of %(all)d; the others had it already.")
        return said % {"term": term, "number": number, "all": chosen}
    return ngettext(
        "“%(term)s” added to the one that was chosen.", "“%(term)s” added to all %(number)d that were chosen.", number
    ) % {"term": term, "number": number}


def removed(term: Term, number: int, *, chosen: int) -> str:
    """What happened to those that were chosen: how many of them had the term."""
    if not number:
        return gettext("Nothing changed: none of them had “%(term)s”.") % {"term": term}
    if number < chosen:
        said = gettext("“%(term)s” removed from %(number)d of %(all)d; the others did not have it.")
        return said % {"term": term, "number": number, "all": chosen}
    return ngettext(
        "“%(term)s” removed from the one that was chosen.",
        "“%(term)s” removed from all %(number)d that were chosen.",
        number,
    ) % {"term": term, "number": number}
