"""The map of the site for search engines: everything a visitor may see, each with its other languages."""

from collections import defaultdict
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe
from wagtail.models import Page

from partners.models import Organisation
from practices.models.practice import Practice

LANGUAGES = [code for code, _name in settings.LANGUAGES]


class PortalSitemap(Sitemap[Any]):
    """Addresses begin with SITE_URL, whatever host was asked."""

    protocol = urlsplit(settings.SITE_URL).scheme
    limit = 10_000

    def get_domain(self, site: Any = None) -> str:
        return urlsplit(settings.SITE_URL).netloc


class TranslatedSitemap(PortalSitemap):
    """Things under Django's own addresses: one address per language that has words for them."""

    i18n = True
    alternates = True
    x_default = True

    def get_languages_for_item(self, item: Any) -> list[str]:
        with_words = {text.language for text in item.texts.all()}
        return [code for code in LANGUAGES if code in with_words] or LANGUAGES[:1]


class SectionSitemap(TranslatedSitemap):
    """The lists themselves."""

    def items(self) -> list[str]:
        return ["practices:library", "partners:directory"]

    def get_languages_for_item(self, item: str) -> list[str]:
        return LANGUAGES

    def location(self, item: str) -> str:
        return reverse(item)


class PracticeSitemap(TranslatedSitemap):
    """Practices of the library."""

    def items(self) -> Any:
        return Practice.objects.public().prefetch_related("texts").order_by("pk")

    def lastmod(self, item: Practice) -> datetime | None:
        return item.last_published_at

    def location(self, item: Practice) -> str:
        return reverse("practices:practice", args=[item.slug])


class OrganisationSitemap(TranslatedSitemap):
    """Organisations of the directory."""

    def items(self) -> Any:
        return Organisation.objects.public().prefetch_related("texts").order_by("pk")

    def lastmod(self, item: Organisation) -> datetime:
        return item.updated_at

    def location(self, item: Organisation) -> str:
        return reverse("partners:organisation", args=[item.slug])


class PageSitemap(PortalSitemap):
    """Pages of the tree, grouped with their translations."""

    def items(self) -> Any:
        return Page.objects.live().public().filter(depth__gt=1).select_related("locale").order_by("path")

    def lastmod(self, item: Page) -> datetime | None:
        return item.last_published_at

    def location(self, item: Page) -> str:
        return item.get_url() or "/"

    def get_urls(self, page: int | str = 1, site: Any = None, protocol: str | None = None) -> list[dict[str, Any]]:
        urls = super().get_urls(page, site, protocol)
        known = defaultdict(list)
        for url in urls:
            known[url["item"].translation_key].append(url)
        for url in urls:
            url["alternates"] = _alternates(known[url["item"].translation_key])
        return urls


def _alternates(urls: list[dict[str, Any]]) -> list[dict[str, str]]:
    if len(urls) < 2:
        return []
    named = [{"location": url["location"], "lang_code": url["item"].locale.language_code} for url in urls]
    default = next((each for each in named if each["lang_code"] == settings.LANGUAGE_CODE), named[0])
    return [*named, {"location": default["location"], "lang_code": "x-default"}]


SITEMAPS = {
    "pages": PageSitemap,
    "sections": SectionSitemap,
    "practices": PracticeSitemap,
    "organisations": OrganisationSitemap,
}

ROBOTS = """User-agent: *
Disallow: /admin/
Disallow: /accounts/
Disallow: /documents/authenticate_with_password/
{searches}
Sitemap: {url}/sitemap.xml
"""


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What robots leave alone: what has no words of its own, and endless combinations of a search."""
    searches = "\n".join(f"Disallow: /{code}/{path}" for code in LANGUAGES for path in ("my/", "search/"))
    return HttpResponse(ROBOTS.format(searches=searches, url=settings.SITE_URL), content_type="text/plain")
