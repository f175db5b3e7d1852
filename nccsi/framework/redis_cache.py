"""A Redis cache that may go away: what it does not answer was never cached, and asking it costs next to nothing.

A frozen Redis answers nothing at all, so the first request that notices waits for the socket's timeout; for the next
seconds no other one of this process asks. Limits on forms and sign-ins let people through meanwhile: losing the cache
must not lose a registration.
"""

import logging
import time
from collections.abc import Callable
from typing import Any, TypeVar

from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

logger = logging.getLogger(__name__)

# How long nobody asks a server that did not answer.
PAUSE = 5.0
_TIMEOUT = 0.5

T = TypeVar("T")

# Until when a server is left alone: one answer for all threads, each of which has a client of its own.
_left_alone: dict[str, float] = {}


class ForgivingClient(RedisCacheClient):
    """Each answer that does not come is a miss."""

    def __init__(self, servers: list[str], **options: Any) -> None:
        quick: dict[str, Any] = {
            "socket_timeout": _TIMEOUT,
            "socket_connect_timeout": _TIMEOUT,
            # The library would try three times more, with seconds in between.
            "retry": Retry(NoBackoff(), 0),
        }
        super().__init__(servers, **(quick | options))
        self._name = ";".join(servers)

    def _asked(self, ask: Callable[..., T], missed: T, *arguments: Any) -> T:
        if time.monotonic() < _left_alone.get(self._name, 0):
            return missed
        try:
            return ask(*arguments)
        except (RedisError, OSError) as error:
            _left_alone[self._name] = time.monotonic() + PAUSE
            logger.warning("The cache does not answer (%s); nobody asks it for %.0f s.", type(error).__name__, PAUSE)
            return missed

    def add(self, key: Any, value: Any, timeout: Any) -> bool:
        return self._asked(super().add, True, key, value, timeout)  # noqa: FBT003  # nobody was there before

    def get(self, key: Any, default: Any) -> Any:
        return self._asked(super().get, default, key, default)

    def set(self, key: Any, value: Any, timeout: Any) -> None:
        self._asked(super().set, None, key, value, timeout)

    def touch(self, key: Any, timeout: Any) -> bool:
        return self._asked(super().touch, False, key, timeout)  # noqa: FBT003

    def delete(self, key: Any) -> bool:
        return self._asked(super().delete, False, key)  # noqa: FBT003

    def get_many(self, keys: Any) -> dict[Any, Any]:
        return self._asked(super().get_many, {}, keys)

    def has_key(self, key: Any) -> bool:
        return self._asked(super().has_key, False, key)  # noqa: FBT003

    def incr(self, key: Any, delta: int) -> int:
        return self._asked(super().incr, delta, key, delta)

    def set_many(self, data: Any, timeout: Any) -> None:
        self._asked(super().set_many, None, data, timeout)

    def delete_many(self, keys: Any) -> None:
        self._asked(super().delete_many, None, keys)

    def clear(self) -> bool:
        return self._asked(super().clear, False)  # noqa: FBT003


class ForgivingRedisCache(RedisCache):
    """What `CACHES` names."""

    def __init__(self, server: Any, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = ForgivingClient
