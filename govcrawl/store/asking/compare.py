"""What the compare page asks: some bodies, their years, and some variables of the panel."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from govcrawl.forms.variables import variables_by_name
from govcrawl.model import GovcrawlError
from govcrawl.store.asking.expected import owed_by_agency
from govcrawl.store.asking.rows import row, rows

BODY = """
SELECT a.id, a.name, a.key, a.division_code, d.full_name AS place
FROM agencies AS a LEFT JOIN divisions AS d ON d.code = a.division_code
WHERE a.key = :key AND coalesce(a.division_code, '') = :division
"""

OWN = ("report_id", "agency_name", "report_year", "published_on", "form", "errors_count")
"""What is asked of every row beside the variables."""


class UnknownVariableError(GovcrawlError):
    """A variable that the panel does not have."""


@dataclass(frozen=True, slots=True)
class Body:
    """An agency by what it is called in addresses."""

    division_code: str | None
    key: str


@dataclass(frozen=True, slots=True)
class Compared:
    """A body, its rows of the panel, and what it owes."""

    about: dict[str, Any]
    """`name`, `key`, `division_code`, `place`."""
    years: dict[int, dict[str, Any]]
    """Year → `OWN` and the variables."""
    owed: dict[int, str]
    """Year → the state of coverage of a report that is owed."""


def compare(connection: sqlite3.Connection, bodies: Iterable[Body], variables: Sequence[str]) -> list[Compared]:
    """The bodies with all their years. Those that the corpus does not know are left out.

    Raises:
        UnknownVariableError: there is no such column of figures.
    """
    columns = ", ".join(dict.fromkeys((*OWN, *_known(variables))))
    found: list[Compared] = []
    for body in bodies:
        about = row(connection, BODY, {"key": body.key, "division": body.division_code or ""})
        if about is None:
            continue
        number = about.pop("id")
        years = rows(connection, f"SELECT {columns} FROM panel WHERE agency_id = ? ORDER BY report_year", number)
        owed = {int(each["report_year"]): str(each["state"]) for each in owed_by_agency(connection, number)}
        found.append(Compared(about, {int(each["report_year"]): each for each in years}, owed))
    return found


def compare_sql(bodies: Sequence[Body], years: Sequence[int], variables: Sequence[str]) -> str:
    """The same rows as a query for the page where it can be changed.

    Raises:
        UnknownVariableError: there is no such column of figures.
    """
    columns = ",\n  ".join(dict.fromkeys((*OWN, "division_code", *_known(variables))))
    mine = "\n    or ".join(
        f"(coalesce(division_code, '') = {_literal(body.division_code or '')} and key = {_literal(body.key)})"
        for body in bodies
    )
    among = f"\nand report_year in ({', '.join(str(int(year)) for year in years)})" if years else ""
    return (
        f"select\n  {columns}\nfrom panel\nwhere agency_id in (\n    select id from agencies where {mine or '0'}\n)"
        f"{among}\norder by division_code, agency_name, report_year"
    )


def comparable() -> list[str]:
    """The columns of the panel that are figures."""
    return [name for name, each in variables_by_name().items() if each.kind in {"figure", "integer", "number"}]


def _known(variables: Sequence[str]) -> Sequence[str]:
    unknown = sorted(set(variables) - set(comparable()))
    if unknown:
        raise UnknownVariableError(f"the panel has no figures called {', '.join(unknown)}")
    return variables


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
