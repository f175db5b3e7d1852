"""The pages: a policy note in one language, and the overview of all."""

from collections.abc import Iterator
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, Panel
from wagtail.fields import StreamField
from wagtail.search import index

from hub.pages.base import PortalPage
from hub.site.visibility import visible
from learning.notes import reading
from learning.notes.blocks import ArgumentBlock
from learning.notes.records import KINDS, Name, Records
from learning.notes.structured_data import note_data

SIDES = ("supports", "against")


class NotesIndexPage(PortalPage):
    """All policy notes in one language, the newest first."""

    per_page: ClassVar[int] = 20

    parent_page_types: ClassVar[list[str]] = ["hub.HomePage"]
    subpage_types: ClassVar[list[str]] = ["learning.NotePage"]

    class Meta:
        verbose_name = _("overview of policy notes")
        verbose_name_plural = _("overviews of policy notes")

    def get_template(self, request: HttpRequest, *args: Any, **kwargs: Any) -> str:
        return "learning/notes/notes.html"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        notes = visible(NotePage.objects.child_of(self)).order_by("-first_published_at", "-pk")
        context["page_obj"] = Paginator(notes, self.per_page).get_page(request.GET.get("page"))
        return context


class NotePage(PortalPage):
    """A question of policy, its answer, and what speaks for and against it; the introduction is the answer."""

    found_as: ClassVar[str] = "note"

    supports = StreamField(ArgumentBlock(), verbose_name=_("what supports it"), blank=True)
    against = StreamField(ArgumentBlock(), verbose_name=_("what speaks against it"), blank=True)
    recommendation = models.TextField(_("recommendation"), max_length=1_500)
    addressed_to = models.CharField(
        _("to whom"), max_length=200, help_text=_("Who can do it, for example: municipalities that plan new housing.")
    )

    search_fields = [*PortalPage.search_fields, index.SearchField("recommendation")]
    content_panels: ClassVar[list[Panel]] = [
        FieldPanel(
            "title", heading=capfirst(_("question")), help_text=_("In full, for example: Should we fund shared living?")
        ),
        FieldPanel("introduction", heading=capfirst(_("answer")), help_text=_("In three sentences at most.")),
        FieldPanel("supports"),
        FieldPanel("against"),
        FieldPanel("recommendation"),
        FieldPanel("addressed_to"),
    ]
    parent_page_types: ClassVar[list[str]] = ["learning.NotesIndexPage"]
    subpage_types: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("policy note")
        verbose_name_plural = _("policy notes")

    def clean(self) -> None:
        super().clean()
        found: dict[str, Any] = {}
        if not self.introduction.strip():
            found["introduction"] = _("Answer the question.")
        found |= self._unreadable()
        if found:
            raise ValidationError(found)

    def _unreadable(self) -> dict[str, Any]:
        """What is cited for the first time has to be there for everybody; what was cited before may be gone since."""
        kept = {str(each.block): each.name for each in self.citations.current()} if self.pk else {}
        new = {side: [name for block, name in self.cited_on(side) if kept.get(block) != name] for side in SIDES}
        if not any(new.values()):
            return {}
        records = Records(name for names in new.values() for name in names)
        said = _("Visitors cannot read one of the records that are cited here. Choose one that is public.")
        return {side: said for side, names in new.items() if any(records.get(name) is None for name in names)}

    def cited_on(self, side: str) -> Iterator[tuple[str, Name]]:
        """Each block that cites something, with what it cites."""
        for block in getattr(self, side).raw_data:
            if block["type"] in KINDS and block["value"].get("record"):
                yield str(block.get("id") or ""), (block["type"], int(block["value"]["record"]))

    def cited(self) -> dict[str, Name]:
        """The same of both sides, by block."""
        return dict(pair for side in SIDES for pair in self.cited_on(side))

    def get_template(self, request: HttpRequest, *args: Any, **kwargs: Any) -> str:
        return "learning/notes/note.html"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["note"] = note = reading.open_note(self)
        context["data"] = note_data(note)
        return context

    def body_words(self) -> list[str]:
        streams = (getattr(self, side) for side in SIDES)
        blocks = (str(words) for each in streams for words in each.stream_block.get_searchable_content(each))
        return [*blocks, self.recommendation, self.addressed_to]
