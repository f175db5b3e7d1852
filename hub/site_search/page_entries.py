"""Keeps beside each page the words by which it is found: title, introduction, facts, and what stands in its blocks."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from itertools import groupby
from typing import Any
from weakref import WeakKeyDictionary

from django.db.models import Model, prefetch_related_objects
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete
from wagtail.models import Page

from hub.pages.base import PortalPage
from hub.query_parsing import site_words
from hub.search.models import PageEntry
from hub.vocabularies import loading

# leads from facts of one kind to the pages that tell them
Pages = Callable[[Collection[Any]], Iterable[Page]]

# How many pages are read and written in one go.
_TOGETHER = 200
_WRITTEN = ("language", "title", "summary", "facts", "body", "kind", "fact", "moment")
_leading: dict[type[Model], list[Pages]] = {}
# The pages of facts that are being deleted: afterwards nothing leads there any more.
_LEAVING: WeakKeyDictionary[Model, list[int]] = WeakKeyDictionary()
# The pages whose entries wait, where `renewed_once` is open.
_waiting: ContextVar[set[int] | None] = ContextVar("waiting", default=None)


def connect() -> None:
    """Called once when Django starts. A page's own row holds what visitors read; drafts lie elsewhere."""
    post_save.connect(_of_page, dispatch_uid="hub.page_entries")
    loading.follow(renew_entries_of)


def follow_facts(model: type[Model], pages: Pages, *, untold: Collection[str] = ()) -> None:
    """Renew the entries of the `pages` that tell such a fact whenever it is saved or deleted.

    A save of `untold` fields alone, which no page tells, renews nothing.
    """
    label = f"hub.page_entries.{model._meta.label}.{pages.__module__}.{pages.__qualname__}"
    _leading.setdefault(model, []).append(pages)

    def renew(instance: Any, raw: bool = False, update_fields: Collection[str] | None = None, **_signal: Any) -> None:
        is_told = update_fields is None or not set(update_fields).issubset(untold)
        if is_told and not raw:
            renew_entries(page.pk for page in pages([instance]))

    def remember(instance: Any, **_signal: Any) -> None:
        _LEAVING.setdefault(instance, []).extend(page.pk for page in pages([instance]))

    def renew_left(instance: Any, **_signal: Any) -> None:
        renew_entries(_LEAVING.pop(instance, ()))

    post_save.connect(renew, sender=model, weak=False, dispatch_uid=label)
    pre_delete.connect(remember, sender=model, weak=False, dispatch_uid=label)
    post_delete.connect(renew_left, sender=model, weak=False, dispatch_uid=label)


def follow_choices(through: type[Model], pages: Pages) -> None:
    """The same for what a fact has several of: the rows between it and its terms."""

    def renew(instance: Any, action: str, reverse: bool, **_signal: Any) -> None:
        if action.startswith("post_") and not reverse:
            renew_entries(page.pk for page in pages([instance]))

    m2m_changed.connect(renew, sender=through, weak=False, dispatch_uid=f"hub.page_entries.{through._meta.label}")


def renew_entries_of(facts: Sequence[Model]) -> None:
    """Renew the entries of all pages that tell these facts of a kind, where they changed without being saved singly."""
    if facts:
        renew_entries({page.pk for pages in _leading.get(type(facts[0]), ()) for page in pages(facts)})


@contextmanager
def renewed_once() -> Iterator[None]:
    """Whatever is saved meanwhile, the entries are renewed at the end, together; not where it fails."""
    keys: set[int] = set()
    before = _waiting.set(keys)
    try:
        yield
    finally:
        _waiting.reset(before)
    renew_entries(sorted(keys))


def renew_entries(keys: Iterable[int]) -> None:
    """The words of these pages as they are now; many take as many queries as one."""
    wanted = list(keys)
    if (waiting := _waiting.get()) is not None:
        waiting.update(wanted)
        return
    for start in range(0, len(wanted), _TOGETHER):
        pages = Page.objects.filter(pk__in=wanted[start : start + _TOGETHER]).specific()
        _renew([page for page in pages if isinstance(page, PortalPage)])


def _renew(pages: Sequence[PortalPage]) -> None:
    """Writes the words of pages as they are now, unless they are written already."""
    for _kind, those in groupby(sorted(pages, key=lambda page: page.content_type_id), key=type):
        alike = list(those)
        prefetch_related_objects(alike, "locale", *alike[0].found_with)
    now = {page.pk: _as_it_is(page) for page in pages}
    entries = PageEntry.objects.filter(pk__in=now)
    before = {entry.pop("page_id"): entry for entry in entries.values("page_id", "learnt", *_WRITTEN)}
    learnt = {key for key, entry in before.items() if entry.pop("learnt")}
    stale = {key: facts for key, facts in now.items() if before.get(key) != facts}
    PageEntry.objects.bulk_create(
        [PageEntry(page_id=key, learnt=False, **facts) for key, facts in stale.items()],
        update_conflicts=True,
        unique_fields=["page"],
        update_fields=[*_WRITTEN, "learnt"],
    )
    if not stale and learnt.issuperset(now):
        return
    if unknown := list(entries.visible().filter(learnt=False)):
        site_words.learn(text for entry in unknown for text in _texts(entry))
        PageEntry.objects.filter(pk__in=[entry.pk for entry in unknown]).update(learnt=True)


def _as_it_is(page: PortalPage) -> dict[str, Any]:
    words = {
        "language": page.locale.language_code,
        "title": page.title,
        "summary": "\n".join(filter(None, [page.introduction, page.search_description])),
        "facts": "\n".join(filter(None, page.found_by())),
        "body": "\n".join(page.body_words()),
    }
    clean = {name: text.replace("\x00", " ") for name, text in words.items()}
    return {**clean, "kind": page.found_as, "fact": page.fact_key, "moment": page.found_at()}


def visible_texts() -> list[str]:
    """What visitors can read on pages, for the words that searches know."""
    return [text for entry in PageEntry.objects.visible() for text in _texts(entry)]


def _texts(entry: PageEntry) -> list[str]:
    return [entry.title, entry.summary, entry.facts, entry.body]


def fill_entries() -> str:
    """Part of the set-up: pages that were there before get theirs."""
    missing = Page.objects.filter(entry=None, depth__gt=1).specific().order_by("pk")
    pages = [page.pk for page in missing.iterator() if isinstance(page, PortalPage)]
    renew_entries(pages)
    return f"Pages made ready for search: {len(pages)}." if pages else ""


def _of_page(instance: Any, raw: bool = False, **_signal: Any) -> None:
    """What is in the row, not in the instance: that may be a draft of which only the revision is saved."""
    if not isinstance(instance, PortalPage) or raw:
        return
    if (waiting := _waiting.get()) is not None:
        waiting.add(instance.pk)
    else:
        _renew([type(instance)._default_manager.get(pk=instance.pk)])
