"""The reviewed corrections of `data/lookups/corrections.toml`, brought into the corpus beside the printed figures."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from govcrawl.lookups import lookups_folder, read_toml
from govcrawl.model import Correction, RegistryError
from govcrawl.store import Store
from govcrawl.store.corrections import replace_corrections

FILE = "corrections.toml"
TEXTS = ("report", "cell", "reason", "evidence", "reviewer")
REPORT = re.compile(r"[0-9a-f]{20}")
CELL = re.compile(r"(?:disclosure|statistics)/\w+|(?:applications|review_litigation)/\w+/\w+")


def relate_corrections(store: Store) -> Mapping[str, int]:
    """Write the corrections of the reports that the corpus holds in place of those written before."""
    corrections = load_corrections()
    with store.atomic() as connection:
        written = replace_corrections(connection, corrections)
    return {"applied": written.applied, "of_other_reports": written.absent, "without_a_cell": len(written.lost)}


def load_corrections(path: Path | None = None) -> tuple[Correction, ...]:
    """The corrections of a file, as they stand there.

    Args:
        path: the reviewed file of the program where not given.

    Raises:
        RegistryError: the file cannot be read, or says of a correction too little, or two things of one cell.
    """
    path = path or lookups_folder() / FILE
    found: dict[tuple[str, str], Correction] = {}
    for number, entry in enumerate(read_toml(path).get("correction", []), 1):
        correction = _correction(entry, f"{path}: correction {number}")
        key = correction.report_id, correction.where
        if key in found:
            raise RegistryError(f"{path}: correction {number}: {key[1]} of {key[0]} is corrected twice")
        found[key] = correction
    return tuple(found.values())


def _correction(entry: Mapping[str, Any], place: str) -> Correction:
    lacking = [name for name in TEXTS if not isinstance(entry.get(name), str) or not entry[name].strip()]
    unknown = sorted(set(entry) - {*TEXTS, "value", "blank"})
    if lacking or unknown:
        raise RegistryError(f"{place}: " + "; ".join([*(f"no {name}" for name in lacking), *unknown]))
    value, blank = entry.get("value"), entry.get("blank", False)
    if not REPORT.fullmatch(entry["report"]):
        raise RegistryError(f"{place}: {entry['report']!r} is no id of a report")
    if not CELL.fullmatch(entry["cell"]):
        raise RegistryError(f"{place}: {entry['cell']!r} names no cell")
    if not entry["evidence"].startswith(("http://", "https://")):
        raise RegistryError(f"{place}: {entry['evidence']!r} is no address")
    if (value is None) != (blank is True) or isinstance(value, bool) or not isinstance(value, int | float | None):
        raise RegistryError(f"{place}: it must say either a number as `value`, or `blank = true`")
    return Correction(entry["report"], entry["cell"], value, entry["reason"], entry["evidence"], entry["reviewer"])
