"""What the database remembers of a host."""

from __future__ import annotations

from datetime import timedelta

import pytest

from govcrawl.model import StoreError
from govcrawl.store import HostMemory, Store
from tests.store.builders import at

HOST = "www.yunshan.test"


def test_a_host_nothing_is_known_of_is_none(store: Store) -> None:
    assert store.host(HOST) is None


def test_what_is_saved_is_read_again(store: Store) -> None:
    memory = HostMemory(HOST, "http", "none", 2, "no answer in time").blocked(at(), "status 412")
    store.save_host(memory, at())
    assert store.host(HOST) == memory


def test_a_host_has_one_row(store: Store) -> None:
    store.save_host(HostMemory(HOST, "http"), at())
    store.save_host(HostMemory(HOST, "https", "legacy"), at(day=2))
    assert store.host(HOST) == HostMemory(HOST, "https", "legacy")
    assert store.connection.execute("SELECT count(*), max(updated_at) FROM hosts").fetchone() == (
        1,
        "2021-03-02T08:00:00Z",
    )


def test_a_rest_is_a_day_and_doubles_up_to_thirty() -> None:
    memory, rests = HostMemory(HOST), []
    for _ in range(7):
        memory = memory.blocked(at(), "status 412")
        assert memory.rest_until is not None
        rests.append((memory.rest_until - at()) // timedelta(days=1))
    assert rests == [1, 2, 4, 8, 16, 30, 30]


def test_a_blocked_host_rests_until_its_moment_and_not_longer() -> None:
    memory = HostMemory(HOST).blocked(at(), "status 412")
    assert memory.rests(at() + timedelta(hours=23))
    assert not memory.rests(at() + timedelta(hours=24))


def test_three_blocks_in_a_row_make_a_host_stubborn_and_an_answer_ends_that() -> None:
    memory = HostMemory(HOST)
    for _ in range(3):
        assert not memory.is_stubborn
        memory = memory.blocked(at(), "status 412")
    assert memory.is_stubborn
    answered = memory.answered()
    assert (answered.blocked_times, answered.rest_until, answered.is_stubborn) == (0, None, False)
    assert answered.blocked_at == at(), "that it once blocked stays known"


@pytest.mark.parametrize("memory", [HostMemory(HOST, "ftp"), HostMemory(HOST, tls="ancient")])
def test_the_database_refuses_what_no_host_has(store: Store, memory: HostMemory) -> None:
    with pytest.raises(StoreError):
        store.save_host(memory, at())
