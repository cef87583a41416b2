from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from govcrawl.store import Store

sys.path.insert(0, str(Path(__file__).parents[2]))  # `tests.store.builders` under every way of starting pytest

from tests.store.builders import DIVISIONS, PORTAL


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "govcrawl.db"


@pytest.fixture
def store(database: Path) -> Iterator[Store]:
    """An empty corpus with one invented portal."""
    with Store.open(database) as opened:
        opened.save_divisions(DIVISIONS)
        opened.save_portals([PORTAL])
        yield opened
