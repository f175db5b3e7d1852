"""Tells staff on the first page of the admin what waits for them about organisations."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from wagtail.admin.ui.components import Component

from partners.members.rules import is_staff
from partners.to_do.work import work


class ToDoPanel(Component):
    """Only what waits; without anything it says so."""

    name = "partners_to_do"
    template_name = "partners/admin/to_do_panel.html"
    order = 110

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(parent_context)
        waiting = [each for each in work() if each.number]
        return context | {"work": waiting, "all_url": reverse("partners_admin_to_do")}


def add_panel(request: HttpRequest, panels: list[Component]) -> None:
    """For those who edit organisations."""
    if is_staff(request.user):
        panels.append(ToDoPanel())
