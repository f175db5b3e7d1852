"""Sentences about what is lost that apps share."""

from collections.abc import Iterable, Sequence

from django.db.models import Model
from django.utils.translation import gettext, ngettext
from wagtail.models import Page

from hub.changes import consequences
from hub.changes.consequences import Act, Consequence
from hub.languages.names import language_name
from hub.site.models import MenuItem
from hub.site.visibility import visible
from notifications.subscriptions import topics
from notifications.subscriptions.models import Subscription


def followers(things: Iterable[Model]) -> dict[Model, list[str]]:
    """How many follow each of these, as a sentence; nothing where nobody does or can."""
    keys = {thing: topics.key_of(thing) for thing in things}
    asked = set(filter(None, keys.values()))
    counted = consequences.numbers(Subscription.objects.active().filter(topic__in=asked), by="topic")
    return {thing: _followers(counted[key]) for thing, key in keys.items()}


def _followers(number: int) -> list[str]:
    said = ngettext("%(number)d person follows it.", "%(number)d people follow it.", number)
    return [said % {"number": number}] if number else []


def on_record(changes: int) -> list[str]:
    """How many changes a page shows that people were told of, as a sentence; nothing when there are none."""
    said = ngettext(
        "%(number)d change is on public record on its page.",
        "%(number)d changes are on public record on its page.",
        changes,
    )
    return [said % {"number": changes}] if changes else []


def languages_left(pages: Sequence[Page], *, fact: str) -> dict[int, list[str]]:
    """The languages in which visitors can still read about the fact of each of these pages of a kind, without them."""
    keys = {getattr(page, f"{fact}_id") for page in pages}
    kept = visible(type(pages[0]).objects.filter(**{f"{fact}__in": keys})).exclude(pk__in=[page.pk for page in pages])
    left: dict[int, list[str]] = {key: [] for key in keys}
    for key, code in kept.order_by("path").values_list(fact, "locale__language_code"):
        left[key].append(code)
    return left


def readable_in(codes: list[str]) -> str:
    """Where people can still read about it, as a sentence."""
    if not codes:
        return gettext("Nobody can read about it any more.")
    names = ", ".join(language_name(code) for code in codes)
    return gettext("It can still be read in: %(languages)s.") % {"languages": names}


def moved_address() -> str:
    """What moving a page does, as a sentence."""
    return gettext("Its address changes; links to the old one lead to the new one.")


def of_pages(pages: Sequence[Page], act: Act) -> list[Consequence]:
    """Pages that stand for themselves: who follows what they list, and the menus that lead there."""
    if act is Act.MOVE:
        return [Consequence(page.title, [moved_address()]) for page in pages]
    following = followers(pages)
    menus = consequences.numbers(MenuItem.objects.filter(page__in=[page.pk for page in pages]), by="page")
    told = []
    for page in pages:
        lost = [*following[page], gettext("People can read it now.")]
        if menus[page.pk]:
            lost.append(gettext("It stands in the menu of the site."))
        told.append(Consequence(page.title, lost))
    return told
