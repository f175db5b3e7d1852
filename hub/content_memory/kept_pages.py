"""Which pages are the same for everyone, and by which parameters of their address they differ.

Apps say so of their own views in `AppConfig.ready`, with the fields of the form or the filters that read the address:
so a filter that is new is known here without a line of its own. `nccsi/caching/page_cache.py` keeps these pages.
"""

from collections.abc import Iterable

_views: set[str] = set()
_parameters: set[str] = set()


def register(*views: str, parameters: Iterable[str] = ()) -> None:
    """Views by the names of their addresses, and what their addresses may ask for."""
    _views.update(views)
    _parameters.update(parameters)


def is_kept(view: str) -> bool:
    """Whether the answers of this view may be the same for everyone."""
    return view in _views


def are_known(parameters: Iterable[str]) -> bool:
    """Whether pages say what all of these mean; another may mean somebody in particular."""
    return _parameters.issuperset(parameters)
