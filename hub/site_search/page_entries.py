"""Keeps beside each page the words by which it is found: title, introduction, facts, and what stands in its blocks."""

from collections.abc import Callable, Collection, Iterable
from typing import Any
from weakref import WeakKeyDictionary

from django.db.models import Model
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete
from wagtail.models import Page

from hub.pages.base import PortalPage
from hub.query_parsing import site_words
from hub.search.models import PageEntry

# leads from a fact to the pages that tell it
Pages = Callable[[Any], Iterable[Page]]

# The pages of facts that are being deleted: afterwards nothing leads there any more.
_LEAVING: WeakKeyDictionary[Model, list[int]] = WeakKeyDictionary()


def connect() -> None:
    """Called once when Django starts. A page's own row holds what visitors read; drafts lie elsewhere."""
    post_save.connect(_of_page, dispatch_uid="hub.page_entries")


def follow_facts(model: type[Model], pages: Pages, *, untold: Collection[str] = ()) -> None:
    """Renew the entries of the `pages` that tell such a fact whenever it is saved or deleted.

    A save of `untold` fields alone, which no page tells, renews nothing.
    """
    label = f"hub.page_entries.{model._meta.label}.{pages.__module__}.{pages.__qualname__}"

    def renew(instance: Any, raw: bool = False, update_fields: Collection[str] | None = None, **_signal: Any) -> None:
        is_told = update_fields is None or not set(update_fields).issubset(untold)
        if is_told and not raw:
            renew_entries(page.pk for page in pages(instance))

    def remember(instance: Any, **_signal: Any) -> None:
        _LEAVING.setdefault(instance, []).extend(page.pk for page in pages(instance))

    def renew_left(instance: Any, **_signal: Any) -> None:
        renew_entries(_LEAVING.pop(instance, ()))

    post_save.connect(renew, sender=model, weak=False, dispatch_uid=label)
    pre_delete.connect(remember, sender=model, weak=False, dispatch_uid=label)
    post_delete.connect(renew_left, sender=model, weak=False, dispatch_uid=label)


def follow_choices(through: type[Model], pages: Pages) -> None:
    """The same for what a fact has several of: the rows between it and its terms."""

    def renew(instance: Any, action: str, reverse: bool, **_signal: Any) -> None:
        if action.startswith("post_") and not reverse:
            renew_entries(page.pk for page in pages(instance))

    m2m_changed.connect(renew, sender=through, weak=False, dispatch_uid=f"hub.page_entries.{through._meta.label}")


def renew_entries(keys: Iterable[int]) -> None:
    """The words of these pages as they are now."""
    for page in Page.objects.filter(pk__in=list(keys)).select_related("locale").specific():
        if isinstance(page, PortalPage):
            renew_entry(page)


def renew_entry(page: PortalPage) -> None:
    """Writes the words of a page as they are now, unless they are written already."""
    words = {
        "language": page.locale.language_code,
        "title": page.title,
        "summary": "\n".join(filter(None, [page.introduction, page.search_description])),
        "facts": "\n".join(filter(None, page.found_by())),
        "body": "\n".join(page.body_words()),
    }
    clean = {name: text.replace("\x00", " ") for name, text in words.items()}
    now = {**clean, "kind": page.found_as, "fact": page.fact_key, "moment": page.found_at()}
    entry = PageEntry.objects.filter(pk=page.pk)
    before = entry.values("learnt", *now).first() or {"learnt": False}
    known = before == {**now, "learnt": True}
    if before != {**now, "learnt": before["learnt"]}:
        PageEntry.objects.update_or_create(page_id=page.pk, defaults={**now, "learnt": False})
    if not known and entry.visible().exists():
        site_words.learn(_texts(entry.get()))
        entry.update(learnt=True)


def visible_texts() -> list[str]:
    """What visitors can read on pages, for the words that searches know."""
    return [text for entry in PageEntry.objects.visible() for text in _texts(entry)]


def _texts(entry: PageEntry) -> list[str]:
    return [entry.title, entry.summary, entry.facts, entry.body]


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
