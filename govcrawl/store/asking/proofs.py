"""What speaks for the figures of a report, and what against them: sums of the form, other years, places, prose."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from govcrawl.store.asking.rows import rows

EVIDENCE = """
SELECT "where", "check", verdict, severity, expected, actual, other_report_id, other_where, share, message
FROM evidence WHERE report_id = ? ORDER BY verdict, "check", other_report_id
"""

OTHERS = """
SELECT id, agency_name, report_year, title, form FROM reports WHERE id IN (SELECT value FROM json_each(?))
"""

IN_PROSE = "sections/"
"""How the other side begins where it is a sentence: `sections/<position>: <sentence>`."""
BETWEEN = " + "
"""Between several cells, or several reports, of the other side."""


@dataclass(frozen=True, slots=True)
class Proof:
    """One check that speaks of one cell."""

    where: str
    """The cell."""
    check: str
    """The code of the check; see docs/findings.md."""
    verdict: str
    """`supports` or `contradicts`."""
    severity: str
    expected: Any
    """What the cell would have to be, with all others left as they are."""
    actual: Any
    other_report_id: str
    """Empty where it is the same report, or none alone."""
    other_cells: tuple[str, ...]
    """Cells of that report."""
    other_reports: tuple[str, ...]
    """The reports that were summed for an area."""
    sentence: str
    """Of the report's own prose."""
    share: float | None
    message: str
    """The sum, or the comparison, in the words of the checks."""

    @property
    def holds(self) -> bool:
        return self.verdict == "supports"


def proofs(connection: sqlite3.Connection, report_id: str) -> dict[str, list[Proof]]:
    """Cell → everything that speaks of it, what contradicts first."""
    found: dict[str, list[Proof]] = defaultdict(list)
    for row in rows(connection, EVIDENCE, report_id):
        found[row["where"]].append(_proof(row))
    return dict(found)


def named_reports(connection: sqlite3.Connection, report_ids: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Report → `id`, `agency_name`, `report_year`, `title`, `form`; of those that the corpus has."""
    wanted = sorted({each for each in report_ids if each})
    return {row["id"]: row for row in rows(connection, OTHERS, json.dumps(wanted))} if wanted else {}


def mentioned(found: Iterable[Proof]) -> set[str]:
    """Every other report that proofs speak of."""
    return {each for proof in found for each in (proof.other_report_id, *proof.other_reports) if each}


def _proof(row: dict[str, Any]) -> Proof:
    other, other_id = row["other_where"] or "", row["other_report_id"] or ""
    prose = other.startswith(IN_PROSE)
    parts = tuple(other.split(BETWEEN)) if other and not prose else ()
    return Proof(
        where=row["where"],
        check=row["check"],
        verdict=row["verdict"],
        severity=row["severity"],
        expected=row["expected"],
        actual=row["actual"],
        other_report_id=other_id,
        other_cells=parts if parts and "/" in parts[0] else (),
        other_reports=() if parts and "/" in parts[0] else parts,
        sentence=other.partition(": ")[2] if prose else "",
        share=row["share"],
        message=row["message"],
    )
