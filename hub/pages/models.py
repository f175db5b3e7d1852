"""The pages of the centre itself: its start, its texts, its news."""

from typing import Any, ClassVar

from django.conf import settings
from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, Panel
from wagtail.models import Page

from hub.content_memory.content_version import remembered
from hub.pages import structured_data
from hub.pages.base import BodyPage, PortalPage
from hub.site.models import SiteSettings
from hub.site.visibility import visible


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

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["news"] = remembered(("news", self.locale_id), self._news)
        context["news_index"] = remembered(("news index", self.pk), self._news_index)
        return context

    def _news(self) -> list["NewsPage"]:
        return list(visible(NewsPage.objects.all()).filter(locale_id=self.locale_id).order_by("-date", "-pk")[:3])

    def _news_index(self) -> "NewsIndexPage | None":
        return NewsIndexPage.objects.child_of(self).live().first()


class StandardPage(BodyPage):
    """About the centre, HUBSI, INSISST, privacy, accessibility: text with blocks."""

    parent_page_types: ClassVar[list[str]] = ["hub.HomePage", "hub.StandardPage"]

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["subpages"] = visible(self.get_children()).in_menu() if self.pk else []
        return context


class NewsIndexPage(PortalPage):
    """All news, newest first."""

    per_page: ClassVar[int] = 12

    parent_page_types: ClassVar[list[str]] = ["hub.HomePage"]
    subpage_types: ClassVar[list[str]] = ["hub.NewsPage"]

    class Meta:
        verbose_name = _("news overview")
        verbose_name_plural = _("news overviews")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        pages = visible(NewsPage.objects.child_of(self)).order_by("-date", "-pk").select_related("picture")
        context["page_obj"] = Paginator(pages, self.per_page).get_page(request.GET.get("page"))
        return context


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

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["data"] = news_data(self)
        return context


def news_data(page: "NewsPage") -> SafeString:
    """A piece of news; the centre stands for it as author and publisher."""
    centre = structured_data.part(
        "Organization", name=(SiteSettings.objects.first() or SiteSettings()).name, url=settings.SITE_URL
    )
    return structured_data.json_ld(
        "NewsArticle",
        headline=page.title,
        description=page.introduction,
        datePublished=page.date,
        dateModified=page.last_published_at,
        inLanguage=page.locale.language_code,
        url=f"{settings.SITE_URL}{page.url}",
        author=centre,
        publisher=centre,
    )
