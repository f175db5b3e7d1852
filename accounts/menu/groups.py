"""What stands on top of the admin's menu, the only place where that is said.

A list joins a group with `menu_hook = groups.LIBRARY.hook` and its `menu_order`; an item of its own with
`hooks.register(groups.LIBRARY.hook, ...)`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy, pgettext_lazy
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem
from wagtail.admin.wagtail_hooks import register_explorer_menu_item, register_help_menu, register_reports_menu
from wagtail.documents.wagtail_hooks import register_documents_menu_item
from wagtail.images.wagtail_hooks import register_images_menu_item

AT_MOST = 8


@dataclass(frozen=True, eq=False)
class Group:
    """An entry on top, shown to whoever sees an entry below it."""

    name: str  # none is the beginning of another: Wagtail's script compares paths by how they begin
    label: Any
    icon: str
    order: int
    hook: str  # with which what stands below it is registered

    def item(self) -> MenuItem:
        """For Wagtail's menu."""
        menu = Menu(register_hook_name=self.hook)
        return SubmenuMenuItem(self.label, menu, name=self.name, icon_name=self.icon, order=self.order)


def _group(name: str, label: Any, icon: str, order: int) -> Group:
    return Group(name, label, icon, order, hook=f"register_{name}_menu_item")


CONTENT = _group("content", pgettext_lazy("menu of the admin", "Content"), "doc-full", 100)
CALLS = _group("calls", gettext_lazy("Calls"), "calendar-check", 200)
LIBRARY = _group("library", pgettext_lazy("menu of the admin", "Library"), "clipboard-list", 300)
PARTNERS = _group("partners", gettext_lazy("Partners"), "group", 400)
EVENTS = _group("events", gettext_lazy("Events"), "calendar", 500)
PEOPLE = _group("people", pgettext_lazy("menu of the admin", "People"), "user", 600)
MAIL = _group("mail", gettext_lazy("Mail"), "mail", 700)
# Wagtail makes this one itself, the last of all.
SETTINGS = Group("settings", "", "cogs", 10_000, hook="register_settings_menu_item")

GROUPS = (CONTENT, CALLS, LIBRARY, PARTNERS, EVENTS, PEOPLE, MAIL, SETTINGS)
OURS = tuple(group for group in GROUPS if group is not SETTINGS)

# Wagtail puts these on top.
MOVED: dict[Group, tuple[Callable[[], MenuItem], ...]] = {
    CONTENT: (
        register_explorer_menu_item,
        register_images_menu_item,
        register_documents_menu_item,
        register_reports_menu,
    ),
    SETTINGS: (register_help_menu,),
}
_MOVED_NAMES = ("explorer", "images", "documents", "reports", "help")


def leave_groups(request: HttpRequest, items: list[MenuItem]) -> None:
    """For Wagtail's `construct_main_menu`: what stands below a group does not stand on top as well."""
    items[:] = [item for item in items if item.name not in _MOVED_NAMES]
