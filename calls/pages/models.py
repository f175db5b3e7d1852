"""The words of a call in one language."""

from datetime import datetime
from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef, prefetch_related_objects
from django.db.models.functions import Now
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, Panel
from wagtail.models import Page, PageManager
from wagtail.query import PageQuerySet

from calls.chain.models import Call, Deadline
from calls.chain.standing import PAST, accepts, call_state, chain
from calls.documents.models import CallDocument
from hub.languages.reading_order import in_language
from hub.pages.base import BodyPage


class CallPageQuerySet(PageQuerySet):
    def with_facts(self) -> Self:
        """The call of each page with its chain and tracks, in two more queries."""
        return self.with_chain().prefetch_related("call__tracks")

    def with_chain(self) -> Self:
        """The call of each page with its chain, in one more query."""
        return self.select_related("call").prefetch_related("call__deadlines")

    def ahead(self) -> Self:
        """Calls of which some deadline is still to come."""
        coming = Deadline.objects.filter(call=OuterRef("call"), due_at__gt=Now())
        return self.filter(Exists(coming), call__withdrawn_at=None)


class CallPage(BodyPage):
    """The words of a call in one language; every fact comes from `call`."""

    found_as: ClassVar[str] = "call"
    found_with: ClassVar[tuple[str, ...]] = ("call__deadlines", "call__tracks")

    call = models.ForeignKey(Call, verbose_name=_("call"), on_delete=models.PROTECT, related_name="pages")

    objects = PageManager.from_queryset(CallPageQuerySet)()

    content_panels: ClassVar[list[Panel]] = [
        *Page.content_panels,
        FieldPanel("call"),
        *BodyPage.content_panels[1:],
    ]
    parent_page_types: ClassVar[list[str]] = ["calls.CallIndexPage"]
    subpage_types: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("call page")
        verbose_name_plural = _("call pages")

    def clean(self) -> None:
        super().clean()
        others = CallPage.objects.filter(call_id=self.call_id, locale_id=self.locale_id).exclude(pk=self.pk)
        if self.call_id and self.locale_id and others.exists():
            raise ValidationError({"call": _("This call already has a page in this language.")})

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        prefetch_related_objects([self.call], "deadlines", "tracks")
        context = super().get_context(request, *args, **kwargs)
        changes = list(self.call.changes.select_related("deadline"))
        context |= {
            "call": self.call,
            "contact": self.contact or self.call.contact,
            "state": call_state(self.call),
            "chain": chain(self.call, changes=changes),
            "changes": changes,
            "accepts_interest": accepts(self.call, "interest"),
        }
        documents = CallDocument.objects.public().filter(call=self.call).select_related("document")
        return context | {
            "documents": list(documents),
            "takes_questions": context["state"].code not in PAST,
        }

    def found_by(self) -> list[str]:
        """Its short name, programme and number, the steps of its chain, its action tracks."""
        call, language = self.call, self.locale.language_code
        labels = [*(step.label for step in call.deadlines.all()), *(track.label for track in call.tracks.all())]
        return [in_language(call.title, language), call.programme, call.reference] + [
            in_language(label, language) for label in labels
        ]

    @property
    def fact_key(self) -> int | None:
        return self.call_id

    def found_at(self) -> datetime | None:
        """When its chain ends: open calls come before those that are over."""
        return max((step.due_at for step in self.call.deadlines.all()), default=self.first_published_at)
