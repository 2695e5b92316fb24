"""What the settings make of the environment."""

import pytest

from valuecreation.environment import broker_address, cache_address


@pytest.mark.parametrize(
    ("broker", "cache"),
    [
        ("redis://host:6379/0", "redis://host:6379/1"),
        ("rediss://user:word@host:6379/4", "rediss://user:word@host:6379/1"),
        ("redis+socket:///run/valkey.sock", "unix:///run/valkey.sock?db=1"),
        ("redis+socket:///run/valkey.sock?virtual_host=4", "unix:///run/valkey.sock?db=1"),
    ],
)
def test_the_cache_is_the_brokers_server_in_another_database(broker, cache):
    assert cache_address(broker) == cache


@pytest.mark.parametrize(
    ("cache", "broker"),
    [
        ("redis://host:6379/0", "redis://host:6379/0"),
        ("unix:///run/valkey.sock", "redis+socket:///run/valkey.sock?virtual_host=0"),
        ("unix:///run/valkey.sock?db=3", "redis+socket:///run/valkey.sock?virtual_host=3"),
    ],
)
def test_the_broker_is_the_caches_server(cache, broker):
    assert broker_address(cache) == broker
