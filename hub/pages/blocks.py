"""The blocks that editors build pages with."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from accounts.privacy import keeping, runs

RICH_TEXT = ["bold", "italic", "link", "document-link", "ol", "ul", "h3", "h4"]


class FigureBlock(blocks.StructBlock):
    """A picture with the words that stand for it and the line below it."""

    image = ImageChooserBlock(label=_("picture"))
    alternative = blocks.CharBlock(
        label=_("text alternative"),
        required=False,
        help_text=_("Leave empty only for a decorative picture."),
    )
    caption = blocks.CharBlock(label=_("caption"), required=False)

    class Meta:
        icon = "image"
        label = _("picture")
        description = _("A picture with caption and text alternative")
        template = "hub/blocks/figure.html"


class QuoteBlock(blocks.StructBlock):
    """Somebody's words with their source."""

    text = blocks.TextBlock(label=_("quotation"))
    source = blocks.CharBlock(label=_("who said it"), required=False)

    class Meta:
        icon = "openquote"
        label = _("quotation")
        description = _("A quotation with its source")
        template = "hub/blocks/quote.html"


class DocumentListBlock(blocks.StructBlock):
    """Documents to download, each with its type and size."""

    heading = blocks.CharBlock(label=_("heading"), required=False)
    documents = blocks.ListBlock(DocumentChooserBlock(), label=_("documents"))

    class Meta:
        icon = "doc-full"
        label = _("documents")
        description = _("A list of documents with type and size")
        template = "hub/blocks/documents.html"


class FactBlock(blocks.StructBlock):
    """One line of a list of facts."""

    term = blocks.CharBlock(label=_("fact"))
    value = blocks.CharBlock(label=_("value"))


class FactListBlock(blocks.StructBlock):
    """Facts at a glance."""

    facts = blocks.ListBlock(FactBlock(), label=_("facts"))

    class Meta:
        icon = "list-ul"
        label = _("facts")
        description = _("A short list of facts, each with its value")
        template = "hub/blocks/facts.html"


class ActionBlock(blocks.StructBlock):
    """One button to a page or an address."""

    label = blocks.CharBlock(label=_("text on the button"))
    page = blocks.PageChooserBlock(label=_("page"), required=False)
    address = blocks.URLBlock(label=_("or an address"), required=False)

    class Meta:
        icon = "arrow-right"
        label = _("button")
        description = _("A button that leads on")
        template = "hub/blocks/action.html"


class KeepingTimesBlock(blocks.StaticBlock):
    """What is kept about people, how long and why: the table by which the portal erases it."""

    class Meta:
        icon = "time"
        label = _("what is kept, and how long")
        description = _("For the privacy page: the table by which the portal erases data, always as it is now")
        admin_text = _("Shows what the portal keeps about people, how long and why. There is nothing to fill in.")
        template = "hub/blocks/keeping_times.html"

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context)
        return {**context, "subjects": keeping.by_subject(), "last_run": runs.last()}


class BodyBlock(blocks.StreamBlock):
    """The body of a page."""

    heading = blocks.CharBlock(
        icon="title",
        label=_("heading"),
        description=_("A heading between parts"),
        template="hub/blocks/heading.html",
    )
    paragraph = blocks.RichTextBlock(
        features=RICH_TEXT,
        icon="pilcrow",
        label=_("text"),
        description=_("Paragraphs, lists and links"),
        template="hub/blocks/paragraph.html",
    )
    figure = FigureBlock()
    quote = QuoteBlock()
    facts = FactListBlock()
    documents = DocumentListBlock()
    action = ActionBlock()
    keeping_times = KeepingTimesBlock()

    class Meta:
        template = "hub/blocks/body.html"
