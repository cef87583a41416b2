"""The Prometheus text file."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govcrawl.refresh.metrics import MetricsError, check_folder, exposition, write_metrics
from tests.refresh.builders import figures, report

NAME = r"[a-zA-Z_:][a-zA-Z0-9_:]*"
LABEL = r'[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\n]|\\["\\n])*"'
SAMPLE = re.compile(rf"^({NAME})\{{((?:{LABEL})(?:,{LABEL})*)\}} (-?\d+(?:\.\d+)?(?:e[+-]?\d+)?)$")


def read(text: str) -> dict[tuple[str, str], float]:
    """Metric and labels → value; fails where the text breaks the exposition format."""
    assert text.endswith("\n")
    samples: dict[tuple[str, str], float] = {}
    helped: list[str] = []
    typed: list[str] = []
    for line in text.removesuffix("\n").split("\n"):
        if line.startswith("# HELP "):
            helped.append(line.split(" ")[2])
        elif line.startswith("# TYPE "):
            _, _, name, kind = line.split(" ")
            assert kind == "gauge"
            typed.append(name)
        else:
            found = SAMPLE.match(line)
            assert found, line
            assert found[1] == typed[-1], "samples stand together under their type"
            assert (found[1], found[2]) not in samples, "no sample stands twice"
            samples[found[1], found[2]] = float(found[3])
    assert helped == typed
    assert len(set(typed)) == len(typed)
    return samples


def test_the_file_tells_of_the_last_run() -> None:
    found = read(exposition(report(exit_code=1)))
    plan = 'plan="nightly"'
    assert found["govcrawl_last_run_timestamp_seconds", plan] == 1709608200
    assert found["govcrawl_last_run_duration_seconds", plan] == 2400
    assert found["govcrawl_last_run_exit_code", plan] == 1
    assert found["govcrawl_last_run_requests", plan] == 321
    assert found["govcrawl_last_run_reports", f'{plan},outcome="new"'] == 3
    assert found["govcrawl_last_run_portals", f'{plan},state="blocked"'] == 1
    assert found["govcrawl_last_run_portals", f'{plan},state="left"'] == 0
    assert found["govcrawl_problems_open", f'{plan},kind="unreachable"'] == 4
    assert found["govcrawl_coverage_ratio", f'{plan},province="620000"'] == 0.75


@given(st.text())
def test_any_label_keeps_the_format(kind: str) -> None:
    read(exposition(report(figures(problems_open={kind: 1}))))


def test_the_file_is_written_as_a_whole(tmp_path: Path) -> None:
    path = tmp_path / "govcrawl.prom"
    path.write_text("old", encoding="utf-8")
    write_metrics(path, report())
    read(path.read_text(encoding="utf-8"))
    assert [each.name for each in tmp_path.iterdir()] == ["govcrawl.prom"]
    assert path.stat().st_mode & 0o777 == 0o644


def test_a_folder_that_is_not_there_is_told_before_and_after(tmp_path: Path) -> None:
    path = tmp_path / "nowhere" / "govcrawl.prom"
    with pytest.raises(MetricsError, match="folder does not exist"):
        check_folder(path)
    with pytest.raises(MetricsError, match="No such file"):
        write_metrics(path, report())


def test_what_cannot_take_the_place_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "govcrawl.prom").mkdir()
    with pytest.raises(MetricsError):
        write_metrics(tmp_path / "govcrawl.prom", report())
    assert [each.name for each in tmp_path.iterdir()] == ["govcrawl.prom"]
