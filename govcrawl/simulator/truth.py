"""Compares what was read with what is true: the known subset of a report's public JSON.

A truth holds some keys of `Report.to_dict()`: `agency`, `report_year`, `published_on`, `period`, `form`,
`template_version`, `division_code`, `table_forms`, the four parts with every cell, `units` and `extra_cells` (subsets),
`sections` (number and heading). Beside them: `raw` (as printed, where it is not the plain number), `errors` (exactly
the error findings, as [code, where]), `findings` (codes that must be there), `template_evidence` (its kind).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

from govcrawl.model import Number

PARTS = ("disclosure", "applications", "review_litigation", "statistics")
_PLAIN = ("agency", "report_year", "published_on", "period", "form", "template_version", "division_code")
_INVISIBLE = re.compile(r"[\s\u200b\ufeff]+")


def cells(report: Mapping[str, Any]) -> Iterator[tuple[str, Number | None]]:
    """Yield (`part/code` or `part/row/column`, value) of every cell of a report's JSON or of a truth."""
    for part in PARTS:
        for code, value in (report.get(part) or {}).items():
            if isinstance(value, Mapping):
                for column, number in value.items():
                    yield f"{part}/{code}/{column}", number
            else:
                yield f"{part}/{code}", value


def cell_score(truth: Mapping[str, Any], report: Mapping[str, Any] | None) -> tuple[int, int]:
    """(cells right, cells expected); a blank that was read as a number is wrong, and so is a cell nobody printed."""
    expected = dict(cells(truth))
    actual = dict(cells(report)) if report else {}
    wrong = sum(1 for where, value in actual.items() if where not in expected and value is not None)
    right = sum(1 for where, value in expected.items() if where in actual and same_number(value, actual[where]))
    return right, len(expected) + wrong


def differences(truth: Mapping[str, Any], report: Mapping[str, Any]) -> list[str]:
    """Every point in which a report's JSON is not what it should be, in words; empty when all is right."""
    found = [
        f"{key}: {report.get(key)!r} instead of {truth[key]!r}"
        for key in _PLAIN
        if key in truth and report.get(key) != truth[key]
    ]
    found += _cell_differences(truth, report)
    found += _told(truth, report)
    found += _finding_differences(truth, report)
    return found


def same_number(expected: Number | None, actual: Any) -> bool:
    """None is only None; numbers are equal to a billionth."""
    if expected is None or actual is None:
        return expected is actual
    return isinstance(actual, (int, float)) and abs(expected - actual) < 1e-9


def squeezed(text: str) -> str:
    """A text for comparison: compatibility characters folded, white and invisible ones removed."""
    return _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))


def _cell_differences(truth: Mapping[str, Any], report: Mapping[str, Any]) -> Iterator[str]:
    actual = dict(cells(report))
    expected = dict(cells(truth))
    for where, value in expected.items():
        if where not in actual:
            yield f"{where}: absent instead of {value!r}"
        elif not same_number(value, actual[where]):
            yield f"{where}: {actual[where]!r} instead of {value!r}"
    if truth.get("form") in {"none", "prose"}:
        yield from (f"{where}: {value!r}, which nobody printed" for where, value in actual.items() if value is not None)


def _told(truth: Mapping[str, Any], report: Mapping[str, Any]) -> Iterator[str]:
    """Subsets: raws, units, sub-tables' forms, extra cells, headings, the kind of evidence."""
    read = dict(cells(report))
    for where, text in truth.get("raw", {}).items():
        plain = "" if read.get(where) is None else str(read[where])
        got = report.get("raw", {}).get(where, plain)
        if squeezed(got) != squeezed(text):
            yield f"raw {where}: {got!r} instead of {text!r}"
    for key in ("units", "table_forms"):
        for name, value in truth.get(key, {}).items():
            if report.get(key, {}).get(name) != value:
                yield f"{key} {name}: {report.get(key, {}).get(name)!r} instead of {value!r}"
    extra = [(squeezed(cell["row"]), cell["value"]) for cell in report.get("extra_cells", ())]
    for cell in truth.get("extra_cells", ()):
        name = squeezed(cell["row"].rpartition("/")[2])
        hit = next((pair for pair in extra if name in pair[0] and same_number(cell["value"], pair[1])), None)
        if hit is None:
            yield f"extra cell {cell['row']} / {cell['column']}: {cell['value']!r} is not there"
        else:
            extra.remove(hit)
    if "sections" in truth:
        want = [(s["number"], squeezed(s["heading"])) for s in truth["sections"]]
        have = [(s["number"], squeezed(s["heading"])) for s in report.get("sections", ())]
        if [pair for pair in have if pair in want] != want:
            yield f"sections: {have} instead of {want}"
    kind = (report.get("template_evidence") or {}).get("kind")
    if "template_evidence" in truth and kind != truth["template_evidence"]:
        yield f"template_evidence: {kind!r} instead of {truth['template_evidence']!r}"


def _finding_differences(truth: Mapping[str, Any], report: Mapping[str, Any]) -> Iterator[str]:
    findings = report.get("findings", ())
    codes = {finding["code"] for finding in findings}
    for code in truth.get("findings", ()):
        if code not in codes:
            yield f"finding {code} is not there"
    if "errors" in truth:
        errors = sorted([f["code"], f["where"]] for f in findings if f["severity"] == "error")
        if errors != sorted(map(list, truth["errors"])):
            yield f"errors: {errors} instead of {truth['errors']}"
