"""What this deployment was told by its environment, without its secrets: to set another machine up alike.

A secret is known by the name of its variable, or by its place in an address: who signs in (`user:password@`), and what
stands behind the question mark.
"""

import os
import re
from urllib.parse import urlsplit, urlunsplit

from nccsi.running.environment import Environment

OMITTED = "[set, not copied]"
_SECRET = re.compile(r"SECRET|KEY|PASSWORD|PASSWD|TOKEN|CREDENTIAL|DSN")
_PUBLIC = re.compile(r"PUBLIC_KEY")
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://\S+", re.IGNORECASE)


def told_settings() -> dict[str, str]:
    """Each variable that the portal asked for and that is set, by name."""
    return {name: bare(name, value) for name in sorted(Environment.asked_for) if (value := os.environ.get(name))}


def bare(name: str, value: str) -> str:
    """The value without what is secret in it."""
    if _SECRET.search(name) and not _PUBLIC.search(name):
        return OMITTED
    return _ADDRESS.sub(lambda found: _without_sign_in(found[0]), value)


def _without_sign_in(address: str) -> str:
    try:
        parts = urlsplit(address)
    except ValueError:
        return OMITTED
    host = parts.netloc.rpartition("@")[2]
    return urlunsplit((parts.scheme, host, parts.path, "", ""))
