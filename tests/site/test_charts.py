"""Charts: what is drawn is said as data, and the same is printed as a table; nothing comes from other hosts."""

from __future__ import annotations

import hashlib
import json

import pytest

from govcrawl.site.building import HERE
from govcrawl.site.charts import Point, bar, line
from tests.site.visitor import Visitor

VENDOR = HERE / "static" / "vendor"


def test_series_keep_their_order_and_a_year_without_a_figure_its_reason() -> None:
    spec = line("t", [Point(2020, 1, "乙"), Point(2021, None, "乙", "missing"), Point(2020, 2, "甲")], x="x", y="y")
    assert spec["series"] == ["乙", "甲"]
    assert spec["rows"][1] == {"x": 2021, "y": None, "series": "乙", "missing": "missing", "href": ""}


def test_a_single_line_has_no_series() -> None:
    assert bar("t", [Point("甲", 1)], x="x", y="y")["series"] == []


@pytest.mark.parametrize("entry", (VENDOR / "VENDORED").read_text(encoding="utf-8").splitlines()[1:])
def test_vendored_files_are_the_registered_ones_with_their_licences(entry: str) -> None:
    name, version, licence, digest = entry.split()
    assert hashlib.sha256((VENDOR / name).read_bytes()).hexdigest() == digest
    assert licence == "ISC"
    assert f" {version} ====" in (VENDOR / "LICENSES.txt").read_text(encoding="utf-8")


def test_every_vendored_script_is_listed() -> None:
    listed = {entry.split()[0] for entry in (VENDOR / "VENDORED").read_text(encoding="utf-8").splitlines()[1:]}
    assert listed == {path.name for path in VENDOR.glob("*.js")}


def test_a_pages_charts_are_data_that_no_name_can_break_out_of(client: Visitor) -> None:
    answer = client.get("/")
    charts = answer.all("//figure[@data-chart]")
    assert charts
    for chart in charts:
        spec = json.loads(chart.xpath("script[@type='application/json']")[0].text)
        assert spec["kind"] in {"line", "bar"}
        assert chart.xpath("figcaption")[0].text_content().strip()
