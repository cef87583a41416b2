"""A small related corpus with its archive, and the site on it. Its places are invented."""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from datasette.app import Datasette

sys.path.insert(0, str(Path(__file__).parents[2]))  # `tests.site.visitor` under every way of starting pytest

from govcrawl.archive import Archive
from govcrawl.crawl.settings import RunSettings
from govcrawl.relating import relate
from govcrawl.replay import replay
from govcrawl.simulator.chronicle import Chronicle
from govcrawl.site import make_site
from govcrawl.store import Store
from tests.site.visitor import Visitor

ROOT = Path(__file__).parents[2]
CHRONICLE = Chronicle(seed=1, agencies=24, years=range(2018, 2022))
"""Eighty-eight reports on all forms with tables: edits, copies, reposts, vanished ones, figures that do not go on."""
_LATER = {
    *("site", "export", "cli", "asking", "locale", "demo", "refresh", "merging", "audit"),
    *("relating", "history", "likeness", "portals", "platforms"),
}
"""Rooms that what is read of a page does not depend on; whatever relates reports is done anew in every session."""


@pytest.fixture(scope="session")
def chronicle() -> Chronicle:
    """What is true of the corpus: `chronicle.truth`."""
    return CHRONICLE


@pytest.fixture(scope="session")
def data_dir(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of the corpus: `govcrawl.db` and the archive. To be read only; `corpus_copy` may be changed.

    The reading of its pages is kept from run to run, for as long as nothing changes of what it is made with.
    """
    cache = request.config.cache
    assert cache is not None
    kept = cache.mkdir("site-corpus") / _fingerprint()
    if not kept.is_dir():
        made = _read(tmp_path_factory.mktemp("chronicle"))
        for outdated in kept.parent.iterdir():
            shutil.rmtree(outdated, ignore_errors=True)
        shutil.copytree(made, kept.with_suffix(f".{os.getpid()}"))
        kept.with_suffix(f".{os.getpid()}").rename(kept)
    folder = tmp_path_factory.mktemp("site") / "corpus"
    shutil.copytree(kept, folder)
    with Store.open(folder / "govcrawl.db") as store:
        relate(store, anew=True)
    return folder


def _read(folder: Path) -> Path:
    """Read the chronicle into a fresh corpus, not related yet; gives its data folder."""
    registry, divisions = CHRONICLE.write_places(folder)
    with Archive(folder / "foreign", "chronicle") as archive:
        for got in CHRONICLE.captures():
            archive.write(got.url, got.status, got.headers, got.body, got.fetched_at)
    settings = {
        "REGISTRY": str(registry),
        "DIVISIONS": str(divisions),
        "DATA_DIR": str(folder / "corpus"),
        "WORKERS": 1,
    }
    run = RunSettings.of({f"GOVCRAWL_{name}": value for name, value in settings.items()})
    result = replay(run, warcs=sorted((folder / "foreign").glob("*.warc.gz")))
    assert result.right, result
    return folder / "corpus"


@pytest.fixture(scope="session")
def db(data_dir: Path) -> Path:
    return data_dir / "govcrawl.db"


@pytest.fixture
def corpus_copy(data_dir: Path, tmp_path: Path) -> Path:
    """A data folder like `data_dir` that a test may change."""
    return Path(shutil.copytree(data_dir, tmp_path / "corpus"))


@pytest.fixture(scope="session")
def site(db: Path, data_dir: Path) -> Datasette:
    return make_site(db, data_dir)


@pytest.fixture(scope="session")
def client(site: Datasette) -> Iterator[Visitor]:
    """`client.get("/report/…").tree`"""
    visitor = Visitor(site)
    yield visitor
    visitor.close()


@pytest.fixture
def visit(corpus_copy: Path) -> Iterator[Visitor]:
    """A visitor of the site on `corpus_copy`."""
    visitor = Visitor(make_site(corpus_copy / "govcrawl.db", corpus_copy))
    yield visitor
    visitor.close()


def _fingerprint() -> str:
    """Of all that the corpus is made with."""
    digest = hashlib.sha256()
    files = [*(ROOT / "govcrawl").rglob("*.py"), *(ROOT / "data").glob("*/*.toml"), *(ROOT / "data").glob("*.csv")]
    for path in sorted([*files, Path(__file__)]):
        if not _LATER & set(path.relative_to(ROOT).parts[1:-1]) and "stories" not in path.parts:
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
