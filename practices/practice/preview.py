"""What the editor's preview shows: the public page of a practice, which knows the model and is not known by it."""

from collections.abc import Callable
from typing import Any

PageContext = Callable[[Any], dict[str, Any]]
_page: list[PageContext] = []


def register(context: PageContext) -> None:
    """Called once when Django starts: what the template of the public page gets for a practice."""
    _page[:] = [context]


def page_context(practice: Any) -> dict[str, Any]:
    """What the template gets for this practice, saved or not."""
    return _page[0](practice)
