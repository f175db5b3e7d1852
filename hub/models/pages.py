from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, Panel
from wagtail.fields import StreamField
from wagtail.images import get_image_model_string
from wagtail.models import Page
from wagtail.search import index

from hub.blocks import BodyBlock
from hub.models.calls import Call


class PortalPage(Page):
    """What every page of the portal has: an introduction, a picture for sharing, somebody to ask."""

    introduction = models.TextField(_("introduction"), blank=True, max_length=600)
    picture = models.ForeignKey(
        get_image_model_string(),
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    contact = models.ForeignKey(
        "hub.Contact",
        verbose_name=_("contact"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    search_fields = [*Page.search_fields, index.SearchField("introduction", boost=2)]
    content_panels: ClassVar[list[Panel]] = [
        *Page.content_panels,
        FieldPanel("introduction"),
    ]
    promote_panels: ClassVar[list[Panel]] = [
        *Page.promote_panels,
        MultiFieldPanel([FieldPanel("picture"), FieldPanel("contact")], _("On the page")),
    ]

    class Meta:
        abstract = True


class BodyPage(PortalPage):
    """A page that editors compose from blocks."""

    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)

    search_fields = [*PortalPage.search_fields, index.SearchField("body")]
    content_panels: ClassVar[list[Panel]] = [
        *PortalPage.content_panels,
        FieldPanel("body"),
    ]

    class Meta:
        abstract = True


class HomePage(PortalPage):
    """The entrance in one language."""

    heading = models.CharField(_("heading"), max_length=120)

    content_panels: ClassVar[list[Panel]] = [
        *Page.content_panels,
        FieldPanel("heading"),
        FieldPanel("introduction"),
    ]
    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")


class StandardPage(BodyPage):
    """About the centre, HUBSI, INSISST, privacy, accessibility: text with blocks."""

    parent_page_types: ClassVar[list[str]] = ["hub.HomePage", "hub.StandardPage"]

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")


class ContactPage(PortalPage):
    """Where anyone writes to the centre; the message goes to the chosen mailbox."""

    parent_page_types: ClassVar[list[str]] = ["hub.HomePage"]
    subpage_types: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("contact page")
        verbose_name_plural = _("contact pages")


class NewsIndexPage(PortalPage):
    """All news, newest first."""

    parent_page_types: ClassVar[list[str]] = ["hub.HomePage"]
    subpage_types: ClassVar[list[str]] = ["hub.NewsPage"]

    class Meta:
        verbose_name = _("news overview")
        verbose_name_plural = _("news overviews")


class NewsPage(BodyPage):
    """One piece of news."""

    date = models.DateField(_("date"), default=timezone.localdate)

    content_panels: ClassVar[list[Panel]] = [
        *Page.content_panels,
        FieldPanel("date"),
        *BodyPage.content_panels[1:],
    ]
    parent_page_types: ClassVar[list[str]] = ["hub.NewsIndexPage"]
    subpage_types: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("news item")
        verbose_name_plural = _("news items")


class CallIndexPage(PortalPage):
    """All calls: the open ones first, then those that are past."""

    parent_page_types: ClassVar[list[str]] = ["hub.HomePage"]
    subpage_types: ClassVar[list[str]] = ["hub.CallPage"]

    class Meta:
        verbose_name = _("calls overview")
        verbose_name_plural = _("calls overviews")


class CallPage(BodyPage):
    """The words of a call in one language; every fact comes from `call`."""

    call = models.ForeignKey(Call, verbose_name=_("call"), on_delete=models.PROTECT, related_name="pages")

    content_panels: ClassVar[list[Panel]] = [
        *Page.content_panels,
        FieldPanel("call"),
        *BodyPage.content_panels[1:],
    ]
    parent_page_types: ClassVar[list[str]] = ["hub.CallIndexPage"]
    subpage_types: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("call page")
        verbose_name_plural = _("call pages")

    def clean(self) -> None:
        super().clean()
        others = CallPage.objects.filter(call_id=self.call_id, locale_id=self.locale_id).exclude(pk=self.pk)
        if self.call_id and self.locale_id and others.exists():
            raise ValidationError({"call": _("This call already has a page in this language.")})

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["call"] = self.call
        return context
