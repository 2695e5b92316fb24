"""A cache that may be away: what it cannot give is made again, and nobody's request fails."""

import functools
import logging

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)


def forgiving(method, missing):
    @functools.wraps(getattr(RedisCache, method))
    def call(self, *args, **kwargs):
        try:
            return getattr(RedisCache, method)(self, *args, **kwargs)
        except (RedisError, OSError) as error:
            logger.warning("The cache did not answer (%s): %s", method, error)
            return missing(args, kwargs)

    return call


def default_of(args, kwargs):
    """The `default` of `get(key, default=None, version=None)`."""
    return kwargs.get("default", args[1] if len(args) > 1 else None)


class ForgivingRedisCache(RedisCache):
    get = forgiving("get", default_of)
    get_many = forgiving("get_many", lambda args, kwargs: {})
    set = forgiving("set", lambda args, kwargs: None)
    set_many = forgiving("set_many", lambda args, kwargs: [])
    add = forgiving("add", lambda args, kwargs: True)
    touch = forgiving("touch", lambda args, kwargs: False)
    incr = forgiving("incr", lambda args, kwargs: 1)
    has_key = forgiving("has_key", lambda args, kwargs: False)
    delete = forgiving("delete", lambda args, kwargs: False)
    delete_many = forgiving("delete_many", lambda args, kwargs: None)
