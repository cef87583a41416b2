"""The five documents the project was started from; skipped where they are absent."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from govcrawl import read_report

SEEDS = Path(__file__).resolve().parents[3] / "shared" / "seeds"

pytestmark = pytest.mark.skipif(not SEEDS.is_dir(), reason="the seed documents are not on this machine")

FACTS = {
    "000": ("秦安县融媒体中心", "620522", 2020, "2020"),
    "001": ("景泰县人民政府", "620423", 2020, "2020"),
    "002": ("张店区融媒体中心", "370303", 2019, "2019"),
    "003": ("石林县委宣传部(县委网信办、县政府新闻办)", "530126", 2020, "2020"),
    "004": ("北京市密云区融媒体中心", "110118", 2020, "2020"),
}

NOT_ZERO: dict[str, dict[str, float | None]] = {
    "000": {},
    "001": {
        "normative_documents_made": 5,
        "normative_documents_published": 5,
        "normative_documents_public_total": 27,
        "licensing_items_previous_year": 223,
        "licensing_items_change": 23,
        "licensing_decisions": 31810,
        "other_external_services_items_previous_year": 431,
        "other_external_services_items_change": -262,
        "other_external_services_decisions": 296626,
        "penalty_items_previous_year": 255,
        "penalty_items_change": -42,
        "penalty_decisions": 322,
        "coercion_items_previous_year": 123,
        "coercion_items_change": -73,
        "coercion_decisions": 331,
        "admin_fees_items_previous_year": 34,
        "central_procurement_projects": 177,
        "central_procurement_amount": 24575.93,
        **{
            f"{row}/{column}": value
            for row, value in {
                "new_received": 10,
                "granted": 1,
                "partially_granted": 2,
                "unavailable_not_held": 4,
                "unavailable_requires_creation": 3,
                "handled_total": 10,
            }.items()
            for column in ("natural_person", "total")
        },
    },
    "002": {"central_procurement_projects": None, "central_procurement_amount": None},
    "003": {},
    "004": {
        "normative_documents_made": 1,
        "normative_documents_published": 1,
        "normative_documents_public_total": 15,
        "central_procurement_projects": 4,
        "central_procurement_amount": 1434.1345,
    },
}
"""Every cell that is not 0, as read by eye."""


def seed(number: str) -> dict[str, Any]:
    path = next(SEEDS.glob(f"{number}_*.txt"))
    return read_report(path.read_bytes()).to_dict()


def cells(report: dict[str, Any]) -> dict[str, float | None]:
    found = dict(report["disclosure"])
    for part in ("applications", "review_litigation"):
        for row, columns in report[part].items():
            found |= {f"{row}/{column}": value for column, value in columns.items()}
    return found


@pytest.mark.parametrize("number", FACTS)
def test_every_one_of_the_198_cells_is_as_printed(number: str) -> None:
    found = cells(seed(number))
    assert len(found) == 198
    assert {code: value for code, value in found.items() if value != 0} == NOT_ZERO[number]


@pytest.mark.parametrize("number", FACTS)
def test_agency_division_year_and_version_are_told(number: str) -> None:
    report = seed(number)
    agency, division, year, version = FACTS[number]
    assert report["agency"] == agency
    assert report["division_code"] == division
    assert report["report_year"] == year
    assert (report["form"], report["template_version"]) == ("form2019", version)


@pytest.mark.parametrize("number", FACTS)
def test_no_sum_is_broken(number: str) -> None:
    assert [finding for finding in seed(number)["findings"] if finding["severity"] == "error"] == []


@pytest.mark.parametrize("number", FACTS)
def test_the_six_sections_are_there_with_their_text(number: str) -> None:
    sections = {section["number"]: section for section in seed(number)["sections"] if section["number"]}
    assert sorted(sections) == [1, 2, 3, 4, 5, 6]
    assert len(sections[1]["text"]) > 200


def test_the_misprinted_label_of_zhangdian_is_told_as_a_variant() -> None:
    findings = [f for f in seed("002")["findings"] if f["code"] == "label_variant"]
    assert any(re.search("就法制行政禁止公开", f["message"]) and f["severity"] == "info" for f in findings)


def test_miyuns_split_row_is_summed_and_its_parts_are_kept() -> None:
    report = seed("004")
    parts = {(cell["row"], cell["column"]): cell["value"] for cell in report["extra_cells"]}
    assert parts == {
        (f"其他对外管理服务事项/{row}", column): 0
        for row in ("行政检查", "行政确认")
        for column in ("上一年项目数量", "本年增/减", "处理决定数量")
    }
    assert report["disclosure"]["other_external_services_decisions"] == 0
    assert "derived" in {finding["code"] for finding in report["findings"]}


def test_jingtais_amount_keeps_its_unit_and_its_print() -> None:
    report = seed("001")
    assert report["units"]["central_procurement_amount"] == "万元"
    assert report["raw"]["disclosure/central_procurement_amount"] == "24575.93万"


def test_shilins_unit_comes_from_the_header() -> None:
    assert seed("003")["units"]["central_procurement_amount"] == "万元"
