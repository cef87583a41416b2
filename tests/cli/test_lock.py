"""One writer a database."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from govcrawl.lock import LockedError, hold_lock


def test_a_second_holder_is_refused_and_the_first_is_named(tmp_path: Path) -> None:
    db = tmp_path / "govcrawl.db"
    with hold_lock(db), pytest.raises(LockedError, match=str(os.getpid())), hold_lock(db):
        pytest.fail("held twice")


def test_the_lock_is_free_again_afterwards(tmp_path: Path) -> None:
    for _ in range(2):
        with hold_lock(tmp_path / "govcrawl.db"):
            pass


def test_another_database_has_another_lock(tmp_path: Path) -> None:
    with hold_lock(tmp_path / "a.db"), hold_lock(tmp_path / "b.db"):
        pass


def test_a_killed_holder_leaves_no_lock(tmp_path: Path) -> None:
    db = tmp_path / "govcrawl.db"
    code = (
        "import os, pathlib, sys; from govcrawl.lock import hold_lock\n"
        "with hold_lock(pathlib.Path(sys.argv[1])): os.kill(os.getpid(), 9)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(db)], check=False, timeout=60)
    assert done.returncode == -9
    with hold_lock(db):
        pass
