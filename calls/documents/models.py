from collections.abc import Iterable
from pathlib import PurePath
from typing import Any, Self

from django.db import models
from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef
from django.db.models.functions import Now, TruncDate
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nCharField
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.documents import get_document_model, get_document_model_string
from wagtail.models import CollectionViewRestriction, Orderable

from calls.chain.models import Call


def is_private(collection: str) -> Exists:
    """Whether a collection, named by the way to it, or one above it is for some visitors only."""
    path = ExpressionWrapper(OuterRef(f"{collection}__path"), output_field=CharField())
    return Exists(CollectionViewRestriction.objects.alias(path=path).filter(path__startswith=F("collection__path")))


def open_documents(ids: Iterable[int]) -> dict[int, Any]:
    """Those of these documents that every visitor may have, by their key."""
    documents = get_document_model().objects.filter(pk__in=list(ids))
    return {document.pk: document for document in documents.filter(~is_private("collection"))}


def file_type(document: Any) -> str:
    """What kind of file it is, as people call it: PDF, DOCX."""
    return PurePath(document.filename).suffix.removeprefix(".").upper()


def file_size(document: Any) -> int | None:
    """In bytes; unknown when the file is not there. Wagtail's own `get_file_size` would write the figure down."""
    if document.file_size is not None:
        return int(document.file_size)
    try:
        return int(document.file.size)
    except OSError:
        return None


class CallDocumentQuerySet(models.QuerySet["CallDocument"]):
    def public(self) -> Self:
        """Documents whose day has come and that do not lie in a private collection."""
        today = TruncDate(Now(), tzinfo=timezone.get_default_timezone())
        return self.filter(~is_private("document__collection"), published_on__lte=today)


class CallDocument(Orderable):
    """A file that belongs to a call: the official text, a form, a guide; with the version that it is."""

    call = ParentalKey(Call, verbose_name=_("call"), on_delete=models.CASCADE, related_name="documents")
    document = models.ForeignKey(
        get_document_model_string(), verbose_name=_("file"), on_delete=models.PROTECT, related_name="+"
    )
    title = I18nCharField(_("title"), blank=True, default="", help_text=_("Without it, the file's own title is shown."))
    version = models.CharField(_("version"), max_length=40, blank=True, help_text=_("For example: 2, or draft."))
    published_on = models.DateField(
        _("published on"), default=timezone.localdate, help_text=_("The page shows the document from this day on.")
    )

    panels = [
        FieldPanel("document"),
        FieldPanel("title"),
        FieldRowPanel([FieldPanel("version"), FieldPanel("published_on")]),
    ]

    objects = CallDocumentQuerySet.as_manager()

    class Meta(Orderable.Meta):
        verbose_name = _("document of a call")
        verbose_name_plural = _("documents of a call")

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The title in the reader's language, else the file's own."""
        return str(self.title) or str(self.document.title)

    @property
    def url(self) -> str:
        return str(self.document.url)

    @property
    def type(self) -> str:
        """What kind of file it is, as people call it."""
        return file_type(self.document)

    @property
    def size(self) -> int | None:
        """In bytes; unknown when the file is not there."""
        return file_size(self.document)
