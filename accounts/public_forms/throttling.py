"""How often the same address may do the same thing: counters in the cache, one per fixed window."""

import hashlib
import ipaddress
import logging
import time
from collections.abc import Mapping
from typing import Any

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

HOUR = 3600
# Different acts an hour by the same form: of one visitor under one address, of one visitor (a whole office may stand
# behind one), and of a network.
ACTS_OF_ONE = 10
ACTS_FROM_ONE = 300
ACTS_FROM_NETWORK = 900
# Different guesses an hour at the same secret.
GUESSES_OF_ONE = 20
GUESSES_FROM_NETWORK = 100
# How long, in seconds, a copy waits for the number of what is being counted at this moment: some milliseconds mostly.
COUNTING_STEP = 0.01
COUNTING_STEPS = 30

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
    return _network(request, of_four=32, of_six=48)


def client_line(request: HttpRequest) -> str:
    """One line to the internet: an IPv4 address, or the /64 that a router gives to all behind it."""
    return _network(request, of_four=32, of_six=64)


def client_network(request: HttpRequest) -> str:
    """The visitor's network: /24 for IPv4, /48 for IPv6, so that a change of address does not help."""
    return _network(request, of_four=24, of_six=48)


def _network(request: HttpRequest, *, of_four: int, of_six: int) -> str:
    try:
        address = ipaddress.ip_address(client_address(request))
    except ValueError:
        return "unknown"
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    prefix = of_four if address.version == 4 else of_six
    return str(ipaddress.ip_network(f"{address}/{prefix}", strict=False))


def allow_visitor(request: HttpRequest, scope: str, *, limit: int, per: int) -> bool:
    """The same for a visitor: `limit` per line, five times as many per network."""
    by_line = allow(f"{scope}:address", client_line(request), limit=limit, per=per)
    by_network = allow(f"{scope}:network", client_network(request), limit=limit * 5, per=per)
    return by_line and by_network


def allow_act(request: HttpRequest, scope: str, *, person: str, act: Mapping[str, Any]) -> bool:
    """Whether a visitor may send one more public form; `person` is the address in it, `act` all that was filled in.

    The same act again (a double click, a page sent anew) counts once and is answered alike. How much mail comes of it
    is not decided here: the outbox keeps mailboxes from being flooded.
    """
    line = client_line(request)
    who = f"{line} {person.strip().lower()}"
    what = hashlib.sha256(repr([who, *sorted((name, _plain(value)) for name, value in act.items())]).encode())
    of_one = _ordinal(f"{scope}:one", who, act=what.hexdigest())
    from_one = _ordinal(f"{scope}:line", line, act=what.hexdigest())
    from_network = _ordinal(f"{scope}:network", client_network(request), act=what.hexdigest())
    return of_one <= ACTS_OF_ONE and from_one <= ACTS_FROM_ONE and from_network <= ACTS_FROM_NETWORK


def allow_guess(request: HttpRequest, scope: str, *, guess: str) -> bool:
    """Whether a visitor may try one more secret. The same one again counts once: a class that was told it comes in.

    What was tried is nowhere kept as it is: it may be the right one.
    """
    what = salted_hmac(scope, guess, algorithm="sha256").hexdigest()
    of_line = _ordinal(f"{scope}:line", client_line(request), act=what)
    of_network = _ordinal(f"{scope}:network", client_network(request), act=what)
    return of_line <= GUESSES_OF_ONE and of_network <= GUESSES_FROM_NETWORK


def _plain(value: Any) -> str:
    return repr(sorted(map(str, value))) if isinstance(value, list | tuple | QuerySet) else str(value)


def _ordinal(scope: str, key: str, *, act: str) -> int:
    """Which one among the different acts of this hour it is; 0 when nobody can count.

    No act has a number that it did not draw from the counter itself: not even copies sent at once slip past a limit.
    """
    digest = hashlib.sha256(f"{key} {int(time.time() // HOUR)}".encode()).hexdigest()[:32]
    known, counter = f"act:{scope}:{digest}:{act[:32]}", f"acts:{scope}:{digest}"
    try:
        if not cache.add(known, 0, timeout=HOUR * 2) and (counted := _counted(known)):
            return counted
        cache.add(counter, 0, timeout=HOUR * 2)
        drawn = int(cache.incr(counter))
        number = min(drawn, int(cache.get(known) or drawn))
        cache.set(known, number, timeout=HOUR * 2)
    except Exception:  # noqa: BLE001  # each cache library has errors of its own
        logger.warning("The cache does not answer; %s goes unlimited for now.", scope)
        return 0
    return number


def _counted(known: str) -> int:
    """The number of an act that came before; 0 when whoever is counting it never finishes.

    It is waited for: a class that types the same password at once is to use up one guess, not thirty.
    """
    for _each in range(COUNTING_STEPS):
        if number := int(cache.get(known) or 0):
            return number
        time.sleep(COUNTING_STEP)
    return 0
