"""What the environment gives two installations so that they stay apart."""

from sapwood.core.environment import cache_prefix


def test_one_redis_holds_two_installations_apart() -> None:
    here = cache_prefix("a key", "sapwood")
    assert here == cache_prefix("a key", "sapwood")
    assert len({here, cache_prefix("another", "sapwood"), cache_prefix("a key", "staging")}) == 3
    assert "key" not in here
