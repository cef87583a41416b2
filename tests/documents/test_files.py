"""Files made by other hands than the report builder's: every cell of every report in them is read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from govcrawl import read_reports
from govcrawl.simulator.truth import differences

FOLDER = Path(__file__).resolve().parents[1] / "cases" / "files"
FILES = sorted(path for path in FOLDER.iterdir() if path.suffix not in {".json", ".md"})


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_file_is_read_as_it_was_made(file: Path) -> None:
    truths = json.loads(file.with_suffix(".json").read_text(encoding="utf-8"))
    reports = [report.to_dict() for report in read_reports(file.read_bytes())]
    assert len(reports) == len(truths)
    assert [differences(truth, report) for truth, report in zip(truths, reports, strict=True)] == [[] for _ in truths]
