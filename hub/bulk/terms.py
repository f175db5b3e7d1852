"""The form of actions that describe many things with one term more or less."""

from typing import Any

from django import forms
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
