"""What the admin's pages say before something is deleted, unpublished or moved."""

from typing import Any

from django import template

from hub.changes import consequences
from hub.changes.consequences import Act

register = template.Library()


@register.inclusion_tag("hub/admin/consequences.html")
def consequences_of(act: str, *things: Any) -> dict[str, Any]:
    """What goes with these things; `act` is `delete`, `unpublish` or `move`."""
    return {"consequences": consequences.of([thing for thing in things if thing], Act[act.upper()])}


@register.inclusion_tag("hub/admin/consequences.html", takes_context=True)
def consequences_of_many(context: Any) -> dict[str, Any]:
    """What goes with everything that was ticked in a list; nothing for actions that take nothing away."""
    action = context["request"].resolver_match.kwargs.get("action", "").upper()
    things = [item["item"] for item in context.get("items") or []]
    return {"consequences": consequences.of(things, Act[action]) if action in Act.__members__ else []}
