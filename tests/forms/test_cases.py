"""Every named case is read exactly: each cell, each fact, and each broken identity."""

from __future__ import annotations

import pytest

from govcrawl import read_report
from govcrawl.simulator.cases import CASES
from govcrawl.simulator.truth import differences


@pytest.mark.parametrize("name", CASES)
def test_the_case_is_read_as_it_was_written(name: str) -> None:
    built = CASES[name].build()
    report = read_report(built.data, content_type=built.content_type)
    assert differences(built.truth, report.to_dict()) == []
