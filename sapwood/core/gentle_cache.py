"""The cache in Redis, without which every page still works: a cache that fails is an empty one."""

import logging
import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

REST = 5.0  # seconds in which a Redis that failed is not asked again
logger = logging.getLogger("sapwood.cache")


def _or_nothing(method: Callable[..., Any], nothing: Callable[..., Any]) -> Callable[..., Any]:
    """The method; what `nothing` gives for the same arguments while Redis cannot answer."""

    @wraps(method)
    def ask(self: "GentleRedisCache", *args: Any, **kwargs: Any) -> Any:
        if time.monotonic() < self.rests_until:
            return nothing(*args, **kwargs)
        try:
            return method(self, *args, **kwargs)
        except RedisError as error:
            self.rests_until = time.monotonic() + REST
            logger.warning("cache", extra={"problem": type(error).__name__})
            return nothing(*args, **kwargs)

    return ask


def _given(_key: Any = None, default: Any = None, *_args: Any, **_kwargs: Any) -> Any:
    return default


class GentleRedisCache(RedisCache):
    """Misses instead of raising; each process looks again after a few seconds."""

    rests_until = 0.0

    get = _or_nothing(RedisCache.get, _given)
    get_many = _or_nothing(RedisCache.get_many, lambda *_args, **_kwargs: {})
    add = _or_nothing(RedisCache.add, lambda *_args, **_kwargs: True)
    set = _or_nothing(RedisCache.set, lambda *_args, **_kwargs: None)
    set_many = _or_nothing(RedisCache.set_many, lambda *_args, **_kwargs: [])
    touch = _or_nothing(RedisCache.touch, lambda *_args, **_kwargs: False)
    delete = _or_nothing(RedisCache.delete, lambda *_args, **_kwargs: False)
    delete_many = _or_nothing(RedisCache.delete_many, lambda *_args, **_kwargs: None)
    incr = _or_nothing(RedisCache.incr, lambda _key, delta=1, *_args, **_kwargs: delta)
    has_key = _or_nothing(RedisCache.has_key, lambda *_args, **_kwargs: False)
    clear = _or_nothing(RedisCache.clear, lambda *_args, **_kwargs: False)
