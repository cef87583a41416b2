"""The project as it is set up, built and shipped."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

import govcrawl

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def test_the_version_is_told_once() -> None:
    assert PROJECT["version"] == govcrawl.__version__
    assert f"## {govcrawl.__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_the_extras_of_the_design_are_there() -> None:
    assert {"web", "ocr", "browser", "cluster", "export", "notify", "dev"} <= set(PROJECT["optional-dependencies"])


def test_importing_the_package_is_quick() -> None:
    code = "import sys, govcrawl; print(len([name for name in sys.modules if name.startswith('govcrawl.')]))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT, timeout=300
    )
    assert done.stdout == "0\n"


@pytest.mark.parametrize("name", [name for name in govcrawl.__all__ if name != "__version__"])
def test_the_public_names_are_callable(name: str) -> None:
    assert callable(getattr(govcrawl, name))
    assert name in dir(govcrawl)


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="nonsense"):
        govcrawl.nonsense  # noqa: B018


def test_scrapy_is_known_to_the_spiders_and_pipelines_only() -> None:
    allowed = {"govcrawl/simulator/hosts.py"}
    found = {
        str(path.relative_to(ROOT))
        for path in ROOT.glob("govcrawl/**/*.py")
        if re.search(r"^\s*(?:from|import) scrapy", path.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert found <= allowed


def test_sqlite_is_opened_by_the_store_and_the_doctor_only() -> None:
    found = {
        path.relative_to(ROOT / "govcrawl").parts[0]
        for path in ROOT.glob("govcrawl/**/*.py")
        if re.search(r"sqlite3\.connect\(", path.read_text(encoding="utf-8"))
    }
    assert found == {"store", "health"}


def test_the_scripts_can_be_run() -> None:
    for name in ("tools/setup.sh", ".ci/run"):
        assert os.access(ROOT / name, os.X_OK), name
        subprocess.run(["sh", "-n", str(ROOT / name)], check=True, timeout=300)


def test_ci_runs_the_test_command_of_the_readme() -> None:
    assert "exec make test" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "\nmake test\n" in (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.slow
def test_a_wheel_holds_the_tables_and_not_the_corpus(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=300)
    (wheel,) = tmp_path.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {
        "govcrawl/py.typed",
        "govcrawl/data/divisions.csv",
        "govcrawl/data/expectations.toml",
        "govcrawl/data/forms/form2021.toml",
        "govcrawl/data/lookups/division_names.toml",
        "govcrawl/data/portals/gansu.csv",
        "govcrawl/locale/zh_CN/site.po",
        "govcrawl/site/static/site.css",
        "govcrawl/site/templates/govcrawl/base.html",
        "spiders/gansu.py",
        "pipelines/store.py",
    } <= names
    assert not [name for name in names if "corpus/" in name or name.endswith((".db", ".warc.gz"))]
