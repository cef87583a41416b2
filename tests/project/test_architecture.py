"""Which room may import which: to the left of the picture, or down to the model, never back."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from spiders.province import ProvinceSpider

ROOT = Path(__file__).resolve().parents[2]
SMALL = {"govcrawl.model", "govcrawl.lookups"}
"""The nouns, and the reviewed word lists: every room may use them."""

MAY_IMPORT: dict[str, set[str]] = {
    "govcrawl.model": set(),
    "govcrawl.lookups": set(),
    "govcrawl.locale": set(),
    "govcrawl.agencies": {"govcrawl.divisions"},
    "govcrawl.divisions": set(),
    "govcrawl.portals": {"govcrawl.divisions"},
    "govcrawl.platforms": set(),
    "govcrawl.discovery": {"govcrawl.divisions", "govcrawl.platforms"},
    "govcrawl.documents": set(),
    "govcrawl.forms": {"govcrawl.agencies", "govcrawl.discovery", "govcrawl.divisions", "govcrawl.documents"},
    "govcrawl.checks": {"govcrawl.forms"},
    "govcrawl.reading": {"govcrawl.checks", "govcrawl.divisions", "govcrawl.documents", "govcrawl.forms"},
    "govcrawl.archive": set(),
    "govcrawl.history": set(),
    "govcrawl.likeness": set(),
    "govcrawl.store": {"govcrawl.agencies", "govcrawl.divisions", "govcrawl.forms"},
    "govcrawl.crawl": {
        "govcrawl.archive",
        "govcrawl.discovery",
        "govcrawl.divisions",
        "govcrawl.documents",
        "govcrawl.forms",
        "govcrawl.lock",
        "govcrawl.platforms",
        "govcrawl.portals",
        "govcrawl.reading",
        "govcrawl.store",
        "govcrawl.workers",
    },
    "govcrawl.refresh": {
        "govcrawl.crawl",
        "govcrawl.divisions",
        "govcrawl.locale",
        "govcrawl.portals",
        "govcrawl.store",
        "spiders",
    },
    "govcrawl.relating": {
        "govcrawl.agencies",
        "govcrawl.checks",
        "govcrawl.divisions",
        "govcrawl.forms",
        "govcrawl.history",
        "govcrawl.likeness",
        "govcrawl.store",
    },
    "govcrawl.merging": {
        "govcrawl.archive",
        "govcrawl.divisions",
        "govcrawl.lock",
        "govcrawl.relating",
        "govcrawl.store",
    },
    "govcrawl.audit": {
        "govcrawl.archive",
        "govcrawl.crawl",
        "govcrawl.relating",
        "govcrawl.replay",
        "govcrawl.store",
        "govcrawl.workers",
    },
    "govcrawl.export": {"govcrawl.forms", "govcrawl.store"},
    "govcrawl.site": {
        "govcrawl.archive",
        "govcrawl.divisions",
        "govcrawl.documents",
        "govcrawl.export",
        "govcrawl.forms",
        "govcrawl.locale",
        "govcrawl.store",
    },
    "govcrawl.workers": {"govcrawl.documents"},
    "govcrawl.simulator": {"govcrawl.forms", "scrapy", "twisted"},
}
"""Room → what it may import beside the small ones. Rooms that are not named here stand at the edge and may use all."""

FRAMEWORKS = {"scrapy", "twisted", "sqlite_utils"}
KNOWS = {"scrapy": {"spiders", "pipelines", "govcrawl.simulator"}, "sqlite_utils": {"govcrawl.store"}}


def room_of(parts: tuple[str, ...]) -> str:
    return ".".join(parts[:2]) if parts[0] == "govcrawl" and len(parts) > 1 else parts[0]


def imports(room: str) -> set[tuple[str, str]]:
    """(file, room or framework) of everything a room imports."""
    base = ROOT.joinpath(*room.split("."))
    files = sorted(base.rglob("*.py")) if base.is_dir() else [base.with_suffix(".py")]
    found: set[tuple[str, str]] = set()
    for file in files:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module:
                names = [f"govcrawl.{a.name}" for a in node.names] if node.module == "govcrawl" else [node.module]
            elif isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            else:
                continue
            for name in names:
                target = room_of(tuple(name.split(".")))
                ours = target.split(".")[0] in {"govcrawl", "spiders", "pipelines"} and target != "govcrawl.__version__"
                if (ours or target in FRAMEWORKS) and target != room:
                    found.add((str(file.relative_to(ROOT)), target))
    return found


@pytest.mark.parametrize("room", MAY_IMPORT)
def test_a_room_imports_only_what_lies_to_its_left(room: str) -> None:
    allowed = MAY_IMPORT[room] | SMALL | frameworks_of(room)
    assert {(file, target) for file, target in imports(room) if target not in allowed} == set()


def frameworks_of(room: str) -> set[str]:
    return {framework for framework, rooms in KNOWS.items() if room in rooms}


def test_only_spiders_pipelines_and_the_simulator_know_scrapy() -> None:
    rooms = {room_of(path.relative_to(ROOT).with_suffix("").parts) for path in (ROOT / "govcrawl").rglob("*.py")}
    knowing = {room for room in rooms if any(target == "scrapy" for _, target in imports(room))}
    assert knowing <= KNOWS["scrapy"]


def test_the_document_names_every_room_and_no_other() -> None:
    document = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`((?:govcrawl|spiders|pipelines)/\w*/?)`", document.split("| room |")[1].split("\n\n")[0]))
    packages = {f"govcrawl/{path.parent.name}/" for path in (ROOT / "govcrawl").glob("*/__init__.py")}
    assert named == packages | {"spiders/", "pipelines/"}


def test_the_files_that_the_document_names_exist() -> None:
    document = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    paths = re.findall(r"`((?:govcrawl|spiders|pipelines|data|docs|tests)/[\w./]+)`", document)
    assert [path for path in paths if not (ROOT / path).exists()] == []
    names = {path.name for folder in ("govcrawl", "spiders") for path in (ROOT / folder).rglob("*.py")}
    assert set(re.findall(r"`(\w+\.py)`", document)) <= names


def test_the_spiders_inherit_as_the_document_says() -> None:
    document = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    told = re.findall(r"^\| `spiders/(\w+)\.py` \|", document, re.MULTILINE)
    lines = [kind.__module__ for kind in ProvinceSpider.__mro__ if kind.__module__.startswith("spiders.")]
    assert [f"spiders.{name}" for name in told] == lines


def test_no_module_outgrows_its_room() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for folder in ("govcrawl", "spiders", "pipelines")
        for path in (ROOT / folder).rglob("*.py")
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > 300
    }
    assert long == {}
