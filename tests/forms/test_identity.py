"""What makes a report the report it is: its content, its agency, and no more than one of them a page."""

from __future__ import annotations

import pytest

from govcrawl.documents import read_document
from govcrawl.forms import read_report
from govcrawl.forms.read import MAX_LINES
from govcrawl.model import DocumentError, Portal, ProblemKind, Report
from govcrawl.simulator.report import ReportSpec, build_report

COUNTIES = [Portal(code, name, code, f"http://www.{code}.test/") for code, name in (("620423", "甲"), ("620522", "乙"))]


def read(page: str, portal: Portal | None = None) -> Report:
    return read_report(read_document(page.encode()), portal=portal)


def page_of(title: str, year: int = 2022) -> str:
    built = build_report(ReportSpec(form="form2021", year=year))
    return built.data.decode().replace(f"云砚县教育局{year}年", title).replace("云砚县教育局", "我局")


@pytest.mark.parametrize("title", ["教育局2022年", "我局2022年", "2022年"])
def test_one_text_of_two_counties_is_two_reports_where_the_name_does_not_say_which(title: str) -> None:
    one, two = (read(page_of(title), county) for county in COUNTIES)
    assert one.content_hash != two.content_hash
    assert (one.division_code, two.division_code) == ("620423", "620522")


def test_one_report_on_two_portals_is_one_where_it_names_its_place() -> None:
    one, two = (read(page_of("景泰县教育局2022年"), county) for county in COUNTIES)
    assert one.content_hash == two.content_hash


def test_we_is_nobodys_name() -> None:
    assert read(page_of("我局2022年")).agency != "我局"


def test_a_comparison_in_the_prose_does_not_take_the_tables_place() -> None:
    built = build_report(ReportSpec(form="form2021", year=2022))
    years = "<tr><td>项目</td><td>2021年</td><td>2022年</td></tr>"
    compared = f"<table>{years}<tr><td>行政许可</td><td>777</td><td>999</td></tr></table>"
    page = built.data.decode().replace("二、主动公开政府信息情况", f"</p>{compared}<p>二、主动公开政府信息情况", 1)
    assert read(page).disclosure["licensing_decisions"].value == built.truth["disclosure"]["licensing_decisions"]


def test_a_table_of_licences_makes_no_report() -> None:
    pairs = (("信息内容", "数量"), ("行政许可", "423"), ("行政处罚", "5"))
    rows = "".join(f"<tr><td>{label}</td><td>{value}</td></tr>" for label, value in pairs)
    report = read(f"<html><body><h1>云砚县2022年法治政府建设年度报告</h1><table>{rows}</table></body></html>")
    assert report.form == "none"
    assert report.disclosure == {}


def test_a_notice_with_the_blank_form_is_no_report() -> None:
    built = build_report(ReportSpec(form="form2021", year=2022, quirks=("tables_left_blank", "headings_missing")))
    page = built.data.decode().replace(
        "云砚县教育局2022年政府信息公开工作年度报告", "关于做好2022年政府信息公开工作年度报告编制工作的通知"
    )
    assert read(page).form == "none"


def test_a_table_of_thousands_of_rows_is_refused_in_bounded_time() -> None:
    rows = "".join(f"<tr><td>事项{number}</td><td>{number}</td></tr>" for number in range(MAX_LINES + 5))
    head = "<tr><td>信息内容</td><td>本年处理决定数量</td></tr><tr><td>行政许可</td><td>1</td></tr>"
    with pytest.raises(DocumentError) as caught:
        read(f"<html><body><h1>云砚县2022年政府信息公开工作年度报告</h1><table>{head}{rows}</table></body></html>")
    assert caught.value.kind is ProblemKind.TOO_LARGE
