from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from govcrawl.store import Store
from tests.store.asking.places import fill


@pytest.fixture(scope="module")
def province(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    """The invented province of `places`, open for reading."""
    path = tmp_path_factory.mktemp("province") / "govcrawl.db"
    with Store.open(path) as store:
        fill(store)
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    yield connection
    connection.close()


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """A corpus with nothing in it."""
    with Store.open(tmp_path / "govcrawl.db") as store:
        yield store.connection
