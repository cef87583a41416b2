"""The corpus that the documents speak of: that of `govcrawl demo --provinces 1`."""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

sys.path.insert(0, str(Path(__file__).parents[2]))  # `tests.project.asked` under every way of starting pytest

from govcrawl.cli import ExitCode, main

ROOT = Path(__file__).parents[2]
_LATER = {"site", "export", "locale", "health"}
"""Rooms that a crawl does not depend on."""


@pytest.fixture(scope="session")
def demo_folder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with `data/corpus/demo` as the demo leaves it; to be read only. It is made once, and kept from run to
    run for as long as nothing changes of what it is made with."""
    cache = request.config.cache
    assert cache is not None
    kept = cache.mkdir("demo-corpus") / _fingerprint()
    if not kept.is_dir():
        made = tmp_path_factory.mktemp("made") / "corpus"
        done = CliRunner().invoke(main, ["demo", "--provinces", "1", "--data-dir", str(made)])
        assert done.exit_code == ExitCode.FINE, done.output
        for outdated in kept.parent.iterdir():
            shutil.rmtree(outdated, ignore_errors=True)
        shutil.copytree(made, kept.with_suffix(f".{os.getpid()}"))
        kept.with_suffix(f".{os.getpid()}").rename(kept)
    folder = tmp_path_factory.mktemp("documents")
    shutil.copytree(kept, folder / "data" / "corpus")
    (folder / "docs").symlink_to(ROOT / "docs")
    return folder


def _fingerprint() -> str:
    """Of all that the demo is made with."""
    digest = hashlib.sha256()
    files = [path for room in ("govcrawl", "spiders", "pipelines") for path in (ROOT / room).rglob("*.py")]
    files += [*(ROOT / "data").glob("lookups/*.toml"), *(ROOT / "data").glob("forms/*.toml"), Path(__file__)]
    for path in sorted(files):
        if not _LATER & set(path.relative_to(ROOT).parts[1:-1]):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
