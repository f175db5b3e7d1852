"""What stands for and against the answer of a note: paragraphs, and blocks that cite a record of the portal."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock

from learning.notes.choosing import FIGURES

MOST_BLOCKS = 12
_FIGURE: Any = FIGURES.get_block_class()


class FigureChooserBlock(_FIGURE):
    """Chooses one; migrations know it as one of Wagtail's, so that they import nothing of ours."""

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return "wagtail.snippets.blocks.SnippetChooserBlock", ["practices.PracticeFigure"], self._constructor_args[1]


def _says() -> blocks.TextBlock:
    return blocks.TextBlock(
        label=_("what it shows"),
        required=False,
        max_length=400,
        rows=3,
        help_text=_("In your words. What the record itself says is kept as it stands when the note is published."),
    )


class PracticeBlock(blocks.StructBlock):
    """A practice, as it was described then."""

    record = SnippetChooserBlock("practices.Practice", label=_("practice"))
    says = _says()

    class Meta:
        icon = "clipboard-list"
        label = _("practice")
        description = _("Cites a practice of the library")


class FigureBlock(blocks.StructBlock):
    """A result in figures of a practice, as it stood then."""

    record = FigureChooserBlock(label=_("figure"))
    says = _says()

    class Meta:
        icon = "order"
        label = _("figure of a practice")
        description = _("Cites a result in figures")


class ReuseBlock(blocks.StructBlock):
    """A report of reuse, in the version that was shown then."""

    record = SnippetChooserBlock("practices.Reuse", label=_("report of reuse"))
    says = _says()

    class Meta:
        icon = "repeat"
        label = _("report of reuse")
        description = _("Cites what became of a practice elsewhere")


class ArgumentBlock(blocks.StreamBlock):
    """One side of the argument."""

    text = blocks.TextBlock(icon="pilcrow", label=_("text"), description=_("A paragraph"), max_length=1200, rows=4)
    practice = PracticeBlock()
    figure = FigureBlock()
    reuse = ReuseBlock()

    class Meta:
        max_num = MOST_BLOCKS
