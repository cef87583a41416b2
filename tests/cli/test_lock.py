"""One writer a database."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from govcrawl.cli import ExitCode, main
from govcrawl.crawl.settings import RunSettings
from govcrawl.crawl.writers import release, writers_of
from govcrawl.lock import LockedError, hold_lock, join_lock
from govcrawl.model import StoreError

HTML = Path(__file__).resolve().parents[2] / "docs" / "example.html"


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
    done = subprocess.run([sys.executable, "-c", code, str(db)], check=False, timeout=300)
    assert done.returncode == -9
    with hold_lock(db):
        pass


@pytest.mark.parametrize("inside", ["file/govcrawl.db", "file/folder/govcrawl.db", "folder"])
def test_a_place_that_cannot_be_written_is_told(tmp_path: Path, inside: str) -> None:
    (tmp_path / "file").write_bytes(b"")
    (tmp_path / "folder.lock").mkdir()
    with pytest.raises(StoreError, match=r"\.lock: "), hold_lock(tmp_path / inside):
        pytest.fail("held")


def test_what_fails_while_the_lock_is_held_stays_what_it_is(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), hold_lock(tmp_path / "govcrawl.db"):
        raise FileNotFoundError


@pytest.mark.parametrize(
    "arguments",
    [
        ["extract", "--save", str(HTML), "--db", "file/govcrawl.db"],
        ["crawl", "gansu", "--data-dir", "file/folder"],
        ["crawl", "gansu", "--db", "govcrawl.db", "--data-dir", "file/folder"],
    ],
)
def test_every_command_calls_such_a_place_unusable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == ExitCode.UNUSABLE
    assert "govcrawl: file/" in result.stderr


def test_a_holder_may_join_its_own_lock_and_keeps_it(tmp_path: Path) -> None:
    db = tmp_path / "govcrawl.db"
    with hold_lock(db):
        with join_lock(db):
            pass
        with pytest.raises(LockedError), hold_lock(db):
            pytest.fail("joining gave it back")
    with join_lock(db), pytest.raises(LockedError), hold_lock(db):
        pytest.fail("joined without a hold")
    with hold_lock(db):
        pass


def test_a_spider_started_by_scrapy_takes_the_lock_until_it_is_done(tmp_path: Path) -> None:
    run = RunSettings.of({"GOVCRAWL_DATA_DIR": str(tmp_path)})
    users = [_User(), _User()]
    for user in users:
        writers_of(user, run)
    try:
        with pytest.raises(LockedError), hold_lock(run.db):
            pytest.fail("a second writer")
    finally:
        for user in users:
            release(user, run)
    with hold_lock(run.db):
        pass


def test_a_spider_is_refused_while_another_process_writes(tmp_path: Path) -> None:
    run = RunSettings.of({"GOVCRAWL_DATA_DIR": str(tmp_path)})
    code = (
        "import pathlib, sys; from govcrawl.lock import hold_lock\n"
        "with hold_lock(pathlib.Path(sys.argv[1])): print('held', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(run.db)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(LockedError, match=str(other.pid)):
            writers_of(_User(), run)
        other.communicate(timeout=300)


class _User:
    """Stands for a crawler."""
