"""Tables that print several years beside each other: the right column is read, or none is believed."""

from __future__ import annotations

import pytest

from govcrawl.documents import read_document
from govcrawl.forms import read_reports
from govcrawl.model import Document, DocumentKind, Grid, GridCell, Report, Severity, Text

TITLE = "云砚县教育局{}政府信息公开工作年度报告"
COLUMNS = ("本年制发件数", "本年废止件数", "现行有效件数")
OUTCOMES = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")


def spanned(*cells: tuple[str, int]) -> tuple[GridCell, ...]:
    return tuple(GridCell(text, place == 0) for text, width in cells for place in range(width))


def by_column(values: dict[str, list[list[int]]]) -> Grid:
    """20_1 with the years under each column."""
    rows = [
        spanned(("第二十条第（一）项", 7)),
        spanned(("信息内容", 1), *((column, 2) for column in COLUMNS)),
        spanned(("信息内容", 1), *((year, 1) for _ in COLUMNS for year in ("2021年", "2022年"))),
    ]
    for label, columns in values.items():
        rows.append(spanned((label, 1), *((str(value), 1) for pair in columns for value in pair)))
    return Grid(tuple(rows))


def by_year(values: dict[str, list[list[int]]]) -> Grid:
    """20_1 with the columns under each year."""
    rows = [
        spanned(("信息内容", 1), ("2021年", 3), ("2022年", 3)),
        spanned(("信息内容", 1), *((column, 1) for _ in range(2) for column in COLUMNS)),
    ]
    for label, columns in values.items():
        rows.append(spanned((label, 1), *((str(pair[year]), 1) for year in range(2) for pair in columns)))
    return Grid(tuple(rows))


VALUES = {"规章": [[1, 2], [3, 4], [5, 6]], "行政规范性文件": [[7, 8], [9, 10], [11, 12]]}
EXPECTED = {
    year: {
        "rules_issued": 1 + n, "rules_repealed": 3 + n, "rules_in_force": 5 + n,
        "normative_documents_issued": 7 + n, "normative_documents_repealed": 9 + n,
        "normative_documents_in_force": 11 + n,
    }
    for n, year in enumerate((2021, 2022))
}  # fmt: skip


def read(title: str, *grids: Grid) -> tuple[Report, ...]:
    headings = (Text("一、总体情况"), Text("做了工作。"), Text("二、主动公开政府信息情况"))
    return read_reports(Document(DocumentKind.DOCX, (Text(title), *headings, *grids)))


def values(report: Report) -> dict[str, object]:
    return {code: figure.value for code, figure in report.disclosure.items() if code in EXPECTED[2021]}


def codes(report: Report) -> set[str]:
    return {finding.code for finding in report.findings}


@pytest.mark.parametrize("printed", [by_column, by_year])
def test_the_column_of_the_year_that_the_title_names_is_read(printed: object) -> None:
    for year in (2021, 2022):
        (report,) = read(TITLE.format(f"{year}年"), printed(VALUES))  # type: ignore[operator]
        assert (report.report_year, values(report)) == (year, EXPECTED[year])
        assert "years_beside" in codes(report)


@pytest.mark.parametrize("title", [TITLE.format("2021年至2022年"), TITLE.format("")])
def test_where_the_title_names_both_or_none_each_year_is_a_report(title: str) -> None:
    found = read(title, by_column(VALUES))
    assert {report.report_year: values(report) for report in found} == EXPECTED
    assert len({report.content_hash for report in found}) == 2


def test_a_comparison_in_the_prose_is_no_table_of_a_form() -> None:
    rows = (spanned(("项目", 1), ("2021年", 1), ("2022年", 1)), spanned(("行政许可", 1), ("77", 1), ("99", 1)))
    (report,) = read(TITLE.format("2022年"), Grid(rows))
    assert "years_beside" not in codes(report)


PLAIN = Grid((
    spanned(("信息内容", 1), ("本年处理决定数量", 1)), spanned(("行政处罚", 1), ("3", 1)),
    spanned(("行政强制", 1), ("4", 1)),
))  # fmt: skip


def test_a_table_without_years_is_of_the_year_that_the_title_names() -> None:
    (report,) = read(TITLE.format("2022年"), by_column(VALUES), PLAIN)
    assert values(report) == EXPECTED[2022]
    assert report.disclosure["penalty_decisions"].value == 3


def test_where_nothing_says_whose_a_column_is_none_is_read_and_that_is_told() -> None:
    for title, grids in (
        (TITLE.format(""), (by_column(VALUES), PLAIN)),
        (TITLE.format("2022年"), (Grid(tuple(row[:-1] for row in by_column(VALUES).rows)), PLAIN)),
    ):
        (report,) = read(title, *grids)
        assert set(values(report).values()) <= {None}
        assert {f.severity for f in report.findings if f.code == "years_beside"} == {Severity.WARNING}
        assert report.disclosure["penalty_decisions"].value == 3


def test_a_page_with_tabs_for_years_is_no_such_table() -> None:
    tabs = "<table><tr><td>2022</td><td>2021</td></tr></table>"
    page = f"<html><body>{tabs}<h1>{TITLE.format('2022年')}</h1></body></html>"
    assert all("years_beside" not in codes(report) for report in read_reports(read_document(page.encode())))
