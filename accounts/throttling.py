"""How often the same address may do the same thing: counters in the cache, one per fixed window."""

import hashlib
import ipaddress
import logging
import time

from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.http import HttpRequest

HOUR = 3600
# Of a form that mails whatever address was typed: how many somebody may send, and how many one address may get.
FORMS_PER_HOUR = 10
MAILS_PER_HOUR = 3

logger = logging.getLogger(__name__)


def allow(scope: str, key: str, *, limit: int, per: int) -> bool:
    """Count one use of `scope` by `key`; False once there are more than `limit` in `per` seconds.

    A cache that does not answer lets people through: losing Redis must not lose a registration.
    """
    window = int(time.time() // per)
    digest = hashlib.sha256(key.strip().lower().encode()).hexdigest()[:32]
    name = f"throttle:{scope}:{digest}:{window}"
    try:
        cache.add(name, 0, timeout=per * 2)
        return cache.incr(name) <= limit
    except Exception:  # noqa: BLE001  # each cache library has errors of its own
        logger.warning("The cache does not answer; %s goes unlimited for now.", scope)
        return True


def client_address(request: HttpRequest) -> str:
    """The visitor's address as the trusted proxies tell it; X-Forwarded-For beyond them is not believed."""
    return get_adapter(request).get_client_ip(request) or "unknown"


def client_source(request: HttpRequest) -> str:
    """Who counts as one visitor: an IPv4 address, but a whole IPv6 network, of which one household has plenty."""
    address = client_address(request)
    return client_network(request) if ":" in address else address


def client_network(request: HttpRequest) -> str:
    """The visitor's network: /24 for IPv4, /48 for IPv6, so that a change of address does not help."""
    try:
        address = ipaddress.ip_address(client_address(request))
    except ValueError:
        return "unknown"
    prefix = 24 if address.version == 4 else 48
    return str(ipaddress.ip_network(f"{address}/{prefix}", strict=False))


def allow_visitor(request: HttpRequest, scope: str, *, limit: int, per: int) -> bool:
    """The same for a visitor: `limit` per address, five times as many per network."""
    by_address = allow(f"{scope}:address", client_address(request), limit=limit, per=per)
    by_network = allow(f"{scope}:network", client_network(request), limit=limit * 5, per=per)
    return by_address and by_network


def allow_form(request: HttpRequest, scope: str, email: str) -> bool:
    """Whether a form that mails `email` may be sent once more, by this visitor and to this address.

    Who has proved to hold the address fills nobody else's mailbox.
    """
    if not allow_visitor(request, scope, limit=FORMS_PER_HOUR, per=HOUR):
        return False
    own = EmailAddress.objects.filter(user=request.user.pk, verified=True, email__iexact=email)
    if request.user.is_authenticated and own.exists():
        return True
    return allow(f"{scope}:mailbox", email, limit=MAILS_PER_HOUR, per=HOUR)
