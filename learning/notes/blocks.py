"""What stands for and against the answer of a note: paragraphs, and blocks that cite a record of the portal.

A figure of a practice has a chooser of its own here.
"""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.urls import URLPattern
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import chooser
from wagtail.admin.viewsets.chooser import ChooserViewSet

from hub.languages.choosers import FactChooserBlock
from practices.practice.models.details import PracticeFigure

_MODEL = "practices.PracticeFigure"


class _Filter(BaseFilterForm):
    """By the words of its practice, or of what it counts."""

    q = forms.CharField(label=_("Search"), required=False, max_length=100)

    def filter(self, objects: QuerySet[PracticeFigure]) -> QuerySet[PracticeFigure]:
        words = self.cleaned_data.get("q")
        if not words:
            return objects
        self.is_searching, self.search_query = True, words
        titled = Q(practice__texts__title__icontains=words) | Q(label__icontains=words)
        return objects.filter(pk__in=PracticeFigure.objects.filter(titled).values("pk"))


class _Choosing:
    """Figures of published practices, with what is asked of each."""

    filter_form_class = _Filter
    title_column: Any

    def get_object_list(self) -> QuerySet[PracticeFigure]:
        found = PracticeFigure.objects.filter(practice__live=True).select_related("practice")
        return found.prefetch_related("practice__texts").order_by("-practice__first_published_at", "sort_order", "pk")

    @property
    def columns(self) -> list[Column]:
        year = Column("year", label=_("Year"), accessor=lambda figure: str(figure.year or ""))
        return [self.title_column, year, Column("practice", label=_("Practice"))]


class _ChooseView(_Choosing, chooser.ChooseView):
    pass


class _ResultsView(_Choosing, chooser.ChooseResultsView):
    pass


class FigureChooserViewSet(ChooserViewSet):
    """Figures are made with their practice: here one is only chosen."""

    model = _MODEL
    icon = "order"
    choose_one_text = _("Choose a figure")
    choose_another_text = _("Choose another figure")
    choose_view_class = _ChooseView
    choose_results_view_class = _ResultsView
    register_widget = False

    def get_urlpatterns(self) -> list[URLPattern]:
        return [each for each in super().get_urlpatterns() if each.name != "create"]


FIGURES = FigureChooserViewSet("learning_figures", url_prefix="learning/figures/choose")

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

    record = FactChooserBlock("practices.Practice", label=_("practice"))
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

    record = FactChooserBlock("practices.Reuse", label=_("report of reuse"))
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
