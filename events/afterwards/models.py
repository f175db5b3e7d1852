from typing import Self

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nCharField
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.documents import get_document_model_string
from wagtail.models import Orderable

from calls.documents.models import file_size, file_type, is_private
from events.afterwards import numbers
from events.agenda.models import Event
from events.seats.models import Registration

# Those that the portal knows.
_LANGUAGES = [("", "—"), *settings.ALL_LANGUAGES.items()]


class CertificateQuerySet(models.QuerySet["Certificate"]):
    def holding(self) -> Self:
        """Those that can be relied on: the event took place, and the person is still noted as having come."""
        return self.filter(registration__in=Registration.objects.who_came())


class Certificate(models.Model):
    """That somebody came to an event, under a number that nobody can guess and anybody can verify.

    The name stands here as it was printed. It goes with the registration, and by itself after CERTIFICATES.
    """

    registration = models.OneToOneField(
        Registration, verbose_name=_("registration"), on_delete=models.CASCADE, related_name="certificate"
    )
    number = models.CharField(_("number"), max_length=numbers.LENGTH, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=120)
    issued_at = models.DateTimeField(_("issued at"), db_default=Now(), editable=False)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        verbose_name = _("certificate of attendance")
        verbose_name_plural = _("certificates of attendance")

    def __str__(self) -> str:
        return self.written

    @property
    def written(self) -> str:
        """The number as people read it: in groups of four."""
        return numbers.grouped(self.number)


class EventMaterialQuerySet(models.QuerySet["EventMaterial"]):
    def public(self) -> Self:
        """Links, and files that do not lie in a private collection."""
        return self.filter(Q(document=None) | ~is_private("document__collection"))


class EventMaterial(Orderable):
    """What was shown or handed out at an event: a file of the library or an address, in one language."""

    event = ParentalKey(Event, verbose_name=_("event"), on_delete=models.CASCADE, related_name="materials")
    title = I18nCharField(_("title"), blank=True, default="", help_text=_("Without it, the file's own title is shown."))
    document = models.ForeignKey(
        get_document_model_string(),
        verbose_name=_("file"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    link = models.URLField(_("or an address"), blank=True, help_text=_("For example of a recording."))
    language = models.CharField(
        _("language"), max_length=5, blank=True, help_text=_("What it is written or spoken in.")
    )
    made_by = models.CharField(
        _("made by"), max_length=160, blank=True, help_text=_("The person or organisation whose work it is.")
    )

    panels = [
        FieldPanel("title"),
        FieldRowPanel([FieldPanel("document"), FieldPanel("link")]),
        FieldRowPanel([FieldPanel("language", widget=forms.Select(choices=_LANGUAGES)), FieldPanel("made_by")]),
    ]

    objects = EventMaterialQuerySet.as_manager()

    class Meta(Orderable.Meta):
        verbose_name = _("material of an event")
        verbose_name_plural = _("materials of an event")
        constraints = [
            models.CheckConstraint(
                condition=Q(document__isnull=False, link="") | Q(document=None) & ~Q(link=""),
                name="material_is_a_file_or_an_address",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        if bool(self.document_id) == bool(self.link):
            raise ValidationError({"link": _("Choose a file or give an address: one of the two.")})
        if self.link and not str(self.title):
            raise ValidationError({"title": _("An address needs a title.")})

    @property
    def name(self) -> str:
        """The title in the reader's language, else the file's own."""
        return str(self.title) or (str(self.document.title) if self.document else self.link)

    @property
    def url(self) -> str:
        return str(self.document.url) if self.document else self.link

    @property
    def type(self) -> str:
        """What kind of file it is, as people call it."""
        return file_type(self.document) if self.document else ""

    @property
    def size(self) -> int | None:
        """In bytes; None for an address, and when the file is not there."""
        return file_size(self.document) if self.document else None
