"""The view `panel`: one wide row per agency and year, written from the codes of the forms.

Part three is read by one join per row, parts two and four and the statistics by what they need, so that SQLite
drops every table a query does not ask for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from govcrawl.forms.schema import Part, load_forms
from govcrawl.store.schema import APPLICANTS, CHANNELS, OUTCOMES

LEGAL_PERSONS_TOTAL = "legal_person_total"
LEGAL_PERSONS = APPLICANTS[1:-1]
"""The applicant columns under 法人或其他组织, which have no printed subtotal."""

SUMMED_GROUPS = ("denied", "unavailable", "not_processed")
"""Groups of rows of part three without a printed subtotal."""

OTHER_HANDLING = "other_handling"
"""One printed row in form2019, a group of three in form2021."""

REPORT_COLUMNS = (
    "id AS report_id",
    "agency_id",
    "agency_name",
    "division_code",
    "province_code",
    "report_year",
    "title",
    "form",
    "template_version",
    "scope",
    "published_on",
    "confidence",
    "findings_count",
    "errors_count",
)

Cell = Callable[[str], str]
"""Applicant column to the SQL of a cell."""


def panel_sql() -> str:
    """The view, as one statement.

    A cell of part three is `<row>_<applicant>` (`new_received_total`), of part four `<channel>_<outcome>`
    (`review_upheld`), of part two and of the statistics its own code. A row whose code ends in `_total` names its
    total by the code alone (`handled_total`). Derived: `legal_person_total` as an applicant (alone: of the new
    requests); `denied`, `unavailable`, `not_processed` and `other_handling` as rows (`denied_total`); `litigation` as
    a channel (`litigation_total`). A sum counts a blank as 0 and is null where all of its parts are.
    """
    return f"CREATE VIEW panel AS\n{_select('')}"


def panel_corrected_sql(layer: str) -> str:
    """The view `panel_corrected`: as the panel, and the reports that have corrections as those say.

    Args:
        layer: what the names of the tables begin with that have the cells of these reports.
    """
    mine = "(SELECT report_id FROM corrections)"
    return (
        f"CREATE VIEW panel_corrected AS\n{_select('')}\nWHERE r.id NOT IN {mine}\n"
        f"UNION ALL\n{_select(layer)}\nWHERE r.id IN {mine}"
    )


def _select(layer: str) -> str:
    rows = application_rows()
    columns = [f"r.{column}" for column in REPORT_COLUMNS]
    columns += ["p.reports_of_year", "a.kind AS agency_kind", "d.full_name AS division_name"]
    columns += [
        f"(SELECT x.value FROM {layer}{part} AS x WHERE x.report_id = r.id AND x.code = '{code}') AS {code}"
        for part in (Part.DISCLOSURE, Part.STATISTICS)
        for code in cell_codes(part)
    ]
    for row in rows:
        if row != OTHER_HANDLING:
            columns += _row_columns(row, _printed(row))
    columns.append(f"{_sum([f'a_new_received.{column}' for column in LEGAL_PERSONS])} AS {LEGAL_PERSONS_TOTAL}")
    for group in SUMMED_GROUPS:
        columns += _row_columns(group, _subtotal(group, rows))
    columns += _row_columns(OTHER_HANDLING, _first_of(_printed(OTHER_HANDLING), _subtotal(OTHER_HANDLING, rows)))
    for outcome in OUTCOMES:
        cells = [f"l_{channel}.{outcome}" for channel in CHANNELS]
        columns += [f"{cell} AS {channel}_{outcome}" for cell, channel in zip(cells, CHANNELS, strict=True)]
        columns.append(f"{_sum(cells[1:])} AS litigation_{outcome}")
    return "SELECT\n    " + ",\n    ".join(columns) + "\n" + "\n".join(_joins(rows, layer))


def application_rows() -> dict[str, str | None]:
    """Every row code of part three over all forms, in printed order, with the code of its group."""
    rows: dict[str, str | None] = {}
    for form in load_forms():
        for table in form.tables:
            if table.part is Part.APPLICATIONS:
                for row in table.rows:
                    rows.setdefault(row.code, row.group.code if row.group else None)
    return rows


def cell_codes(part: Part) -> tuple[str, ...]:
    """Every official cell code of part two or of the statistics over all forms, in printed order."""
    return tuple(
        dict.fromkeys(
            table.cell_code(row, column)
            for form in load_forms()
            for table in form.tables
            if table.part is part
            for row in table.official_rows
            for column in table.columns
        )
    )


def _joins(rows: Iterable[str], layer: str) -> list[str]:
    return [
        "FROM panel_reports AS p",
        "JOIN reports AS r ON r.id = p.report_id",
        "LEFT JOIN agencies AS a ON a.id = r.agency_id",
        "LEFT JOIN divisions AS d ON d.code = r.division_code",
        *(
            f"LEFT JOIN {layer}applications AS a_{row} ON a_{row}.report_id = r.id AND a_{row}.row_code = '{row}'"
            for row in rows
        ),
        *(
            f"LEFT JOIN {layer}review_litigation AS l_{channel} "
            f"ON l_{channel}.report_id = r.id AND l_{channel}.channel = '{channel}'"
            for channel in CHANNELS
        ),
    ]


def _row_columns(row: str, cell: Cell) -> list[str]:
    """The eight columns of a row: the printed seven and the sum of the legal persons."""
    cells = {column: cell(column) for column in APPLICANTS}
    cells[LEGAL_PERSONS_TOTAL] = _sum([cells[column] for column in LEGAL_PERSONS])
    names = {column: f"{row}_{column}" for column in cells}
    if row.endswith("_total"):
        names["total"] = row
    return [f"{cells[column]} AS {names[column]}" for column in (*APPLICANTS[:-1], LEGAL_PERSONS_TOTAL, "total")]


def _printed(row: str) -> Cell:
    return lambda column: f"a_{row}.{column}"


def _subtotal(group: str, rows: dict[str, str | None]) -> Cell:
    members = [row for row, of in rows.items() if of == group]
    return lambda column: _sum([f"a_{row}.{column}" for row in members])


def _first_of(one: Cell, other: Cell) -> Cell:
    return lambda column: f"coalesce({one(column)}, {other(column)})"


def _sum(cells: list[str]) -> str:
    total = " + ".join(f"coalesce({cell}, 0)" for cell in cells)
    return f"CASE WHEN coalesce({', '.join(cells)}) IS NOT NULL THEN {total} END"
