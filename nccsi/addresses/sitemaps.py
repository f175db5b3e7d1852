"""The map of the site for search engines: everything a visitor may see, each with its other languages."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import SitemapIndexItem, x_robots_tag
from django.core.paginator import Page as PageOfItems
from django.core.paginator import Paginator
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.decorators.http import require_safe
from wagtail.models import Page

from learning.questions.models import Question
from monitoring.indicators.models import Indicator
from monitoring.reports.models import Report
from partners.organisations.models import Organisation
from practices.practice.models.practice import Practice

LANGUAGES = [code for code, _name in settings.LANGUAGES]


class Ranges(Paginator[Any]):
    """Pages of so many keys each: the last costs what the first does, whatever the number before it, and what is on a
    page stays there when something before it goes. A page may hold few or none."""

    object_list: Any

    @cached_property
    def num_pages(self) -> int:
        last = self.object_list.order_by().aggregate(last=Max("pk"))["last"] or 0
        return max(1, -(-last // self.per_page))

    def page(self, number: int | str) -> PageOfItems[Any]:
        number = self.validate_number(number)
        first = (number - 1) * self.per_page + 1
        return PageOfItems(self.object_list.filter(pk__range=(first, first + self.per_page - 1)), number, self)


class PortalSitemap(Sitemap[Any]):
    """Addresses begin with SITE_URL, whatever host was asked."""

    protocol = urlsplit(settings.SITE_URL).scheme
    limit = 10_000
    # The field that tells when an item changed last.
    changed = ""

    def get_domain(self, site: Any = None) -> str:
        return urlsplit(settings.SITE_URL).netloc

    @property
    def paginator(self) -> Paginator[Any]:
        items: Any = self.items()
        return Ranges(items, self.limit)

    def lastmod(self, item: Any) -> datetime | None:
        found: datetime | None = getattr(item, self.changed)
        return found

    def get_latest_lastmod(self) -> datetime | None:
        """Asked of the database: Django would read every item."""
        items: Any = self.items()
        latest: datetime | None = items.order_by().aggregate(latest=Max(self.changed))["latest"]
        return latest


class _Translated(Ranges):
    """The same with a row for each language of an item, as Django wants it."""

    def __init__(self, sitemap: "TranslatedSitemap") -> None:
        items: Any = sitemap.items()
        super().__init__(items, sitemap.limit // len(LANGUAGES))
        self.sitemap = sitemap

    def page(self, number: int | str) -> PageOfItems[Any]:
        found = super().page(number)
        found.object_list = self.sitemap.in_each_language(found.object_list)
        return found


class TranslatedSitemap(PortalSitemap):
    """Things under Django's own addresses: one address per language that has words for them."""

    i18n = True
    alternates = True
    x_default = True

    @property
    def paginator(self) -> Paginator[Any]:
        return _Translated(self)

    def in_each_language(self, items: Iterable[Any]) -> list[tuple[Any, str]]:
        """Items and languages, as Django's sitemap passes them around."""
        return [(item, code) for item in items for code in self.get_languages_for_item(item)]

    def get_languages_for_item(self, item: Any) -> list[str]:
        with_words = {text.language for text in item.texts.all()}
        return [code for code in LANGUAGES if code in with_words] or LANGUAGES[:1]


class SectionSitemap(TranslatedSitemap):
    """The lists themselves."""

    @property
    def paginator(self) -> Paginator[Any]:
        return Paginator(self.in_each_language(self.items()), self.limit)

    def items(self) -> list[str]:
        return [
            "practices:library",
            "practices:tracker",
            "partners:directory",
            "exchange:notices",
            "learning:questions",
            "learning:themes",
            "reports:reports",
            "monitoring:figures",
        ]

    def lastmod(self, item: Any) -> None:
        return None

    def get_latest_lastmod(self) -> None:
        return None

    def get_languages_for_item(self, item: str) -> list[str]:
        return LANGUAGES

    def location(self, item: str) -> str:
        return reverse(item)


class PracticeSitemap(TranslatedSitemap):
    """Practices of the library."""

    changed = "last_published_at"

    def items(self) -> Any:
        return Practice.objects.public().prefetch_related("texts").order_by("pk")

    def location(self, item: Practice) -> str:
        return reverse("practices:practice", args=[item.slug])


