"""Flattened text with blank cells: what cannot be placed is null and told, never moved to a neighbour."""

from __future__ import annotations

import pytest

from govcrawl import read_report
from govcrawl.simulator.report import ReportSpec, build_report
from govcrawl.simulator.truth import cells

SHAPES = ("lines", "lines_with_pipes", "tabs", "tabs_page_cut", "pipes", "pipes_full", "spaces")
EXACT = ("lines", "lines_with_pipes", "tabs", "pipes_full")
"""Shapes that keep every blank cell in its place."""


@pytest.mark.parametrize("form", ["form2019", "form2021"])
@pytest.mark.parametrize("shape", SHAPES)
def test_no_value_is_moved_to_another_cell(shape: str, form: str) -> None:
    for seed in range(5):
        year = 2020 if form == "form2019" else 2023
        built = build_report(ReportSpec(quirks=("blank_cells",), shape=shape, seed=seed, form=form, year=year))
        report = read_report(built.data, content_type=built.content_type).to_dict()
        truth, read = dict(cells(built.truth)), dict(cells(report))
        invented = {where: value for where, value in read.items() if value is not None and value != truth[where]}
        assert invented == {}
        unread = {where for where, value in truth.items() if value is not None and read[where] is None}
        told = {finding["where"].split("/")[-1] for finding in report["findings"] if finding["severity"] == "warning"}
        assert {where.split("/")[1] for where in unread if where.startswith("applications")} <= told
        if shape in EXACT:
            assert unread == set()


@pytest.mark.parametrize("seed", range(5))
def test_lost_label_columns_and_blanks_together_are_told_where_they_leave_a_choice(seed: int) -> None:
    spec = ReportSpec(quirks=("missing_rowspan_column", "blank_cells"), shape="tabs", seed=seed)
    built = build_report(spec)
    truth = dict(cells(built.truth))
    for where, value in cells(read_report(built.data).to_dict()):
        assert value is None or value == truth[where], where
