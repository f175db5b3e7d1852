"""The buttons with which an editor chooses something speak the language of that editor."""

import pytest
from django.utils.translation import override
from wagtail.snippets.models import get_snippet_models

from accounts.records.readonly_admin import RecordViewSet
from learning.notes.blocks import PracticeBlock, ReuseBlock

# Rows that nothing is chosen from: no form has a field for one.
EDITED = [model for model in get_snippet_models() if not isinstance(model.snippet_viewset, RecordViewSet)]


def _texts(widget: object) -> list[str]:
    names = ("choose_one_text", "choose_another_text", "link_to_chosen_text")
    return [str(getattr(widget, name)) for name in names]


@pytest.mark.parametrize("model", EDITED, ids=lambda model: model._meta.label)
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
