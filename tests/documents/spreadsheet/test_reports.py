"""Whole reports in workbooks: every cell, every section, the title."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from govcrawl.documents import read_document
from govcrawl.forms import read_report
from govcrawl.simulator.report import BuiltReport, ReportSpec, build_report
from govcrawl.simulator.truth import differences

from .reports import on_a_sheet_each, on_one_sheet

REPORTS = {
    "2019": ReportSpec(seed=1),
    "2021": ReportSpec(form="form2021", year=2022, seed=2),
    "2014": ReportSpec(form="stat2014", year=2015, seed=3),
    "with_blanks": ReportSpec(seed=4, blanks=0.3),
}
LAYOUTS = {
    "one_column_of_prose": lambda page: on_one_sheet(page),
    "merged_as_wide_as_a_page": lambda page: on_one_sheet(page, wide=8),
    "blank_rows_between": lambda page: on_one_sheet(page, wide=4, gap=2),
    "a_sheet_each": on_a_sheet_each,
}


def told_wrongly(report: BuiltReport, data: bytes) -> list[str]:
    return differences(report.truth, read_report(read_document(data)).to_dict())


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("name", REPORTS)
def test_every_cell_and_section_of_a_report_is_read(name: str, layout: str) -> None:
    report = build_report(REPORTS[name])
    assert told_wrongly(report, LAYOUTS[layout](read_document(report.data))) == []


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice writes these workbooks")
@pytest.mark.parametrize("suffix", ["xls", "ods", "fods"])
def test_every_cell_of_a_report_saved_by_libreoffice_is_read(suffix: str, tmp_path: Path) -> None:
    report = build_report(REPORTS["2019"])
    (tmp_path / "report.xlsx").write_bytes(on_one_sheet(read_document(report.data), wide=8))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", "--headless", profile, "--convert-to", suffix, "--outdir", str(tmp_path)]
    subprocess.run([*command, str(tmp_path / "report.xlsx")], check=True, capture_output=True, timeout=300)
    assert told_wrongly(report, (tmp_path / f"report.{suffix}").read_bytes()) == []
