"""Pages written by hand, as portals publish them, apart from the report builder and its assumptions."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from govcrawl import read_report

FOLDER = Path(__file__).resolve().parents[1] / "cases" / "handwritten"
FACTS = ("agency", "report_year", "form", "template_version", "published_on", "title", "scope", "period")
PARTS = ("disclosure", "statistics", "applications", "review_litigation")


def cells(part: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for code, value in part.items():
        if isinstance(value, dict):
            yield from ((f"{code}/{column}", number) for column, number in value.items())
        else:
            yield code, value


@pytest.mark.parametrize("name", sorted(path.name for path in FOLDER.iterdir()))
def test_the_page_is_read_as_a_person_reads_it(name: str) -> None:
    expected = json.loads((FOLDER / name / "expected.json").read_text(encoding="utf-8"))
    page = next((FOLDER / name).glob("input.*"))
    report = read_report(page.read_bytes(), url=expected.get("url")).to_dict()
    assert {key: report[key] for key in FACTS if key in expected} == {
        key: expected[key] for key in FACTS if key in expected
    }
    for part in PARTS:
        if part in expected:
            wanted, got = dict(cells(expected[part])), dict(cells(report[part]))
            assert {code: got.get(code) for code in wanted} == wanted
            assert {code: value for code, value in got.items() if code not in wanted and value is not None} == {}
    assert expected.get("units", {}).items() <= report["units"].items()
    assert set(expected.get("need", ())) <= {finding["code"] for finding in report["findings"]}
