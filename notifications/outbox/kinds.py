"""What staff call the kinds of mail, and whose words are not for them: each app says it in its configuration."""

from functools import cache

from django.apps import apps
from django.utils.functional import Promise


@cache
def _names() -> dict[str, str | Promise]:
    return {kind: name for config in apps.get_app_configs() for kind, name in getattr(config, "mails", {}).items()}


def name_of(kind: str) -> str:
    """The name in the reader's language; the kind itself where nobody named it."""
    return str(_names().get(kind, kind))


@cache
def confidential() -> frozenset[str]:
    """Those whose words are for their receivers alone: `confidential_mails` of each app's configuration."""
    return frozenset(kind for config in apps.get_app_configs() for kind in getattr(config, "confidential_mails", ()))


def choices() -> list[tuple[str, str]]:
    """All kinds with their names, in the order of the alphabet."""
    return sorted(((kind, str(name)) for kind, name in _names().items()), key=lambda choice: choice[1].casefold())
