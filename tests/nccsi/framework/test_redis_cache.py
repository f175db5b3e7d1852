"""The cache goes away and comes back; nobody notices but the clock, and that barely."""

import time

import pytest

from nccsi.framework import redis_cache
from nccsi.framework.redis_cache import ForgivingRedisCache
from tests.environment import free_port


@pytest.fixture
def lost() -> ForgivingRedisCache:
    """A cache on a port where nobody listens."""
    return ForgivingRedisCache(f"redis://127.0.0.1:{free_port()}/0", {})


def test_a_lost_cache_misses_everything(lost: ForgivingRedisCache) -> None:
    lost.set("name", "value")
    lost.set_many({"name": "value"})
    assert lost.get("name") is None
    assert lost.get("name", "default") == "default"
    assert lost.get_many(["name"]) == {}
    assert lost.get_or_set("name", "made anew") == "made anew"
    assert lost.add("name", "value")
    assert lost.incr("name") == 1
    assert "name" not in lost
    assert not lost.touch("name")
    assert not lost.delete("name")
    lost.delete_many(["name"])
    lost.clear()


@pytest.mark.needs("redis")
def test_what_comes_back_is_used_again(redis_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    back = ForgivingRedisCache(redis_url, {})
    back.set("name", "value")
    monkeypatch.setitem(redis_cache._left_alone, redis_url, time.monotonic() + 0.2)
    assert back.get("name") is None, "left alone"
    time.sleep(0.25)
    assert back.get("name") == "value"
    assert back.add("counter", 0)
    assert not back.add("counter", 0)
    assert back.incr("counter") == 1
