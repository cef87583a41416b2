"""What is written about a nation: the registry, the divisions, and the truth."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from govcrawl.model import Division, Portal

_PORTAL_COLUMNS = ("id", "name", "division_code", "homepage", "platform", "columns", "notes")
_SUCCESSION_COLUMNS = ("code", "successor", "kind", "reason", "evidence")
_DIVISION_COLUMNS = ("code", "name", "full_name", "level", "parent_code", "province_code", "valid_from", "valid_to")


def write_registry(folder: Path, registry: Iterable[tuple[str, list[Portal]]]) -> None:
    """Write one file of portals for each spider."""
    folder.mkdir(parents=True, exist_ok=True)
    for spider, portals in registry:
        rows = [
            (p.id, p.name, p.division_code, p.homepage, p.platform or "", " ".join(p.columns), p.notes) for p in portals
        ]
        _write_csv(folder / f"{spider}.csv", _PORTAL_COLUMNS, rows)


def write_divisions(path: Path, divisions: Iterable[Division]) -> None:
    """Write the gazetteer."""
    rows = [(d.code, d.name, d.full_name, d.level, d.parent_code or "", d.province_code, *_days(d)) for d in divisions]
    _write_csv(path, _DIVISION_COLUMNS, rows)


def write_successions(path: Path, successions: Iterable[tuple[str, ...]]) -> None:
    """Write what became of former divisions."""
    _write_csv(path, _SUCCESSION_COLUMNS, successions)


def write_truth(path: Path, truth: Mapping[str, Any]) -> None:
    """Write the truth, so that a reader finds the old one or the new one whole."""
    written = path.with_suffix(".new")
    written.write_text(json.dumps(truth, ensure_ascii=False, indent=1), encoding="utf-8")
    written.replace(path)


def _days(division: Division) -> tuple[str, str]:
    """From and to when it was in force, as far as that is known."""
    since, until = (day.isoformat() if day else "" for day in (division.valid_from, division.valid_to))
    return since, until


def _write_csv(path: Path, header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)
