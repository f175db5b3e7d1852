"""The head of our own pages of the admin: one look, and a title that tabs, bookmarks and screen readers have."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext


def header(title: str, *crumbs: tuple[str, str], icon: str, of: str = "") -> dict[str, Any]:
    """What `hub/admin/page.html` needs; `crumbs` are labels with addresses, `of` is what the page is about."""
    items = [{"url": url, "label": label} for label, url in ((gettext("Home"), reverse("wagtailadmin_home")), *crumbs)]
    return {
        "header_title": f"{title}: {of}" if of else title,
        "header_icon": icon,
        "breadcrumbs_items": [*items, {"url": "", "label": title, "sublabel": of}],
    }
