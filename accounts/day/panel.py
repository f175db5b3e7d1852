"""The first page of the admin: what needs doing, instead of how many pages there are."""

from typing import Any

from django.http import HttpRequest
from wagtail.admin.ui.components import Component

from accounts.day import work


class WorkPanel(Component):
    """Above everything else; on a day on which nothing waits it says so, and what could be begun."""

    name = "work"
    template_name = "accounts/admin/work.html"
    order = 10

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(parent_context)
        user = parent_context["request"].user
        groups = work.waiting(user)
        return context | {"groups": groups, "steps": [] if groups else work.steps(user)}


def add_panel(request: HttpRequest, panels: list[Component]) -> None:
    """For everybody who opens the admin: each line asks for the rights that its list needs."""
    panels.append(WorkPanel())


def drop_summary(request: HttpRequest, items: list[Component]) -> None:
    """How many pages, pictures and documents there are is no work."""
    items.clear()
