"""A whole report as offices print theirs: every cell is read, whatever pages, wrapping and printing did to it."""

from __future__ import annotations

import pytest

from govcrawl.checks import prove
from govcrawl.documents import read_documents
from govcrawl.forms import read_report
from govcrawl.model import Document, Proof, Report

from .report import COLUMNS, REVIEW, ROWS, report


@pytest.fixture(scope="module")
def document() -> Document:
    (document,) = read_documents(report())
    return document


@pytest.fixture(scope="module")
def read(document: Document) -> Report:
    return prove(read_report(document))


def test_the_agency_and_the_year_are_read_from_the_printed_title(read: Report) -> None:
    assert (read.agency, read.report_year) == ("云溪市青石区人民政府", 2024)


def test_part_two_is_read_across_the_page_that_cuts_it(read: Report) -> None:
    assert {code: figure.value for code, figure in read.disclosure.items()} == {
        "rules_issued": 1,
        "rules_repealed": 0,
        "rules_in_force": 6,
        "normative_documents_issued": 3,
        "normative_documents_repealed": 2,
        "normative_documents_in_force": 58,
        "licensing_decisions": 12345,
        "penalty_decisions": 678,
        "coercion_decisions": 90,
        "admin_fees_amount": 123.45,
    }


@pytest.mark.parametrize(("code", "values"), [(row[0], row[3]) for row in ROWS])
def test_every_row_of_part_three_is_read(read: Report, code: str, values: list[int]) -> None:
    assert {column: figure.value for column, figure in read.applications[code].items()} == dict(
        zip(COLUMNS, values, strict=True)
    )


def test_the_label_and_the_group_that_a_page_cuts_go_on_behind_it(document: Document) -> None:
    table = next(grid for grid in document.grids() if any("新收" in cell.text for row in grid.rows for cell in row))
    begun = next(index for index, row in enumerate(table.rows) if row[2].text.startswith("2.没有现成信息"))
    assert [cell.text for cell in table.rows[begun][:2]] == ["三、本年度办理结果", "（四）无法提供"]


def test_part_four_is_read(read: Report) -> None:
    printed = [figure.value for table in read.review_litigation.values() for figure in table.values()]
    assert printed == REVIEW


def test_the_sums_prove_the_tables(read: Report) -> None:
    assert [read.tables[name].proof for name in ("applications", "review_litigation")] == [Proof.PROVEN] * 2


def test_the_misprinted_label_and_the_row_that_stands_for_three_are_told(read: Report) -> None:
    told = {(finding.code, finding.where, str(finding.severity)) for finding in read.findings}
    assert ("label_variant", "applications/denied_prohibited_by_law", "info") in told
    assert ("collapsed_row", "applications/other_handling", "info") in told


def test_page_numbers_are_no_prose(document: Document) -> None:
    assert not [text for text in document.texts() if text.replace(" ", "").startswith("-")]


def test_the_title_of_the_metadata_is_not_the_documents(document: Document) -> None:
    assert document.title == ""
    assert document.metadata["Title"] == "untitled"
