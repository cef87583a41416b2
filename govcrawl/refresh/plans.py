"""Named plans: what is refreshed, how often, within which budget, and what raises an alarm. One TOML file."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum
from pathlib import Path
from typing import Any

from govcrawl.crawl.budget import UNLIMITED, Budget
from govcrawl.divisions.table import LEVELS
from govcrawl.model import GovcrawlError
from govcrawl.refresh.cadence import Cadence
from govcrawl.refresh.thresholds import LIMITS, Thresholds

_NAME = re.compile(r"^[a-z0-9][a-z0-9_-]*$")
_VARIABLE = re.compile(r"^[A-Za-z_][A-Za-z0-9_]*$")


class PlanError(GovcrawlError):
    """A file of plans cannot be read, or a plan in it says what nobody understands; the message says where."""


class When(StrEnum):
    """When somebody is told of a run."""

    ALWAYS = "always"
    CHANGES = "changes"
    """When something is new, changed or gone, and in trouble."""
    TROUBLE = "trouble"
    """When the exit code is not 0."""


@dataclass(frozen=True, slots=True)
class RefreshPlan:
    """What one nightly run does; the keys of a `[plan.NAME]` table."""

    name: str
    provinces: tuple[str, ...] = ()
    """Names of spiders; none for all."""
    portals: tuple[str, ...] = ()
    """Ids of the registry; none for all."""
    years: tuple[int, ...] = ()
    levels: tuple[str, ...] = ()
    """Levels of the portals' divisions; none for all."""
    cadence: Cadence | None = None
    """When `govcrawl schedule` lets it run; None for never."""
    budget: Budget = UNLIMITED
    look_back: int | None = None
    """Days; a known report that was not confirmed for so long is asked for again."""
    notify: tuple[str, ...] = ()
    """Names of environment variables that hold the addresses of apprise: the addresses hold secrets."""
    notify_when: When = When.TROUBLE
    metrics: Path | None = None
    thresholds: Thresholds = field(default_factory=Thresholds)
    settings: Mapping[str, str] = field(default_factory=dict)
    """Scrapy settings, as `--set` gives them."""


def load_plans(path: Path) -> dict[str, RefreshPlan]:
    """Read every plan of a file, by name, in the order of the file. Relative paths in it start at its folder.

    Raises:
        PlanError: the file cannot be read, or a key or a value of it is not understood.
    """
    try:
        text = path.read_text(encoding="utf-8")
        tables = tomllib.loads(text)
    except OSError as error:
        raise PlanError(f"{path}: {error.strerror or error}") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise PlanError(f"{path}: {error}") from error
    _known(tables, ("plan",), f"{path}")
    plans = tables.get("plan", {})
    if not isinstance(plans, dict) or not plans:
        raise PlanError(f"{path}: there is no plan in it; a plan begins with a line [plan.NAME]")
    return {name: _plan(name, table, path) for name, table in plans.items()}


def plan_named(name: str, path: Path) -> RefreshPlan:
    """One plan of a file.

    Raises:
        PlanError: the file has no such plan, or anything in it is not understood.
    """
    plans = load_plans(path)
    if name not in plans:
        raise PlanError(f"{path}: there is no plan {name!r}; there are {', '.join(plans)}{_nearest(name, plans)}")
    return plans[name]


def _plan(name: str, table: object, path: Path) -> RefreshPlan:
    where = f"{path}: plan {name!r}"
    if not _NAME.match(name):
        raise PlanError(f"{where}: a name holds small letters, digits, - and _")
    if not isinstance(table, dict):
        raise PlanError(f"{where}: must be a table [plan.{name}]")
    _known(table, tuple(each.name for each in fields(RefreshPlan) if each.name != "name"), where)
    given = {key: _read(READERS[key], value, f"{where}: {key}") for key, value in table.items()}
    if given.get("metrics") is not None:
        given["metrics"] = path.resolve().parent / given["metrics"]
    return RefreshPlan(name, **given)


def _read(reader: Callable[[Any], Any], value: Any, where: str) -> Any:
    try:
        return reader(value)
    except ValueError as error:
        raise PlanError(f"{where}: {error}") from error


def _texts(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(each, str) and each.strip() for each in value):
        raise ValueError('a list of texts is needed, as ["gansu", "yunnan"]')
    return tuple(value)


def _levels(value: Any) -> tuple[str, ...]:
    levels = _texts(value)
    for level in levels:
        if level not in LEVELS:
            raise ValueError(f"{level!r} is no level; there are {', '.join(LEVELS)}{_nearest(level, LEVELS)}")
    return levels


def _years(value: Any) -> tuple[int, ...]:
    if not isinstance(value, list) or not all(type(each) is int and 2008 <= each <= 2100 for each in value):
        raise ValueError("a list of report years is needed, as [2022, 2023]")
    return tuple(value)


def _days(value: Any) -> int:
    if type(value) is not int or value < 0:
        raise ValueError("a number of days is needed, 0 or more")
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError("a text is needed")
    return value


def _budget(value: Any) -> Budget:
    return Budget.parse(str(value) if type(value) is int else _text(value))


def _variables(value: Any) -> tuple[str, ...]:
    names = _texts(value)
    for name in names:
        if not _VARIABLE.match(name):
            raise ValueError(
                "names of environment variables are needed, not addresses: "
                "these hold secrets, and plans are kept where others read them"
            )
    return names


def _when(value: Any) -> When:
    if value not in list(When):
        raise ValueError(f"{value!r} is none of {', '.join(When)}{_nearest(str(value), list(When))}")
    return When(value)


def _thresholds(value: Any) -> Thresholds:
    if not isinstance(value, dict):
        raise ValueError("a table of limits is needed")
    for key, limit in value.items():
        if key not in LIMITS:
            raise ValueError(f"unknown key {key!r}; there are {', '.join(LIMITS)}{_nearest(key, LIMITS)}")
        if type(limit) not in (int, float) or limit < 0 or (LIMITS[key] and limit > 1):
            raise ValueError(f"{key} must be {'a share from 0 to 1' if LIMITS[key] else 'a number, 0 or more'}")
    return Thresholds(**value)


def _settings(value: Any) -> dict[str, str]:
    if not isinstance(value, dict) or not all(isinstance(each, str | int | float) for each in value.values()):
        raise ValueError("a table NAME = value is needed")
    return {name: str(each) for name, each in value.items()}


READERS: Mapping[str, Callable[[Any], Any]] = {
    "provinces": _texts,
    "portals": _texts,
    "years": _years,
    "levels": _levels,
    "cadence": lambda value: Cadence.parse(_text(value)),
    "budget": _budget,
    "look_back": _days,
    "notify": _variables,
    "notify_when": _when,
    "metrics": lambda value: Path(_text(value)),
    "thresholds": _thresholds,
    "settings": _settings,
}
"""How each key of a plan is read; a reader raises `ValueError`."""


def _known(table: Mapping[str, Any], keys: tuple[str, ...], where: str) -> None:
    for key in table:
        if key not in keys:
            raise PlanError(f"{where}: unknown key {key!r}; there are {', '.join(keys)}{_nearest(key, keys)}")


def _nearest(name: str, names: Any) -> str:
    near = difflib.get_close_matches(name, list(names), n=1, cutoff=0.5)
    return f"; did you mean {str(near[0])!r}?" if near else ""
