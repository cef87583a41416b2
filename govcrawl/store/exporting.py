"""Tables and views for other programs: some of their rows, in an order of their own, without a database's own numbers.

Where a table has the number of an agency or a capture, what it stands for is told instead, as one text: it means the
same in any database, and tables can still be joined by it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any

from govcrawl.model import StoreError
from govcrawl.store.connection import breakable
from govcrawl.store.dump import dump_names, order_of, own_number, referred_table
from govcrawl.store.errors import explained
from govcrawl.store.merging.described import TABLES
from govcrawl.store.merging.joining import columns_of, natural, quoted
from govcrawl.store.reading import Corpus

IDENTIFIERS = {
    "agencies": "coalesce(x.division_code, '-') || '/' || x.key",
    "captures": "x.url || ' ' || coalesce(x.fetched_at, '-') || ' ' || substr(x.body_sha256, 1, 12)",
}
"""SQL for the text that stands for a row `x` of a table: `970100/教育局`; `<url> <fetched_at> <sha256>`."""

ORDERS = {"panel": ("agency_id", "report_year"), "panel_corrected": ("agency_id", "report_year")}
"""Views with columns that alone say where a row stands."""

COUNTED_BY = {"panel": "panel_reports", "panel_corrected": "panel_reports"}
"""Views with as many rows as another one, which has less to join."""

OF_WHAT_IS_MISSING = {"coverage", "coverage_rows"}
"""Tables and views with rows that no report stands behind, though they have a column for it."""

BY_REPORT = {"evidence"}
"""Views that are quick for one report and slow as a whole: read report by report."""


@dataclass(frozen=True, slots=True)
class Filters:
    """Which reports are wanted, and what belongs to them. An empty tuple asks nothing."""

    province: tuple[str, ...] = ()
    """Codes of provinces."""
    year: tuple[int, ...] = ()
    form: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    """Kinds of agency."""
    place: tuple[str, ...] = ()
    """Codes of divisions; those inside them count."""

    @property
    def given(self) -> dict[str, tuple[Any, ...]]:
        """The filters that ask something, by name."""
        return {each.name: value for each in fields(self) if (value := getattr(self, each.name))}


@dataclass(frozen=True, slots=True)
class SourceColumn:
    """A column of a table or view as it is exported."""

    name: str
    declared: str
    """`TEXT`, `INTEGER`, `REAL`; empty where SQLite knows no type."""
    refers: str | None = None
    """The table whose rows it names by what identifies them."""


@dataclass(frozen=True, slots=True)
class Source:
    """A table or view, and which of its rows."""

    corpus: Corpus
    name: str
    columns: tuple[SourceColumn, ...]
    filters: dict[str, tuple[Any, ...]]
    """Those of the filters that can be asked of it."""

    def rows(self) -> Iterator[tuple[Any, ...]]:
        """The rows, in the order of the table's key; read as they are asked for."""
        order = self._order()
        if self.name not in BY_REPORT:
            conditions, values = self._conditions(self.name)
            yield from self._select(f"{conditions} ORDER BY {order}", values)
            return
        chosen, values = _chosen(self.filters)
        with explained(self.corpus.path), breakable(self.corpus.connection):
            ids = self.corpus.connection.execute(f"{chosen} ORDER BY r.id", values).fetchall()
        for (report,) in ids:
            yield from self._select(f"WHERE report_id = ? ORDER BY {order}", [report])

    def count(self) -> int | None:
        """How many they are; None where that would take as long as to read them."""
        if self.name in BY_REPORT:
            return None
        name = COUNTED_BY.get(self.name, self.name)
        conditions, values = self._conditions(name)
        with explained(self.corpus.path), breakable(self.corpus.connection):
            sql = f"SELECT count(*) FROM main.{name} {conditions}"
            return int(self.corpus.connection.execute(sql, values).fetchone()[0])

    def _select(self, rest: str, values: list[Any]) -> Iterator[tuple[Any, ...]]:
        told = ", ".join(f"{self._told(column)} AS {quoted(column.name)}" for column in self.columns)
        with explained(self.corpus.path), breakable(self.corpus.connection):
            found = self.corpus.connection.execute(f"SELECT {told} FROM main.{self.name} {rest}", values)
            # A cursor would be closed with this generator, which may outlive the connection.
            yield from map(tuple, found)

    def _told(self, column: SourceColumn) -> str:
        if column.refers is not None:
            said = IDENTIFIERS[column.refers]
            return f"(SELECT {said} FROM main.{column.refers} AS x WHERE x.id = main.{self.name}.{column.name})"
        return natural(TABLES[self.name], column.name) if self.name in TABLES else quoted(column.name)

    def _order(self) -> str:
        names = [column.name for column in self.columns]
        if self.name in ORDERS:
            return ", ".join(str(names.index(column) + 1) for column in ORDERS[self.name])
        return order_of(self.corpus.connection, self.name, names)

    def _conditions(self, name: str) -> tuple[str, list[Any]]:
        tests, values = _tests(name, {column.name for column in self.columns}, self.filters)
        return (f"WHERE {' AND '.join(tests)}" if tests else ""), values


