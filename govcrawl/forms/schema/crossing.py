"""What a form file says of other reports, checked against the schema."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from govcrawl.forms.schema.between import Across, Stated, matching, places
from govcrawl.forms.schema.records import Form, Part
from govcrawl.model import Severity

if TYPE_CHECKING:
    from govcrawl.forms.schema.builder import Builder

BETWEEN: Mapping[str, type] = {"across": list, "stated": list, "area": list, "measured": list}
"""The keys of a form file that are read here."""
BETWEEN_TABLES = frozenset({"across", "stated"})
BETWEEN_TEXTS = frozenset({"area", "measured", "last", "plus", "minus"})


def read_across(builder: Builder, raw: Mapping[str, Any]) -> Across:
    """One `[[across]]`."""
    required = {"code": str, "part": str, "axis": str, "cell": str, "last": list, "severity": str, "source": str}
    got = builder.take(raw, "across", required, {"plus": list, "minus": list})
    where = f"across {got['code']}"
    if got["axis"] not in {"column", "cell"}:
        raise builder.fail(where, f"unknown axis {got['axis']!r}")
    try:
        return Across(
            code=got["code"],
            part=Part(got["part"]),
            axis=got["axis"],
            cell=got["cell"],
            last=tuple(got["last"]),
            plus=tuple(got.get("plus", ())),
            minus=tuple(got.get("minus", ())),
            severity=Severity(got["severity"]),
            source=got["source"],
        )
    except ValueError as error:
        raise builder.fail(where, str(error)) from error


def read_stated(builder: Builder, raw: Mapping[str, Any]) -> Stated:
    """One `[[stated]]`."""
    got = builder.take(raw, "stated", {"kind": str, "cell": str}, {"excused": list})
    excused = got.get("excused", ())
    if not all(isinstance(cells, list) and all(isinstance(cell, str) for cell in cells) for cells in excused):
        raise builder.fail(f"stated {got['kind']}", "'excused' must be a list of lists of texts")
    return Stated(got["kind"], got["cell"], tuple(tuple(cells) for cells in excused))


def check_between(builder: Builder, form: Form) -> None:
    """The cells that other reports and prose are compared with are the form's own."""
    known = set(places(form))
    for rule in form.across:
        column = "/total" if rule.axis == "column" else ""
        for code in (rule.cell, *rule.last, *rule.plus, *rule.minus):
            if f"{rule.part}/{code}{column}" not in known:
                raise builder.fail(f"across {rule.code}", f"unknown code {code}")
    for stated in form.stated:
        for cell in (stated.cell, *(cell.lstrip("-") for cells in stated.excused for cell in cells)):
            if cell not in known:
                raise builder.fail(f"stated {stated.kind}", f"unknown cell {cell}")
    for pattern in (*form.area, *form.measured):
        if not matching(form, (pattern,)):
            raise builder.fail("form", f"no cell is {pattern}")
