"""The small curated tables of words in `data/lookups/*.toml`, as plain mappings."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from govcrawl.model import RegistryError


def data_folder() -> Path:
    """The curated tables: `data/` of a checkout, or the copy inside an installed package."""
    packaged = Path(str(files("govcrawl"))) / "data"
    return packaged if packaged.is_dir() else Path(__file__).resolve().parents[1] / "data"


@cache
def load_lookup(name: str) -> dict[str, Any]:
    """Load `data/lookups/<name>.toml`, once.

    Raises:
        RegistryError: the file is missing or is not TOML.
    """
    return read_toml(lookups_folder() / f"{name}.toml")


def lookups_folder() -> Path:
    """Where the tables of words lie."""
    return data_folder() / "lookups"


def read_toml(path: Path) -> dict[str, Any]:
    """Read a TOML file.

    Raises:
        RegistryError: the file is missing or is not TOML.
    """
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise RegistryError(f"{path}: {error}") from error


def any_of(patterns: Iterable[str]) -> str:
    """A regular expression that matches any of the given ones, as a group."""
    return "(?:" + "|".join(patterns) + ")"


@cache
def pattern(name: str, table: str, key: str) -> re.Pattern[str]:
    """The expressions listed under `[table] key` of a lookup file, compiled into one.

    Raises:
        RegistryError: the file has no such list, or an expression is broken.
    """
    try:
        return re.compile(any_of(load_lookup(name)[table][key]))
    except (KeyError, TypeError, re.error) as error:
        raise RegistryError(f"data/lookups/{name}.toml: [{table}] {key}: {error!r}") from error
