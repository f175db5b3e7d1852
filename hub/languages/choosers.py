"""Choosers of snippets that speak the language of whoever chooses."""

from typing import Any, cast

from django.utils.functional import Promise, cached_property, lazy
from django.utils.translation import gettext
from wagtail.snippets.blocks import SnippetChooserBlock
from wagtail.snippets.views.chooser import SnippetChooserViewSet
from wagtail.snippets.widgets import AdminSnippetChooser

# Wagtail's own sentences, found in its catalogs: it puts them together at start-up, in the default language.
_CHOOSER_TEXTS = {
    "choose_one_text": "Choose %(object)s",
    "choose_another_text": "Choose another %(object)s",
    "link_to_chosen_text": "Edit this %(object)s",
}


def _say(text: str, **words: Any) -> str:
    return gettext(text) % words if words else gettext(text)


_say_later = lazy(_say, str)


class FactsChooserViewSet(SnippetChooserViewSet):
    """Lets an editor choose a fact, or make a new one where a subclass names its form."""

    page_title: Promise | str = _say_later("Choose")
    search_tab_label: Promise | str = _say_later("Search")
    create_action_label: Promise | str = _say_later("Create")

    @cached_property
    def widget_class(self) -> AdminSnippetChooser:
        return _speaking(AdminSnippetChooser(model=self.model, icon=self.icon))


class FactChooserBlock(SnippetChooserBlock):
    """Chooses a fact in a block; migrations know it as Wagtail's, so that they import nothing of ours."""

    @cached_property
    def widget(self) -> AdminSnippetChooser:
        return _speaking(super().widget)

    def deconstruct(self) -> tuple[str, Any, dict[str, Any]]:
        return "wagtail.snippets.blocks.SnippetChooserBlock", *self._constructor_args


def _speaking(widget: Any) -> AdminSnippetChooser:
    for name, text in _CHOOSER_TEXTS.items():
        setattr(widget, name, _say_later(text, object=widget.model._meta.verbose_name))
    return cast(AdminSnippetChooser, widget)
