"""What became of former divisions: the table beside that of the divisions (`data/division_successions.csv`)."""

from __future__ import annotations

import csv
from collections.abc import Collection, Mapping
from datetime import timedelta
from pathlib import Path

from govcrawl.divisions.names import NameRules
from govcrawl.model import Division, Heir, RegistryError

FILE = "division_successions.csv"
COLUMNS = ("code", "successor", "kind", "reason", "evidence")
KINDS = {"renamed": True, "merged": False}


NEXT = timedelta(days=550)
"""Between the last day of a code and the first of its successor: yearly editions are up to so far apart."""


def plain_heirs(divisions: Mapping[str, Division], rules: NameRules) -> dict[str, tuple[Heir, ...]]:
    """The heirs that names and days tell alone: 神木县 ends, and 神木市 in the same place begins.

    That is one former and one later division of one parent, of the same name but for the suffix, one after the other.
    """
    old: dict[tuple[str | None, str], list[Division]] = {}
    new: dict[tuple[str | None, str], list[Division]] = {}
    for division in divisions.values():
        place = (division.parent_code, rules.stem_and_suffix(division.name)[0])
        if division.valid_to is not None:
            old.setdefault(place, []).append(division)
        else:
            new.setdefault(place, []).append(division)
    found: dict[str, tuple[Heir, ...]] = {}
    for place, former in old.items():
        later = new.get(place, [])
        if len(former) == len(later) == 1 and division_follows(former[0], later[0]):
            reason = f"{former[0].name} ended, and {later[0].name} began in its place (data/divisions.csv)"
            found[former[0].code] = (Heir(later[0].code, True, reason),)
    return found


def division_follows(former: Division, later: Division) -> bool:
    """Whether one was first known to be in force soon after the other was last known to be."""
    if former.level != later.level or former.valid_to is None or later.valid_from is None:
        return False
    return former.valid_to < later.valid_from <= former.valid_to + NEXT


def load_heirs(path: Path, codes: Collection[str]) -> dict[str, tuple[Heir, ...]]:
    """The heirs of former divisions by code; none where there is no such file.

    A row is `renamed` (the successor is the same division under another code) or `merged` (it took the former one over,
    or a part of it, which then has a row for each part).

    Args:
        path: the file.
        codes: those that the table of divisions has.

    Raises:
        RegistryError: the file cannot be read, or a row contradicts the table or another row.
    """
    if not path.is_file():
        return {}
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            if tuple(reader.fieldnames or ()) != COLUMNS:
                raise RegistryError(f"{path}:1: the columns are not {', '.join(COLUMNS)}")
            rows = [(reader.line_num, row) for row in reader]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise RegistryError(f"{path}: cannot be read: {error}") from error
    found: dict[str, tuple[Heir, ...]] = {}
    for line, row in rows:
        if None in row or any(not value for value in row.values()):
            raise RegistryError(f"{path}:{line}: has not {len(COLUMNS)} fields")
        code, successor = row["code"], row["successor"]
        for known in (code, successor):
            if known not in codes:
                raise RegistryError(f"{path}:{line}: {known} is not in the table of divisions")
        if row["kind"] not in KINDS:
            raise RegistryError(f"{path}:{line}: kind {row['kind']!r} is none of {', '.join(KINDS)}")
        renamed = KINDS[row["kind"]]
        before = found.get(code, ())
        if code == successor or (before and (renamed or before[0].renamed)):
            raise RegistryError(f"{path}:{line}: {code} cannot become {successor} as well")
        found[code] = (*before, Heir(successor, renamed, f"{row['reason']} ({row['evidence']})"))
    return found
