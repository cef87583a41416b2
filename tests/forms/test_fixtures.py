"""The saved cases: each page is read exactly as its `expected.json` says.

The inputs are written by `python -m govcrawl.simulator.cases tests/cases/reports`; a person reads what changes.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from govcrawl import read_report
from govcrawl.simulator.truth import cells, differences

FOLDER = Path(__file__).resolve().parents[1] / "cases" / "reports"
CASES = sorted(path.name for path in FOLDER.iterdir())


def test_there_are_more_than_eighty_saved_cases() -> None:
    assert len(CASES) > 80


@pytest.mark.parametrize("name", CASES)
def test_the_saved_page_is_read_exactly(name: str) -> None:
    folder = FOLDER / name
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    page = next(folder.glob("input.*"))
    report = read_report(page.read_bytes(), content_type=expected["content_type"]).to_dict()
    assert differences(expected, report) == []


def test_every_kind_of_identity_is_broken_in_some_case() -> None:
    broken: set[str] = set()
    for name in CASES:
        expected = json.loads((FOLDER / name / "expected.json").read_text(encoding="utf-8"))
        broken |= {code for code, _ in expected["errors"]} | set(expected.get("findings", ()))
        assert expected["form"] in {"none", "prose", "hybrid"} or len(list(cells(expected))) >= 58
    assert broken >= {"balance", "item_sum", "row_sum", "channel_sum", "stock_below_flow", "decisions_are_stock"}
