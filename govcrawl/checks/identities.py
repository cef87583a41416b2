"""The identities of the forms, for every column, row and channel. The rules themselves are in `data/forms`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from govcrawl.forms.schema import Form, Identity, Part, load_forms
from govcrawl.model import Figure, Finding, Number, Report

Cells = Mapping[str, Number]
"""Code → value; a blank counts as 0, a cell that the report does not have is not there."""

_TOLERANCE = 1e-6
"""Sums of printed decimals differ from their total by floating point alone."""


def check_identities(report: Report) -> tuple[Finding, ...]:
    """Recompute each identity of the forms the report's sub-tables are in.

    A blank counts as 0 in a sum; an identity all of whose cells are blank says nothing.
    """
    findings: list[Finding] = []
    used = set(report.table_forms.values())
    for form in load_forms():
        if form.code not in used:
            continue
        parts = {table.part for table in form.tables if report.table_forms.get(table.id) == form.code}
        for (part, axis), identities in _by_axis(form).items():
            if part in parts:
                for where, figures in _series(part, axis, report):
                    cells = {code: figure.value or 0 for code, figure in figures.items()}
                    for identity in identities:
                        findings.extend(_check(identity, where, cells, figures))
    return tuple(findings)


@cache
def _by_axis(form: Form) -> dict[tuple[Part, str], tuple[Identity, ...]]:
    found: dict[tuple[Part, str], list[Identity]] = {}
    for identity in form.identities:
        found.setdefault((identity.part, identity.axis), []).append(identity)
    return {key: tuple(identities) for key, identities in found.items()}


def _check(identity: Identity, where: str, cells: Cells, figures: Mapping[str, Figure]) -> Iterator[Finding]:
    """The finding of one identity on one series; at most one. Zero on both sides proves and breaks nothing."""
    if not all(code in cells for code in identity.left):
        return
    codes = _stand_ins(identity, cells)
    left, right = _sum(cells, identity.left), _sum(cells, codes)
    if _holds(left, identity.relation, right) or (identity.unless and not cells.get(identity.unless)):
        return
    only_total = identity.axis == "row" and all(figures[code].value is None for code in codes if code in figures)
    if not only_total:  # a blank is no error by itself, and seven of them are none either
        yield Finding(
            identity.code,
            identity.severity,
            where if identity.axis != "cell" else f"{identity.part}/{identity.left[0]}",
            f"{' + '.join(identity.left)} {identity.relation} {_short(codes)} does not hold ({identity.source})",
            expected=right,
            actual=left,
        )


def _series(part: Part, axis: str, report: Report) -> Iterator[tuple[str, Mapping[str, Figure]]]:
    """The sets of cells an identity is checked on: one a column, a row, a channel, or the whole part."""
    if part is Part.DISCLOSURE:
        yield "disclosure", report.disclosure
    elif part is Part.STATISTICS:
        yield "statistics", report.statistics
    elif axis == "column":
        rows = report.applications
        for column in next(iter(rows.values()), {}):
            yield f"applications/{column}", {row: cells[column] for row, cells in rows.items()}
    elif axis == "row":
        for row, figures in report.applications.items():
            yield f"applications/{row}", figures
    else:
        for channel, figures in report.review_litigation.items():
            yield f"review_litigation/{channel}", figures


@cache
def _collapsed() -> tuple[tuple[str, frozenset[str]], ...]:
    """The rows that stand for several: (code, the codes they stand for)."""
    tables = (table for form in load_forms() for table in form.tables)
    return tuple((row.code, frozenset(row.replaces)) for table in tables for row in table.rows if row.replaces)


def _stand_ins(identity: Identity, cells: Cells) -> tuple[str, ...]:
    """A local edition's collapsed row counts where the rows it stands for would."""
    codes = identity.right
    for code, replaced in _collapsed():
        if code in cells and code not in codes and replaced <= set(codes):
            codes = (*codes, code)
    return codes


def _sum(cells: Cells, codes: tuple[str, ...]) -> Number:
    return sum([cells.get(code, 0) for code in codes])


def _holds(left: Number, relation: str, right: Number) -> bool:
    equal = left == right or abs(left - right) <= _TOLERANCE * max(abs(left), abs(right))
    if relation == "=":
        return equal
    if relation == ">=":
        return equal or left > right
    return not equal


def _short(codes: tuple[str, ...]) -> str:
    return " + ".join(codes) if len(codes) <= 6 else f"{codes[0]} + … + {codes[-1]}"
