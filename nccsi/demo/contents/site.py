"""What stands around every page: where the centre is, whom to ask, the menus."""

from typing import Any

from hub.contact.models import Contact
from hub.site.models import MenuItem, SiteSettings
from nccsi.demo.contents.pages import Tree
from nccsi.demo.reading import words

FILE = "site.toml"


def contact(name: str) -> Contact:
    """A role that questions go to; made when it is not there yet."""
    told = words.read(FILE)["contact"][name]
    found = Contact.objects.filter(email=told["email"]).first()
    if found is None:
        roles = {language: text for language, text in told.items() if language != "email"}
        found = Contact(role=words.label(roles), email=told["email"])
        found.full_clean()
        found.save()
    return found


def load(tree: Tree) -> None:
    """Fills the menus, mailbox and address once: after that they belong to those who try the demo out."""
    site = SiteSettings.objects.first() or SiteSettings()
    if site.pk and site.menu_items.filter(page__isnull=False).exists():
        return
    told = words.read(FILE)
    for name in told["contact"]:
        contact(name)
    site.contact_email = site.contact_email or contact("centre").email
    site.address = site.address or told["address"].strip()
    site.menu_items = [
        _entry(tree, place, position, entry)
        for place in MenuItem.Place
        for position, entry in enumerate(told[place.value])
    ]
    site.full_clean()
    for item in site.menu_items.all():
        item.full_clean(exclude=["settings"])
    site.save()


def _entry(tree: Tree, place: MenuItem.Place, position: int, told: dict[str, Any]) -> MenuItem:
    labels = {language: text for language, text in told.items() if language not in {"route", "page", "below"}}
    return MenuItem(
        sort_order=position if place == MenuItem.Place.HEADER else 100 + position,
        place=place,
        label=words.label(labels),
        route=told.get("route", ""),
        page=tree.any(told["page"]) if "page" in told else None,
        is_below=told.get("below", False),
    )