def source(corpus: Corpus, name: str, filters: Filters | None = None) -> Source:
    """A table or view with those of the filters that it can be asked for.

    Raises:
        StoreError: there is no such table or view.
    """
    if name not in dump_names():
        raise StoreError(f"{name}: no table or view; there are {', '.join(dump_names())}")
    with explained(corpus.path):
        declared = dict(corpus.connection.execute("SELECT name, type FROM pragma_table_info(?)", [name]))
        names = columns_of(corpus.connection, name)
    columns = []
    for column in names:
        own = own_number(name, column)
        if own and name not in IDENTIFIERS:
            continue
        refers = name if own else referred_table(name, column)
        columns.append(SourceColumn(column, declared[column], refers))
    given = (filters or Filters()).given
    can = {each for each in given if _test(name, set(names), each) is not None}
    return Source(corpus, name, tuple(columns), {each: values for each, values in given.items() if each in can})


def place_codes(corpus: Corpus, place: str) -> list[tuple[str, str]]:
    """Code and full name of the divisions that a code or a name (short or full) means."""
    with explained(corpus.path):
        rows = corpus.connection.execute(
            "SELECT code, full_name FROM divisions WHERE ? IN (code, name, full_name) ORDER BY code", [place]
        )
        return rows.fetchall()


INSIDE = """{column} IN (
    WITH RECURSIVE inside (code) AS (
        SELECT code FROM main.divisions WHERE code IN ({marks})
        UNION SELECT d.code FROM main.divisions AS d JOIN inside ON d.parent_code = inside.code
    ) SELECT code FROM inside
)"""
PROVINCE_OF_DIVISION = "{column} IN (SELECT code FROM main.divisions WHERE province_code IN ({marks}))"
TODAY = "(SELECT division_code FROM main.agencies AS a WHERE a.id = {column})"
REPORT_TESTS = {
    "province": "r.province_code IN ({marks})",
    "year": "r.report_year IN ({marks})",
    "form": "r.form IN ({marks})",
    "kind": "(SELECT kind FROM main.agencies AS a WHERE a.id = r.agency_id) IN ({marks})",
    # The division of a report's time, or the one that its agency has today.
    "place": f"({INSIDE.format(column='r.division_code', marks='{marks}')}"
    f" OR {INSIDE.format(column=TODAY.format(column='r.agency_id'), marks='{marks}')})",
}


def _chosen(filters: dict[str, tuple[Any, ...]]) -> tuple[str, list[Any]]:
    """SQL for the ids of the reports that are wanted."""
    tests, values = [], []
    for name, asked in filters.items():
        test = REPORT_TESTS[name]
        tests.append(test.format(marks=_marks(len(asked))))
        values += [*asked] * test.count("{marks}")
    where = f" WHERE {' AND '.join(tests)}" if tests else ""
    return f"SELECT r.id FROM main.reports AS r{where}", values


def _tests(name: str, columns: set[str], filters: dict[str, tuple[Any, ...]]) -> tuple[list[str], list[Any]]:
    if not filters:
        return [], []
    report = _report_column(name, columns)
    if report is not None:
        chosen, values = _chosen(filters)
        return [f"main.{name}.{report} IN ({chosen})"], values
    tests, values = [], []
    for each, asked in filters.items():
        test = _test(name, columns, each)
        if test is not None:
            tests.append(test.format(marks=_marks(len(asked))))
            values += asked
    return tests, values


def _report_column(name: str, columns: set[str]) -> str | None:
    """The column that says of which report a row is; none where rows are of what is missing, too."""
    if name == "reports":
        return "id"
    return "report_id" if "report_id" in columns and name not in OF_WHAT_IS_MISSING else None


def _test(name: str, columns: set[str], asked: str) -> str | None:
    """The condition by which a filter is asked of a table or view; None where it cannot be."""
    if _report_column(name, columns) is not None:
        return REPORT_TESTS[asked]
    if asked == "year":
        return f"main.{name}.report_year IN ({{marks}})" if "report_year" in columns else None
    if asked == "kind":
        return _kind(name, columns)
    if asked == "form":
        return None
    division = _division(name, columns)
    if division is None:
        return None
    return (PROVINCE_OF_DIVISION if asked == "province" else INSIDE).format(column=division, marks="{marks}")


def _kind(name: str, columns: set[str]) -> str | None:
    if name == "agencies":
        return f"main.{name}.kind IN ({{marks}})"
    if "agency_kind" in columns:
        return f"main.{name}.agency_kind IN ({{marks}})"
    agency = _agency(name, columns)
    return f"(SELECT kind FROM main.agencies AS a WHERE a.id = {agency}) IN ({{marks}})" if agency else None


def _agency(name: str, columns: set[str]) -> str | None:
    found = next((column for column in ("agency_id", "later_id") if column in columns), None)
    return f"main.{name}.{found}" if found else None


def _division(name: str, columns: set[str]) -> str | None:
    """SQL for the division that a row is of."""
    if name in {"divisions", "division_successions"}:
        return f"main.{name}.code"
    agency = _agency(name, columns)
    if name in OF_WHAT_IS_MISSING:  # its own column is the portal's, which may be another place's
        return f"coalesce({TODAY.format(column=agency)}, main.{name}.division_code)"
    if "division_code" in columns:
        return f"main.{name}.division_code"
    if agency:
        return TODAY.format(column=agency)
    if "portal_id" in columns:
        return f"(SELECT division_code FROM main.portals AS p WHERE p.id = main.{name}.portal_id)"
    return None


def _marks(number: int) -> str:
    return ", ".join("?" * number)
