"""Keeps beside each page the words by which it is found: title, introduction, facts, and what stands in its blocks."""

from typing import Any

from django.db.models import Model
from django.db.models.signals import post_save
from wagtail.models import Page

from hub.pages.base import PortalPage
from hub.search.models import PageEntry


def connect() -> None:
    """Called once when Django starts. A page's own row holds what visitors read; drafts lie elsewhere."""
    post_save.connect(_of_page, dispatch_uid="hub.page_entries")


def follow_facts(model: type[Model], *, pages: str) -> None:
    """Renew the entries of the pages that tell such facts whenever these are saved; `pages` leads to them."""

    def renew(instance: Any, raw: bool = False, **_signal: Any) -> None:
        for page in [] if raw else getattr(instance, pages).select_related("locale"):
            renew_entry(page)

    post_save.connect(renew, sender=model, weak=False, dispatch_uid=f"hub.page_entries.{model._meta.label}")


def renew_entry(page: PortalPage) -> None:
    """Writes the words of a page as they are now."""
    words = {
        "language": page.locale.language_code,
        "title": page.title,
        "summary": "\n".join(filter(None, [page.introduction, page.search_description])),
        "facts": "\n".join(filter(None, page.found_by())),
        "body": "\n".join(page.body_words()),
    }
    clean = {name: text.replace("\x00", " ") for name, text in words.items()}
    PageEntry.objects.update_or_create(page_id=page.pk, defaults=clean)


def fill_entries() -> str:
    """Part of the set-up: pages that were there before get theirs."""
    missing = Page.objects.filter(entry=None, depth__gt=1).specific().order_by("pk")
    pages = [page for page in missing.iterator() if isinstance(page, PortalPage)]
    for page in pages:
        renew_entry(page)
    return f"Pages made ready for search: {len(pages)}." if pages else ""


def _of_page(instance: Any, raw: bool = False, **_signal: Any) -> None:
    """What is in the row, not in the instance: that may be a draft of which only the revision is saved."""
    if isinstance(instance, PortalPage) and not raw:
        renew_entry(type(instance)._default_manager.select_related("locale").get(pk=instance.pk))
