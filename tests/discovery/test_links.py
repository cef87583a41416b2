"""What a link is, from its title and address."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from govcrawl.discovery import LinkKind, classify_link
from govcrawl.model import Link

ARTICLE = "http://www.yunyan.test/nb/202101/t20210129_5.html"
FOLDER = "http://www.yunyan.test/nb/"
REAL = Path(__file__).parents[3] / "shared" / "domain" / "report_pages.csv"


def kind(text: str, url: str = ARTICLE, inside: LinkKind | None = None) -> LinkKind:
    return classify_link(Link(url, text), inside=inside)


@pytest.mark.parametrize(
    "title",
    [
        "云砚县人民政府2020年政府信息公开工作年度报告",
        "云砚县教育局2019年度政府信息公开工作报告",
        "龙湾街道2019政务信息公开年报",
        "2022年云砚县政府信息公开年度报告",
        "云砚县教育局信息公开年度报告",
        "云砚县公安局政府信息公开年度工作报告",
        "云砚县政府信息公开工作2024年度报告",
        "【图文】云砚县市场监督管理局2022年度政府信息公开工作年度报告",
        "云砚县人民政府关于报送云砚县2020年度政府信息公开工作年度报告的函",
        "云砚县退役军人事务局 2020年政府信息公开 工作年度报告(文字版)",
    ],
)
def test_reports_are_reports(title: str) -> None:
    assert kind(title) is LinkKind.REPORT


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("《云砚县2023年政府信息公开工作年度报告》解读", LinkKind.INTERPRETATION),
        ("一图读懂云砚县2023年政府信息公开年报", LinkKind.INTERPRETATION),
        ("关于做好2020年政府信息公开工作年度报告编制和发布工作的通知", LinkKind.NOTICE),
        ("关于印发政府信息公开工作年度报告格式的通知", LinkKind.NOTICE),
        ("云砚县政府信息公开指南(2020年修订)", LinkKind.GUIDE),
        ("政府信息公开制度", LinkKind.GUIDE),
        ("依申请公开", LinkKind.GUIDE),
        ("云砚县2020年法治政府建设年度报告", LinkKind.NOISE),
        ("云砚县政府网站2020年工作年度报表", LinkKind.NOISE),
        ("云砚县2020年部门决算", LinkKind.NOISE),
        ("首页", LinkKind.NOISE),
        ("", LinkKind.NOISE),
    ],
)
def test_what_is_about_a_report_is_none(title: str, expected: LinkKind) -> None:
    assert kind(title) is expected


@pytest.mark.parametrize(
    ("title", "inside", "expected"),
    [
        ("政府信息公开年报", None, LinkKind.COLUMN),
        ("政府信息公开工作年度报告", None, LinkKind.COLUMN),
        ("信息公开年报", None, LinkKind.COLUMN),
        ("云砚县教育局政府信息公开年报", LinkKind.DISCLOSURE_INDEX, LinkKind.COLUMN),
        ("年度报告", LinkKind.DISCLOSURE_INDEX, LinkKind.COLUMN),
        ("年度报告", None, LinkKind.NOISE),
        ("政府信息公开", None, LinkKind.DISCLOSURE_INDEX),
        ("政务公开", None, LinkKind.DISCLOSURE_INDEX),
        ("2020年", LinkKind.COLUMN, LinkKind.YEAR_COLUMN),
        ("2020年度报告", LinkKind.COLUMN, LinkKind.YEAR_COLUMN),
        ("2020年政府信息公开年报", LinkKind.COLUMN, LinkKind.YEAR_COLUMN),
        ("2020年", None, LinkKind.NOISE),
        ("县政府部门", LinkKind.COLUMN, LinkKind.AGENCY_COLUMN),
        ("乡镇街道", LinkKind.COLUMN, LinkKind.AGENCY_COLUMN),
        ("云砚县教育局", LinkKind.DISCLOSURE_INDEX, LinkKind.AGENCY_COLUMN),
        ("云砚县教育局", None, LinkKind.NOISE),
        ("政务服务中心", LinkKind.DISCLOSURE_INDEX, LinkKind.NOISE),
    ],
)
def test_columns_depend_on_where_they_stand(title: str, inside: LinkKind | None, expected: LinkKind) -> None:
    assert kind(title, FOLDER, inside) is expected


@pytest.mark.parametrize("title", ["云砚县教育局", "教育局2019年年报", "政府信息公开年报", "2020年度", "云砚县青石镇"])
def test_in_a_column_a_row_may_be_called_by_agency_or_year_alone(title: str) -> None:
    assert kind(title, ARTICLE, LinkKind.COLUMN) is LinkKind.REPORT


def test_a_file_named_as_a_report_is_one_and_another_is_an_attachment() -> None:
    pdf = "http://www.yunyan.test/nb/P020210129000000000001.pdf"
    assert kind("云砚县2020年政府信息公开工作年度报告.pdf", pdf) is LinkKind.REPORT
    assert kind("办公楼照片.pdf", pdf) is LinkKind.ATTACHMENT


@pytest.mark.skipif(not REAL.exists(), reason="the survey of real pages is not part of the project")
def test_of_the_real_pages_surveyed_nearly_all_are_told() -> None:
    with REAL.open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["title"]]
    reports = [row for row in rows if row["kind"] == "report"]
    missed = [row["title"] for row in reports if kind(row["title"], row["url"]) is not LinkKind.REPORT]
    wrong = [row["title"] for row in rows if row["kind"] in {"about", "notice", "list"}
             if kind(row["title"], row["url"]) is LinkKind.REPORT]  # fmt: skip
    assert len(missed) <= 0.03 * len(reports), missed
    assert wrong == []
