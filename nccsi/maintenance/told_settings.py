"""What this deployment was told by its environment, without its secrets: to set another machine up alike.

A secret is known by the name of its variable, or by its place in an address, of which only scheme, host, port and path
are told. Where what is left still looks like one, nothing is.
"""

import os
import re
from urllib.parse import urlsplit

from nccsi.running.environment import Environment

OMITTED = "[set, not copied]"
_SECRET = re.compile(r"SECRET|KEY|PASSWORD|PASSWD|TOKEN|CREDENTIAL|DSN")
_PUBLIC = re.compile(r"PUBLIC_KEY")
# In what is left; a sender of mail has an @ as well, between letters and without a colon.
_LEFT = re.compile(r"password|passwd|secret|token|:[^\s/:@]*@", re.IGNORECASE)
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://\S+", re.IGNORECASE)


def told_settings() -> dict[str, str]:
    """Each variable that the portal asked for and that is set, by name."""
    return {name: bare(name, value) for name in sorted(Environment.asked_for) if (value := os.environ.get(name))}


def bare(name: str, value: str) -> str:
    """The value without what is secret in it."""
    if _SECRET.search(name) and not _PUBLIC.search(name):
        return OMITTED
    left = _ADDRESS.sub(lambda found: _place(found[0]), value)
    return OMITTED if _LEFT.search(left) else left


def _place(address: str) -> str:
    """Scheme, host, port and path; an `@` behind the host is the rest of a password that nobody encoded."""
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return OMITTED
    if "@" in parts.path:
        return OMITTED
    return f"{parts.scheme}://{f'[{host}]' if ':' in host else host}{f':{port}' if port else ''}{parts.path}"
