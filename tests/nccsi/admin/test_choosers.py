"""The buttons with which an editor chooses something speak the language of that editor."""

import pytest
from django.utils.translation import override
from wagtail.snippets.models import get_snippet_models

from accounts.records.readonly_admin import RecordChooserViewSet
from learning.notes.blocks import PracticeBlock, ReuseBlock

# Records of what people did are chosen in no form.
CHOSEN = [
    model
    for model in get_snippet_models()
    if not issubclass(model.snippet_viewset.chooser_viewset_class, RecordChooserViewSet)
]


def _texts(widget: object) -> list[str]:
    names = ("choose_one_text", "choose_another_text", "link_to_chosen_text")
    return [str(getattr(widget, name)) for name in names]


@pytest.mark.parametrize("model", CHOSEN, ids=lambda model: model._meta.label)
def test_of_each_fact(model: type) -> None:
    widget = model.snippet_viewset.chooser_viewset.widget_class  # type: ignore[attr-defined]  # Wagtail puts it there
    with override("en"):
        english = _texts(widget)
    with override("nl"):
        assert not set(english) & set(_texts(widget))


@pytest.mark.parametrize("block", [PracticeBlock, ReuseBlock])
def test_of_what_a_note_cites(block: type) -> None:
    widget = block().child_blocks["record"].widget
    with override("en"):
        english = _texts(widget)
    with override("nl"):
        assert not set(english) & set(_texts(widget))
