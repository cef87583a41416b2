"""A page and what hangs on it: which sources are one report, what is taken from which, and what is told."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from urllib.parse import quote

import pytest

from govcrawl.documents import read_document
from govcrawl.forms.read import MAX_LINES
from govcrawl.model import Document, DocumentError, DocumentKind, Grid, GridCell, Link, Proof, Report, Severity, Text
from govcrawl.reading import Found, Piece, read_pieces, read_report
from govcrawl.simulator.report import BuiltReport, ReportSpec, build_report

PAGE = "http://www.yunyan.test/a/1.html"
TITLE = "云砚县教育局2022年政府信息公开工作年度报告"
OTHERS = ("云砚县财政局", "云砚县水利局", "云砚县民政局")


def built(agency: str = "云砚县教育局", year: int = 2022, seed: int = 0, **more: object) -> BuiltReport:
    return build_report(ReportSpec(form="form2021", year=year, agency=agency, seed=seed, **more))  # type: ignore[arg-type]


def html(body: str, title: str = TITLE, day: str = "2023-01-31") -> Document:
    head = f'<meta name="ArticleTitle" content="{title}"><meta name="PubDate" content="{day}">'
    return read_document(f"<html><head>{head}</head><body><div id='zoom'>{body}</div></body></html>".encode())


def page(body: str, title: str = TITLE) -> Piece:
    return Piece((html(body, title),), PAGE, is_page=True)


SHELL = "<p>详见附件。</p>"


def file(
    one: BuiltReport,
    name: str = "附件.docx",
    kind: DocumentKind = DocumentKind.DOCX,
    url: str = "http://www.yunyan.test/a/f1.docx",
    **more: object,
) -> Piece:
    """A file with the very content of a built report, as its reader gives it."""
    document = read_document(f"<html><body><div id='zoom'>{one.body}</div></body></html>".encode())
    document = replace(document, kind=kind, metadata={}, title="", **more)  # type: ignore[arg-type]
    return Piece((document,), url, Link(url, name))


def without_title(one: BuiltReport) -> BuiltReport:
    """The tables alone, without a title, an agency or a year."""
    return replace(one, body=one.body[one.body.index("<table") : one.body.rindex("</table>") + 8])


def without_tables(one: BuiltReport) -> str:
    body = one.body
    while "<table" in body:
        body = body[: body.index("<table")] + body[body.index("</table>") + 8 :]
    return body


def with_cell(piece: Piece, text: str, to: str, times: int = 1) -> Piece:
    """The file with a cell printed otherwise."""
    left = times

    def changed(grid: Grid) -> Grid:
        nonlocal left
        rows = []
        for row in grid.rows:
            cells = list(row)
            for place, cell in enumerate(cells):
                if left and cell.origin and cell.text == text:
                    cells[place] = cell._replace(text=to)
                    left -= 1
            rows.append(tuple(cells))
        return replace(grid, rows=tuple(rows))

    document = piece.documents[0]
    blocks = tuple(changed(block) if isinstance(block, Grid) else block for block in document.blocks)
    return replace(piece, documents=(replace(document, blocks=blocks),))


def values(report: Report) -> dict[str, object]:
    return {where: figure.value for where, figure in report.figures()}


def codes(report: Report) -> set[str]:
    return {finding.code for finding in report.findings}


def alone(piece: Piece) -> Report:
    (found,) = read_pieces([piece])
    return found.report


def only(found: Sequence[Found]) -> Found:
    assert len(found) == 1
    return found[0]


def test_a_page_alone_is_read_as_it_always_was() -> None:
    one = built()
    data = f"<html><head></head><body><div id='zoom'>{one.body}</div></body></html>".encode()
    found = only(read_pieces([Piece((read_document(data, url=PAGE),), PAGE, is_page=True)]))
    assert found.urls == (PAGE,)
    assert found.report == read_report(data, url=PAGE)
    assert {facts.source for facts in found.report.tables.values()} == {PAGE}


def test_a_shell_and_its_file_are_one_report() -> None:
    one = built()
    found = only(read_pieces([page(SHELL), file(without_title(one))]))
    assert found.urls == (PAGE, "http://www.yunyan.test/a/f1.docx")
    assert (found.report.title, found.report.agency, found.report.report_year) == (TITLE, "云砚县教育局", 2022)
    assert found.report.published_on == date(2023, 1, 31)
    assert values(found.report) == values(alone(file(one)))
    assert {(facts.source, facts.kind) for facts in found.report.tables.values()} == {
        ("http://www.yunyan.test/a/f1.docx", DocumentKind.DOCX)
    }
    assert found.report.form == "form2021"
    assert found.report.template_version == alone(file(one)).template_version
    assert found.report.confidence == 1.0
    assert "derived" not in codes(found.report)


def test_what_a_shell_does_not_say_its_file_does() -> None:
    one = built()
    found = only(read_pieces([page(SHELL, title="政府信息公开年度报告"), file(one)]))
    assert (found.report.title, found.report.agency, found.report.report_year) == (TITLE, "云砚县教育局", 2022)


def test_the_prose_of_the_page_and_the_tables_of_the_file_make_one_report() -> None:
    one = built()
    found = only(read_pieces([page(without_tables(one)), file(without_title(one))]))
    assert values(found.report) == values(alone(file(one)))
    assert [section.heading for section in found.report.sections] == [
        section.heading for section in alone(file(one)).sections
    ]
    assert "missing_table" not in codes(found.report)
    assert found.report.reason is None


def test_tables_in_the_page_and_tables_in_the_file_make_one_report() -> None:
    one = built()
    first, last = one.body.index("<table"), one.body.rindex("<table")
    upper = without_title(replace(one, body=one.body[:last]))
    lower = replace(one, body=one.body[last : one.body.rindex("</table>") + 8])
    body = f"<p>{TITLE}</p>{upper.body}"
    found = only(read_pieces([page(body), file(lower, "附件：行政复议、行政诉讼情况.xlsx", DocumentKind.XLSX)]))
    assert first < last
    assert values(found.report) == values(alone(file(one)))
    kinds = {table_id: facts.kind for table_id, facts in found.report.tables.items()}
    assert kinds["review_litigation"] is DocumentKind.XLSX
    assert kinds["applications"] is DocumentKind.HTML
    assert "missing_table" not in codes(found.report)
    assert found.report.confidence == 1.0
    assert set(found.report.table_forms.values()) == {"form2021"}


def test_the_page_comes_before_its_files_and_the_exact_file_before_the_print_and_the_scan() -> None:
    one = built()
    scan = file(one, "1.pdf", DocumentKind.PDF, "http://www.yunyan.test/a/1.pdf", recognised=True)
    pdf = file(one, "2.pdf", DocumentKind.PDF, "http://www.yunyan.test/a/2.pdf")
    docx = file(one, "3.docx", DocumentKind.DOCX, "http://www.yunyan.test/a/3.docx")
    pieces = [page(one.body), docx, pdf, scan]
    for missing in range(4):
        left = pieces[missing:]
        report = only(read_pieces(list(reversed(left)))).report
        assert {facts.source for facts in report.tables.values()} == {left[0].url}
        assert {facts.recognised for facts in report.tables.values()} == {missing == 3}


def test_a_page_that_shows_half_of_a_table_gives_way_to_the_file_that_has_all_of_it() -> None:
    one = built()
    rows = one.body.split("</tr>")
    cut = "</tr>".join(rows[: len(rows) - 14]) + "</table>"
    found = only(read_pieces([page(cut), file(one)]))
    assert found.report.tables["applications"].kind is DocumentKind.DOCX
    assert values(found.report) == values(alone(file(one)))


def test_a_difference_is_told_with_both_values_and_both_sources() -> None:
    one = built(seed=3)
    before = alone(file(one))
    other = with_cell(file(one), str(before.disclosure["licensing_decisions"].value), "4711")
    found = only(read_pieces([page(one.body), other]))
    told = [finding for finding in found.report.findings if finding.code == "sources_differ"]
    assert values(found.report) == values(before)
    assert [finding.severity for finding in told] == [Severity.WARNING]
    assert told[0].actual == 4711
    assert values(before)[told[0].where] == told[0].expected
    assert PAGE in told[0].message
    assert "f1.docx" in told[0].message


def test_a_number_misread_from_a_scan_is_no_difference_of_the_publishers() -> None:
    one = built(seed=3)
    number = alone(file(one)).disclosure["licensing_decisions"].value
    scan = with_cell(file(one, recognised=True), str(number), "4711")
    report = only(read_pieces([page(one.body), scan])).report
    assert {f.severity for f in report.findings if f.code == "sources_differ"} == {Severity.INFO}


def test_a_blank_beside_a_number_is_told_once_and_contradicts_nothing() -> None:
    one = built(seed=3)
    found = only(read_pieces([page(one.body), with_cell(file(one), "0", "", times=9)]))
    told = [finding for finding in found.report.findings if finding.code == "sources_differ"]
    assert told
    assert {finding.severity for finding in told} == {Severity.INFO}
    assert len(told) <= len(found.report.tables)


def test_sources_that_agree_say_nothing() -> None:
    one = built()
    assert "sources_differ" not in codes(only(read_pieces([page(one.body), file(one)])).report)


def test_the_reports_of_other_agencies_and_years_that_hang_on_a_page_are_their_own() -> None:
    own = built()
    pieces = [page(own.body)]
    expected = {("云砚县教育局", 2022): values(alone(file(own)))}
    for number, (agency, year) in enumerate([("云砚县财政局", 2022), ("云砚县教育局", 2021), ("云砚县水利局", 2021)]):
        one = built(agency, year, seed=number + 5)
        pieces.append(file(one, f"{number}.docx", url=f"http://www.yunyan.test/a/{number}.docx"))
        expected[agency, year] = values(alone(pieces[-1]))
    found = read_pieces(pieces)
    assert {(one.report.agency, one.report.report_year): values(one.report) for one in found} == expected
    assert all(len(one.urls) == 1 for one in found)


def test_a_page_on_which_several_reports_hang_is_none_of_them() -> None:
    files = [
        file(built(agency, seed=number), f"{agency}.docx", url=f"http://www.yunyan.test/a/{number}.docx")
        for number, agency in enumerate(OTHERS)
    ]
    found = read_pieces([page(SHELL, title="云砚县各部门2022年政府信息公开工作年度报告"), *files])
    assert sorted(one.report.agency or "" for one in found) == sorted(OTHERS)
    assert {one.urls for one in found} == {(piece.url,) for piece in files}


def test_years_that_hang_on_the_page_of_an_agency_are_its_own_reports() -> None:
    files = []
    for year in (2021, 2022):
        one = built(year=year, seed=year, quirks=("agency_not_in_prose",))
        one = replace(one, body=one.body.replace("云砚县教育局", ""))
        files.append(file(one, f"{year}年政府信息公开工作年度报告.pdf", url=f"http://www.yunyan.test/a/{year}.pdf"))
    found = read_pieces([page(SHELL, title="云砚县教育局政府信息公开工作年度报告"), *files])
    assert {(one.report.agency, one.report.report_year) for one in found} == {
        ("云砚县教育局", 2021),
        ("云砚县教育局", 2022),
    }


def test_two_formats_of_one_file_are_one_report() -> None:
    one = built()
    docx = file(one, "年报.docx", url="http://www.yunyan.test/a/1.docx")
    pdf = file(one, "年报.pdf", DocumentKind.PDF, "http://www.yunyan.test/a/1.pdf")
    found = only(read_pieces([page(SHELL), pdf, docx]))
    assert found.urls == (PAGE, "http://www.yunyan.test/a/1.docx", "http://www.yunyan.test/a/1.pdf")


def test_a_blank_form_and_a_notice_are_left_out() -> None:
    one = built()
    blank = file(built(quirks=("tables_left_blank", "headings_missing")), "格式.docx", url="http://www.yunyan.test/b")
    notice = Piece(
        (Document(DocumentKind.DOCX, (Text("关于做好年度报告编制工作的通知"), Text("请按时报送。"))),),
        "http://www.yunyan.test/c",
    )
    found = only(read_pieces([page(one.body), blank, notice]))
    assert found.urls == (PAGE,)
    assert found.report == alone(page(one.body))


def test_the_name_of_a_file_says_whose_report_it_is() -> None:
    bare = without_title(built())
    name = quote("云砚县财政局2022年政府信息公开年度报告.pdf")
    piece = file(bare, "点击下载", url=f"http://www.yunyan.test/a/{name}")
    report = alone(piece)
    assert (report.agency, report.report_year) == ("云砚县财政局", 2022)
    member = replace(piece.documents[0], member="2021年/云砚县水利局2021年政府信息公开工作年度报告.docx")
    report = alone(replace(piece, documents=(member,), url="http://www.yunyan.test/a/all.zip"))
    assert (report.agency, report.report_year) == ("云砚县水利局", 2021)
    assert {facts.member for facts in report.tables.values()} == {member.member}


def test_the_members_of_an_archive_are_reports_of_their_own_or_one_in_two_formats() -> None:
    documents = [
        replace(file(built(agency, seed=number)).documents[0], member=f"{agency}{suffix}", kind=kind)
        for number, agency in enumerate(OTHERS)
        for suffix, kind in ((".docx", DocumentKind.DOCX), (".pdf", DocumentKind.PDF))
    ]
    for is_page in (False, True):
        found = read_pieces([Piece(tuple(documents), "http://www.yunyan.test/all.zip", is_page=is_page)])
        assert sorted(one.report.agency or "" for one in found) == sorted(OTHERS)
    assert all(facts.kind is DocumentKind.DOCX for one in found for facts in one.report.tables.values())


def test_the_pictures_of_a_page_are_the_sheets_of_one_scan() -> None:
    one = built()
    whole = file(one).documents[0]
    grids = [place for place, block in enumerate(whole.blocks) if isinstance(block, Grid)]
    cut = grids[-2]
    table = whole.blocks[cut]
    assert isinstance(table, Grid)
    halves = [replace(table, rows=table.rows[:14]), replace(table, rows=table.rows[14:])]
    sheets = ((*whole.blocks[:cut], halves[0]), (halves[1], *whole.blocks[cut + 1 :]))
    pictures = [
        Piece((Document(DocumentKind.PICTURE, blocks, recognised=True),), f"http://www.yunyan.test/a/{number}.jpg")
        for number, blocks in enumerate(sheets)
    ]
    found = only(read_pieces([page("<p><img></p>"), *pictures]))
    assert values(found.report) == values(alone(file(one)))
    assert found.urls == (PAGE, "http://www.yunyan.test/a/0.jpg", "http://www.yunyan.test/a/1.jpg")
    assert found.report.tables["applications"].proof is Proof.PROVEN


def test_the_order_of_the_files_makes_no_difference() -> None:
    one = built()
    pieces = [
        page(SHELL),
        file(without_title(one), "附件1.xlsx", DocumentKind.XLSX, "http://www.yunyan.test/a/1.xlsx"),
        file(one, "附件2.pdf", DocumentKind.PDF, "http://www.yunyan.test/a/2.pdf"),
        file(built(seed=9), "附件3.pdf", DocumentKind.PDF, "http://www.yunyan.test/a/3.pdf", recognised=True),
    ]
    assert len({repr(read_pieces(order)) for order in itertools.permutations(pieces)}) == 1


def test_the_hash_is_that_of_what_gave_the_content() -> None:
    one = built()
    whole = only(read_pieces([page(one.body)])).report
    beside = only(read_pieces([page(one.body), file(one)])).report
    shell = only(read_pieces([page(SHELL), file(one)])).report
    assert beside.content_hash == whole.content_hash
    assert shell.content_hash == alone(file(one)).content_hash, "the same file on another portal is the same report"


def test_files_that_name_nobody_are_not_one_report_of_two_pages() -> None:
    bare = file(without_title(built()))
    titles = (TITLE, TITLE.replace("教育局", "财政局"))
    assert len({only(read_pieces([page(SHELL, title), bare])).report.content_hash for title in titles}) == 2


def test_where_nothing_is_a_report_the_page_says_why() -> None:
    found = only(
        read_pieces(
            [Piece((Document(DocumentKind.DOCX, (Text("会议通知"),)),), "http://www.yunyan.test/d"), page(SHELL)]
        )
    )
    assert found.report.form == "none"
    assert found.urls == (PAGE,)
    assert found.report.reason


def test_a_file_that_breaks_a_limit_is_told_and_takes_nothing_with_it() -> None:
    rows = tuple((GridCell(f"事项{number}"), GridCell(str(number))) for number in range(MAX_LINES + 5))
    head = ((GridCell("信息内容"), GridCell("本年处理决定数量")), (GridCell("行政许可"), GridCell("1")))
    monster = Piece((Document(DocumentKind.XLSX, (Text(TITLE), Grid(head + rows))),), "http://www.yunyan.test/m.xlsx")
    report = only(read_pieces([page(built().body), monster])).report
    assert "source_unread" in codes(report)
    with pytest.raises(DocumentError):
        read_pieces([page(SHELL), monster])


def test_every_report_is_proven() -> None:
    report = only(read_pieces([page(SHELL), file(built())])).report
    assert report.tables["applications"].proof is Proof.PROVEN
    assert report.tables["review_litigation"].proof is Proof.PROVEN
    assert report.tables["20_1"].proof is Proof.UNPROVEN
