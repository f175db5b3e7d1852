"""Sentences about what is lost that apps share."""

from django.utils.translation import gettext, ngettext
from wagtail.models import Page

from hub.changes.consequences import Act, Consequence
from hub.languages.names import language_name
from hub.site.models import MenuItem
from notifications.subscriptions.models import Subscription


def followers(topic: str) -> list[str]:
    """How many follow this, as a sentence; nothing when nobody does."""
    number = Subscription.objects.active().to(topic).count()
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


def readable_in(codes: list[str]) -> str:
    """Where people can still read about it, as a sentence."""
    if not codes:
        return gettext("Nobody can read about it any more.")
    names = ", ".join(language_name(code) for code in codes)
    return gettext("It can still be read in: %(languages)s.") % {"languages": names}


def moved_address() -> str:
    """What moving a page does, as a sentence."""
    return gettext("Its address changes; links to the old one lead to the new one.")


def of_page(page: Page, act: Act, going: frozenset[int], *, topic: str = "") -> Consequence:
    """A page that stands for itself: who follows what it lists, and the menus that lead to it."""
    if act is Act.MOVE:
        return Consequence(page.title, [moved_address()])
    lost = [*(followers(topic) if topic else []), gettext("People can read it now.")]
    menus = MenuItem.objects.filter(page=page.pk).count()
    if menus:
        lost.append(gettext("It stands in the menu of the site."))
    return Consequence(page.title, lost)
