"""Documents that hold several reports: each is read by itself, and nothing of one becomes another's."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from govcrawl.documents import read_document
from govcrawl.forms import read_report, read_reports
from govcrawl.model import Document, DocumentKind, Grid, Link, Report, Text
from govcrawl.simulator.report import BuiltReport, ReportSpec, build_report

AGENCIES = ("云砚县教育局", "云砚县财政局", "云砚县水利局", "云砚县民政局")


def built(agency: str = AGENCIES[0], year: int = 2022, seed: int = 0, **more: object) -> BuiltReport:
    form = "form2021" if year >= 2021 else "form2019" if year >= 2019 else "stat2014"
    return build_report(ReportSpec(form=form, year=year, agency=agency, seed=seed, **more))  # type: ignore[arg-type]


def page(*bodies: str, head: str = "") -> Document:
    return read_document(
        f"<html><head>{head}</head><body><div id='zoom'>{''.join(bodies)}</div></body></html>".encode()
    )


def values(report: Report) -> dict[str, object]:
    return {where: figure.value for where, figure in report.figures()}


def alone(one: BuiltReport) -> Report:
    return read_report(page(one.body))


def test_the_years_on_one_page_are_each_a_report() -> None:
    years = [built(year=year, seed=year) for year in (2023, 2022, 2020, 2018)]
    found = read_reports(page(*(one.body for one in years)))
    assert [report.report_year for report in found] == [2023, 2022, 2020, 2018]
    assert [report.form for report in found] == ["form2021", "form2021", "form2019", "stat2014"]
    assert [values(report) for report in found] == [values(alone(one)) for one in years]
    assert {report.agency for report in found} == {AGENCIES[0]}
    assert len({report.content_hash for report in found}) == 4


def test_the_agencies_of_a_county_are_each_a_report() -> None:
    collection = [built(agency, seed=number) for number, agency in enumerate(AGENCIES)]
    found = read_reports(page(*(one.body for one in collection)))
    assert [report.agency for report in found] == list(AGENCIES)
    assert [values(report) for report in found] == [values(alone(one)) for one in collection]
    assert [len(report.sections) for report in found] == [len(alone(one).sections) for one in collection]


def test_each_report_has_the_day_it_was_signed_on() -> None:
    days = [date(2023, 1, 5), date(2023, 1, 19)]
    bodies = [
        f"{built(agency, quirks=('signature_missing',)).body}<p>{agency}</p><p>{d.year}年{d.month}月{d.day}日</p>"
        for agency, d in zip(AGENCIES, days, strict=False)
    ]
    assert [report.published_on for report in read_reports(page(*bodies))] == days


def test_a_day_of_the_page_is_only_that_of_reports_it_can_be_of() -> None:
    head = '<meta name="PubDate" content="2023-02-01">'
    bodies = [built(year=year, quirks=("signature_missing",)).body for year in (2022, 2020)]
    found = read_reports(page(*bodies, head=head))
    assert [report.published_on for report in found] == [date(2023, 2, 1), None]


def test_a_table_of_contents_is_no_report_and_splits_none() -> None:
    collection = [built(agency, seed=number) for number, agency in enumerate(AGENCIES)]
    contents = "".join(f"<p>{agency}2022年政府信息公开工作年度报告</p>" for agency in AGENCIES)
    cover = "<p>云砚县各部门2022年政府信息公开工作年度报告汇编</p>"
    found = read_reports(page(cover, contents, *(one.body for one in collection)))
    assert [report.agency for report in found] == list(AGENCIES)
    assert [values(report) for report in found] == [values(alone(one)) for one in collection]


def test_the_contents_of_a_report_itself_split_nothing() -> None:
    one = built()
    contents = "".join(f"<p>{heading}</p>" for heading in (
        "一、总体情况", "二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况",
        "四、政府信息公开行政复议、行政诉讼情况", "五、存在的主要问题及改进情况", "六、其他需要报告的事项",
    ))  # fmt: skip
    found = read_reports(page("<p>云砚县教育局2022年政府信息公开工作年度报告</p>", contents, one.body))
    assert [values(report) for report in found] == [values(alone(one))]


def test_the_title_of_another_report_in_the_prose_splits_nothing() -> None:
    one = built()
    body = one.body.replace("二、主动公开", "<p>云砚县教育局2021年政府信息公开工作年度报告</p><p>二、主动公开", 1)
    tail = "<p>相关链接</p><p>云砚县教育局2020年政府信息公开工作年度报告</p>"
    assert len(read_reports(page(body, tail))) == 1


def test_an_attached_table_with_its_own_title_belongs_to_its_report() -> None:
    grid = "<table><tr><td>单位</td><td>条数</td></tr><tr><td>办公室</td><td>12</td></tr></table>"
    one = built()
    found = read_reports(page(one.body, "<p>附件：</p><p>云砚县教育局2022年政府信息公开工作年度报告统计表</p>", grid))
    assert [values(report) for report in found] == [values(alone(one))]


def test_tables_printed_again_under_the_same_title_are_no_further_report() -> None:
    one = built(quirks=("headings_missing",))
    tables = one.body[one.body.index("<table") : one.body.rindex("</table>") + 8]
    found = read_reports(page(one.body, "<p>云砚县教育局2022年政府信息公开工作年度报告</p>", tables))
    assert len(found) == 1
    assert "repeated_table" in {finding.code for finding in found[0].findings}


def test_reports_without_any_heading_are_told_by_their_titles_and_tables() -> None:
    collection = [built(agency, seed=number, quirks=("headings_missing",)) for number, agency in enumerate(AGENCIES)]
    found = read_reports(page(*(one.body for one in collection)))
    assert [report.agency for report in found] == list(AGENCIES)
    assert [values(report) for report in found] == [values(alone(one)) for one in collection]


def test_an_agency_on_a_line_of_its_own_names_the_report_below_it() -> None:
    numbers = "一二三四"
    bodies = []
    for number, agency in enumerate(AGENCIES):
        one = built(agency, seed=number, quirks=("agency_not_in_prose",))
        body = one.body.replace(f"{agency}2022年", "2022年")
        bodies.append(f"<p>{numbers[number]}、{agency}</p>{body}")
    assert [report.agency for report in read_reports(page(*bodies))] == list(AGENCIES)


def test_who_signed_the_report_before_does_not_name_the_next() -> None:
    first = built(AGENCIES[0], quirks=("signature_missing",)).body + f"<p>{AGENCIES[0]}</p>"
    second = built(AGENCIES[1], seed=1).body.replace(f"{AGENCIES[1]}2022年", "2022年")
    found = read_reports(page(first, second))
    assert [report.agency for report in found] == [AGENCIES[0], AGENCIES[1]], "the signature names the second"


def sheet(one: BuiltReport, caption: str) -> Grid:
    """All tables of a report on one sheet."""
    rows = tuple(row for grid in page(one.body).grids() for row in grid.rows)
    return Grid(rows, caption=caption)


@pytest.mark.parametrize("captions", [AGENCIES, tuple(f"{agency}2022年政府信息公开年度报告" for agency in AGENCIES)])
def test_a_workbook_with_a_sheet_for_each_agency(captions: tuple[str, ...]) -> None:
    collection = [built(agency, seed=number) for number, agency in enumerate(AGENCIES)]
    grids = tuple(sheet(one, caption) for one, caption in zip(collection, captions, strict=True))
    found = read_reports(Document(DocumentKind.XLSX, grids), link=Link("", "云砚县2022年政府信息公开工作年度报告"))
    assert [report.agency for report in found] == list(AGENCIES)
    assert [report.report_year for report in found] == [2022] * 4
    assert [values(report) for report in found] == [values(alone(one)) for one in collection]


def test_the_sheets_of_one_report_stay_together() -> None:
    one = built()
    grids = tuple(replace(grid, caption=f"表{number}") for number, grid in enumerate(page(one.body).grids(), 1))
    found = read_reports(Document(DocumentKind.XLSX, (Text("云砚县教育局2022年政府信息公开工作年度报告"), *grids)))
    assert [values(report) for report in found] == [values(alone(one))]


def test_a_report_printed_twice_on_a_page_is_one() -> None:
    one = built()
    assert len(read_reports(page(one.body, one.body))) == 1


def test_a_second_print_that_differs_is_told() -> None:
    one, other = built(seed=1), built(seed=2)
    found = read_reports(page(one.body, other.body))
    assert [values(report) for report in found] == [values(alone(one))]
    assert "further_report" in {finding.code for finding in found[0].findings}


@pytest.mark.parametrize("shape", ["lines", "tabs", "pipes"])
def test_text_files_are_split_as_well(shape: str) -> None:
    collection = [built(agency, seed=number, shape=shape) for number, agency in enumerate(AGENCIES[:3])]
    document = read_document("\n\n".join(one.data.decode() for one in collection).encode())
    found = read_reports(document)
    assert [report.agency for report in found] == list(AGENCIES[:3])
    assert [values(report) for report in found] == [values(read_report(read_document(one.data))) for one in collection]


def test_a_county_of_a_hundred_agencies_is_read_in_bounded_time() -> None:
    one = built().body
    found = read_reports(page(*(one.replace("云砚县教育局", f"云砚县第{number}中学") for number in range(100))))
    assert len(found) == 100
