"""The agency a title names, in the forms in which titles are written, and whether a title is a report's at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govcrawl.discovery import LinkKind, classify_link
from govcrawl.forms import read_report
from govcrawl.forms.title import agency_in_title, is_report_title
from govcrawl.model import Document, DocumentKind, Link, Text

ARTICLE = "http://www.yunyan.test/nb/202101/t20210129_5.html"


@pytest.mark.parametrize(
    ("title", "agency"),
    [
        ("云砚县教育局2020年政府信息公开工作年度报告", "云砚县教育局"),
        ("2022年云砚县政府信息公开工作年度报告", "云砚县"),
        ("二〇二〇年度云砚县水利局政府信息公开年报", "云砚县水利局"),
        ("云砚县水利局二O二O年政府信息公开年报", "云砚县水利局"),
        ("云砚县水利局202020年政府信息公开年报", "云砚县水利局"),
        ("云砚县水利局20120年政府信息公开年报", "云砚县水利局"),
        ("云砚县水利局2019-2020年政府信息公开年报", "云砚县水利局"),
        ("云砚县2020年1月至12月政府信息公开年报", "云砚县"),
        ("云砚县教育局政府信息公开工作2024年度报告", "云砚县教育局"),
        ("云砚县民政局信息公开工作年度报告(2020年度)", "云砚县民政局"),
        ("云砚县国资委2020政府信息公开工作年度报告", "云砚县国资委"),
        ("云砚县公安局政府信息公开年度工作报告", "云砚县公安局"),
        ("【城区本级】云砚县教育局2019年政府信息公开年报", "云砚县教育局"),
        ("云砚县（本级）2021年政府信息公开工作年度报告", "云砚县（本级）"),
        ("附件1：云砚县水务局2020年政府信息公开工作年度报告", "云砚县水务局"),
        ("云砚县教育局关于报送2020年政府信息公开年度报告的函", "云砚县教育局"),
        ("云砚县人民政府办公室关于2020年政府信息公开工作情况的报告", "云砚县人民政府办公室"),
        ("云砚县政务公开办2020年政府信息公开工作年度报告", "云砚县政务公开办"),
        ("2020年政府信息公开年报-云砚县审计局", "云砚县审计局"),
        ("2020年度政府信息公开工作年度报告（云砚县水务局）", "云砚县水务局"),
        ("Page 9 - 2020年政府信息公开年报_云砚县审计局", "云砚县审计局"),
        ("2020年度政府信息公开工作年度报告", None),
        ("政府信息公开工作年度报告（2020年度）", None),
    ],
)
def test_the_agency_stands_without_the_year_and_the_reports_name(title: str, agency: str | None) -> None:
    assert agency_in_title(title) == agency


@pytest.mark.parametrize(
    ("title", "named"),
    [
        ("云砚县教育局2020年政府信息公开工作年度报告", True),
        ("云砚县人民政府办公室关于2020年政府信息公开工作情况的报告", True),
        ("云硯市教育局2020年政府信息公開工作年度報告", True),
        ("云砚县教育局2020年政务公开工作总结", True),
        ("《云砚县教育局2023年政府信息公开工作年度报告》解读", False),
        ("关于做好2020年政府信息公开工作年度报告编制和发布工作的通知", False),
        ("云砚县2020年法治政府建设年度报告", False),
        ("根据《条例》,现将2020年政府信息公开年度报告公布如下", False),
        ("", False),
    ],
)
def test_links_and_pages_are_told_by_the_same_rule(title: str, named: bool) -> None:
    assert is_report_title(title) is named
    if len(title) < 40 and "根据" not in title:
        assert (classify_link(Link(ARTICLE, title)) is LinkKind.REPORT) is named


@pytest.mark.parametrize("agency", ["云砚县教育局", "云州市人民政府办公室（云州市外事办公室）"])
@pytest.mark.parametrize("head", [0, 4, 20])
def test_a_page_that_was_printed_with_its_head_has_the_title_below_the_way_to_it(head: int, agency: str) -> None:
    title = f"{agency}2020年政府信息公开工作年度报告"
    lines = ["要闻动态"] * head + ["当前位置：首页>政务公开>政府信息公开年报>2018年", title]
    document = Document(kind=DocumentKind.PDF, blocks=tuple(map(Text, [*lines, "一、总体情况", "略。"])))
    report = read_report(document)
    assert (report.agency, report.report_year) == (agency, 2020)


@given(st.text(max_size=60))
def test_no_title_breaks_it(title: str) -> None:
    assert agency_in_title(title) != ""
