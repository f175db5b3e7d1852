"""How versions of a practice are compared where Wagtail knows less of it: terms by vocabulary, languages by name.

Wagtail's own page of comparisons uses these too.
"""

from functools import partial
from typing import Any

from wagtail.admin.compare import M2MFieldComparison, TextFieldComparison
from wagtail.admin.panels import FieldPanel

from hub.languages.names import language_name


class TermsComparison(M2MFieldComparison):
    """The terms of one vocabulary among all those that a practice has."""

    val_a: Any
    val_b: Any

    def __init__(self, field: Any, obj_a: Any, obj_b: Any, *, vocabulary: str, label: Any) -> None:
        super().__init__(field, obj_a, obj_b)
        self.label = label
        self.val_a, self.val_b = (
            sorted((term for term in terms if term.vocabulary == vocabulary), key=lambda term: (term.position, term.pk))
            for terms in (self.val_a, self.val_b)
        )

    def field_label(self) -> str:
        return str(self.label)


class TermsPanel(FieldPanel):
    """The list of one vocabulary; a field of the form and only a part of one of the model, which Wagtail would skip."""

    class BoundPanel(FieldPanel.BoundPanel):
        def get_comparison(self) -> list[Any]:
            terms = self.panel.model._meta.get_field("terms")
            return [partial(TermsComparison, terms, vocabulary=self.panel.field_name, label=self.panel.heading)]


class LanguageComparison(TextFieldComparison):
    """A language by its name."""

    val_a: Any
    val_b: Any

    def __init__(self, field: Any, obj_a: Any, obj_b: Any) -> None:
        super().__init__(field, obj_a, obj_b)
        self.val_a, self.val_b = (language_name(code) for code in (self.val_a, self.val_b))


class LanguagePanel(FieldPanel):
    """Where the code of a language is chosen."""

    def get_comparison_class(self) -> type[LanguageComparison]:
        return LanguageComparison
