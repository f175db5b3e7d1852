"""Every address of the portal; sections carry their language and a translated name, pages come last."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib.sitemaps import views as sitemaps
from django.urls import include, path, re_path
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

import nccsi.celery  # noqa: F401 - the application whose broker the health page asks for
from hub.facts import revisions as page_revisions
from hub.languages.views import to_own_language
from hub.refusals import error_views
from nccsi.addresses import passwords, uploads
from nccsi.addresses.security_contact import security_txt
from nccsi.addresses.sitemaps import SITEMAPS, robots
from nccsi.addresses.sitemaps import index as sitemap_index
from nccsi.addresses.styleguide import styleguide
from nccsi.admin import addresses
from nccsi.health import views
from nccsi.health.metrics import metrics
from nccsi.open_data import api

handler400 = error_views.bad_request
handler403 = error_views.forbidden
handler404 = error_views.not_found
handler429 = error_views.too_many  # allauth looks for this name
handler500 = error_views.server_error

to_sign_in = RedirectView.as_view(pattern_name="account_login", query_string=True)

urlpatterns = [
    path("", to_own_language),
    path("health/", views.alive),
    path("health/ready/", views.ready),
    path("metrics", metrics),
    path("robots.txt", robots),
    path(".well-known/security.txt", security_txt),
    path("sitemap.xml", sitemap_index),
    path("sitemap-<section>.xml", require_safe(sitemaps.sitemap), {"sitemaps": SITEMAPS}, name="sitemap"),
    path("admin/login/", to_sign_in),
    re_path(r"^admin/password_reset/", RedirectView.as_view(pattern_name="account_reset_password")),
    path("admin/", include(addresses)),
    *page_revisions.urlpatterns,
    path("admin/", include(wagtailadmin_urls)),
    # In front of Wagtail's own, which know no limit.
    path(
        "documents/authenticate_with_password/<int:restriction_id>/",
        passwords.of_document,
        name="wagtaildocs_authenticate_with_password",
    ),
    path("documents/", include(wagtaildocs_urls)),
    path("accounts/", include("allauth.urls")),
    path("api/v1/", include(api)),
    # Where the German library stood at first.
    path(
        "de/praktiken/<path:rest>",
        RedirectView.as_view(url="/de/praxisbeispiele/%(rest)s", permanent=True, query_string=True),
    ),
    path("de/praktiken/", RedirectView.as_view(url="/de/praxisbeispiele/", permanent=True, query_string=True)),
    path("door/", include("events.door.urls")),
    path("styleguide/", styleguide, name="styleguide"),
    path("media/<path:path>", uploads.picture),
    *i18n_patterns(
        path(pgettext_lazy("url", "practices/"), include("practices.urls")),
        path(pgettext_lazy("url", "partners/"), include("consortia.urls")),
        path(pgettext_lazy("url", "partners/"), include("partners.urls")),
        path(pgettext_lazy("url", "offers-and-requests/"), include("partners.exchange.urls")),
        path(pgettext_lazy("url", "learning/"), include("learning.urls")),
        path(pgettext_lazy("url", "reports/"), include("monitoring.report_pages.urls")),
        path(pgettext_lazy("url", "figures/"), include("monitoring.urls")),
        path("", include("events.urls")),
        path("", include("accounts.urls")),
        path("", include("notifications.urls")),
        path("", include("hub.urls")),
        path("", include("calls.urls")),
        path("_util/login/", to_sign_in),  # Wagtail's own would know no second factor and no limit
        path(
            "_util/authenticate_with_password/<int:page_view_restriction_id>/<int:page_id>/",
            passwords.of_page,
            name="wagtailcore_authenticate_with_password",
        ),
        path("", include(wagtail_urls)),
    ),
]