class OrganisationSitemap(TranslatedSitemap):
    """Organisations of the directory."""

    changed = "updated_at"

    def items(self) -> Any:
        return Organisation.objects.public().prefetch_related("texts").order_by("pk")

    def location(self, item: Organisation) -> str:
        return reverse("partners:organisation", args=[item.slug])


class QuestionSitemap(TranslatedSitemap):
    """Questions of the learning agenda."""

    changed = "updated_at"

    def items(self) -> Any:
        return Question.objects.public().prefetch_related("texts").order_by("pk")

    def location(self, item: Question) -> str:
        return reverse("learning:question", args=[item.slug])


class ReportSitemap(TranslatedSitemap):
    """Reports of the centre, in each language in which they are published."""

    changed = "published_at"

    def items(self) -> Any:
        return Report.objects.once().order_by("pk")

    def get_languages_for_item(self, item: Any) -> list[str]:
        return [code for code in LANGUAGES if code in item.languages]

    def location(self, item: Report) -> str:
        return reverse("reports:report", args=[item.family])


class FigureSitemap(TranslatedSitemap):
    """What the centre gives account of, in every language."""

    def items(self) -> Any:
        return Indicator.objects.public().order_by("pk")

    def lastmod(self, item: Any) -> None:
        return None

    def get_latest_lastmod(self) -> None:
        return None

    def get_languages_for_item(self, item: Any) -> list[str]:
        return LANGUAGES

    def location(self, item: Indicator) -> str:
        return reverse("monitoring:figure", args=[item.code])


class PageSitemap(PortalSitemap):
    """Pages of the tree, grouped with their translations."""

    changed = "last_published_at"

    def items(self) -> Any:
        return Page.objects.live().public().filter(depth__gt=1).select_related("locale").order_by("pk")

    def location(self, item: Page) -> str:
        return item.get_url() or "/"

    def get_urls(self, page: int | str = 1, site: Any = None, protocol: str | None = None) -> list[dict[str, Any]]:
        urls = super().get_urls(page, site, protocol)
        known: defaultdict[Any, list[dict[str, str]]] = defaultdict(list)
        # Translations may stand on another page of the map.
        for each in self.items().filter(translation_key__in={url["item"].translation_key for url in urls}):
            location = f"{self.protocol}://{self.get_domain()}{self.location(each)}"
            known[each.translation_key].append({"location": location, "lang_code": each.locale.language_code})
        for url in urls:
            url["alternates"] = _alternates(known[url["item"].translation_key])
        return urls


def _alternates(named: list[dict[str, str]]) -> list[dict[str, str]]:
    if len(named) < 2:
        return []
    default = next((each for each in named if each["lang_code"] == settings.LANGUAGE_CODE), named[0])
    return [*named, {"location": default["location"], "lang_code": "x-default"}]


SITEMAPS: dict[str, type[PortalSitemap]] = {
    "pages": PageSitemap,
    "sections": SectionSitemap,
    "practices": PracticeSitemap,
    "organisations": OrganisationSitemap,
    "questions": QuestionSitemap,
    "reports": ReportSitemap,
    "figures": FigureSitemap,
}

ROBOTS = """User-agent: *
Disallow: /admin/
Disallow: /accounts/
Disallow: /door/
Disallow: /documents/authenticate_with_password/
{searches}
Sitemap: {url}/sitemap.xml
"""


@require_safe
@x_robots_tag
def index(request: HttpRequest) -> TemplateResponse:
    """The maps and their pages; Django's own would name the host that was asked."""
    maps = []
    for section, kind in SITEMAPS.items():
        found = kind()
        lastmod: Any = found.get_latest_lastmod()
        address = urljoin(settings.SITE_URL, reverse("sitemap", args=[section]))
        maps.append(SitemapIndexItem(address, lastmod))
        maps += [SitemapIndexItem(f"{address}?p={page}", lastmod) for page in range(2, found.paginator.num_pages + 1)]
    return TemplateResponse(request, "sitemap_index.xml", {"sitemaps": maps}, content_type="application/xml")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What robots leave alone: what has no words of its own, and endless combinations of a search."""
    searches = "\n".join(f"Disallow: /{code}/{path}" for code in LANGUAGES for path in ("my/", "search/"))
    return HttpResponse(ROBOTS.format(searches=searches, url=settings.SITE_URL), content_type="text/plain")
