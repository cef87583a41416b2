"""Files of the report builder open in programs that know nothing of it, and hold every cell."""

from __future__ import annotations

import re
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from itertools import chain

import pytest
from lxml import etree

from govcrawl.simulator.report import ReportSpec, build_many, build_report, truth_of
from govcrawl.simulator.report.build import BuiltReport
from govcrawl.simulator.report.files import FORMATS, write_files
from govcrawl.simulator.truth import cells

PRINTED = ("pdf", "pdf_unruled", "ofd")
LIBREOFFICE = [shape for shape, form in FORMATS.items() if form.base]
FORMS = {"form2019": 2020, "form2021": 2022, "stat2014": 2016}


def built(shape: str, form: str = "form2021", **more: object) -> BuiltReport:
    return build_report(ReportSpec(shape=shape, form=form, year=FORMS[form], **{"size": "medium", **more}))  # type: ignore[arg-type]


def squeezed(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def numbers(report: BuiltReport) -> list[str]:
    """The figures as they are printed, sorted."""
    values = [value for _, value in cells(report.truth)]
    return sorted(str(int(value)) if value == int(value) else str(value) for value in values if value is not None)


def words_of_pdf(data: bytes) -> Iterator[str]:
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    for page in document:
        yield page.get_textpage().get_text_range()


def words_of_ofd(data: bytes) -> Iterator[str]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        for name in archive.namelist():
            tree = etree.fromstring(archive.read(name))
            if name.endswith("Content.xml"):
                yield from (code.text for code in tree.iter("{*}TextCode") if code.text)


def words(report: BuiltReport) -> Iterator[str]:
    return words_of_ofd(report.data) if report.spec.shape == "ofd" else words_of_pdf(report.data)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("shape", PRINTED)
def test_a_printed_file_holds_every_figure(shape: str, form: str) -> None:
    report = built(shape, form)
    printed, expected = Counter("".join(words(report))), Counter("".join(numbers(report)))
    assert {digit: count for digit, count in expected.items() if printed[digit] < count} == {}
    if shape != "ofd":  # one of whose writers makes an object of each character
        tokens = Counter(re.findall(r"-?\d+(?:\.\d+)?", "\n".join(words(report))))
        assert Counter(numbers(report)) - tokens == Counter()


@pytest.mark.parametrize("shape", PRINTED)
def test_a_printed_file_holds_the_title_and_every_heading(shape: str) -> None:
    report = built(shape)
    text = squeezed("".join(words(report)))
    assert squeezed(report.title) in text
    assert [s["heading"] for s in report.truth["sections"] if squeezed(s["heading"]) not in text] == []


def test_a_word_document_holds_the_tables_with_their_spans() -> None:
    docx = pytest.importorskip("docx")
    for seed in range(4):
        report = built("docx", seed=seed)
        tables = docx.Document(BytesIO(report.data)).tables
        assert [(len(table.rows), len(table.columns)) for table in tables] == [(14, 4), (28, 10), (4, 15)]
        values = chain.from_iterable(row.cells[-7:] for row in tables[1].rows[3:])
        printed = sorted(cell.text for cell in values)
        assert printed == sorted(str(value) for where, value in cells(report.truth) if where.startswith("app"))
        corner = tables[1].rows[0].cells
        assert corner[0]._tc is corner[2]._tc


def test_a_workbook_holds_every_figure_as_a_number_or_as_text() -> None:
    openpyxl = pytest.importorskip("openpyxl")
    kinds = set()
    for seed in range(6):
        report = built("xlsx", seed=seed)
        book = openpyxl.load_workbook(BytesIO(report.data))
        values = [cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row]
        printed = [str(value) for value in values if isinstance(value, (int, float)) or _is_number(value)]
        assert sorted(printed) == numbers(report)
        kinds |= {type(value) for value in values if _is_number(value)}
    assert {int, str} <= kinds


def _is_number(value: object) -> bool:
    try:
        float(str(value))
    except ValueError:
        return False
    return True


@pytest.mark.slow
def test_libreoffice_writes_the_older_formats_together() -> None:
    if not _soffice():
        pytest.skip("LibreOffice is not installed")
    magic = {
        ".doc": b"\xd0\xcf\x11\xe0",
        ".wps": b"\xd0\xcf\x11\xe0",
        ".xls": b"\xd0\xcf\x11\xe0",
        ".et": b"\xd0\xcf\x11\xe0",
    }
    magic |= {".rtf": b"{\\rtf", ".odt": b"PK\x03\x04", ".ods": b"PK\x03\x04", ".pdf": b"%PDF-"}
    reports = build_many([ReportSpec(shape=shape) for shape in LIBREOFFICE])
    assert len(reports) == 8
    assert [report.spec.shape for report in reports if not report.data.startswith(magic[report.suffix])] == []


def _soffice() -> bool:
    from govcrawl.simulator.report.files.extra import WriterMissingError, soffice

    try:
        return bool(soffice())
    except WriterMissingError:
        return False


@pytest.mark.parametrize("shape", ["scan150", "png", "jpeg"])
def test_a_picture_has_nothing_but_pixels(shape: str) -> None:
    image = pytest.importorskip("PIL.Image")
    report = built(shape, "stat2014")
    if shape == "scan150":
        assert not "".join(words_of_pdf(report.data)).strip()
        return
    picture = image.open(BytesIO(report.data))
    assert picture.height > picture.width > 1000
    assert picture.convert("L").getextrema()[0] < 60


def test_a_scan_of_twice_the_resolution_has_four_times_the_pixels() -> None:
    pypdfium2 = pytest.importorskip("pypdfium2")
    sizes = []
    for shape in ("scan150", "scan300"):
        page = pypdfium2.PdfDocument(built(shape, "stat2014", size="small").data)[0]
        (picture,) = page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE])
        sizes.append(picture.get_px_size())
    assert sizes[1][0] / sizes[0][0] == pytest.approx(2, rel=0.01)
    assert sizes[0] == (1240, 1754)


def test_an_archive_holds_the_report_as_a_document() -> None:
    suffixes = set()
    for seed in range(8):
        with zipfile.ZipFile(BytesIO(built("zip", seed=seed).data)) as archive:
            names = [name for name in archive.namelist() if not name.startswith("__MACOSX") and "说明" not in name]
            assert len(names) == 1
            suffixes.add(names[0].rpartition(".")[2])
    assert suffixes == {"docx", "pdf", "xlsx"}


@pytest.mark.parametrize("shape", ["pdf", "docx", "xlsx", "ofd", "png", "scan150", "zip"])
def test_the_same_specification_gives_the_same_file(shape: str) -> None:
    spec = ReportSpec(shape=shape, form="stat2014", year=2016, seed=5)
    assert build_report(spec).data == build_report(spec).data


def test_the_truth_is_that_of_the_page() -> None:
    spec = ReportSpec(form="form2021", year=2022, quirks=("dash_cells", "collapsed_other_handling"))
    page = build_report(spec).truth
    for shape in ("pdf", "docx", "xlsx"):
        file = ReportSpec(form="form2021", year=2022, quirks=spec.quirks, shape=shape)
        assert truth_of(file) == page
        assert build_report(file).truth == page


def test_a_file_says_what_it_is() -> None:
    report = built("xlsx")
    assert (report.kind, report.suffix, report.body) == ("file", ".xlsx", "")
    assert report.content_type == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.mark.parametrize(
    "quirk", ["word_markup", "hidden_rows", "nested_value_table", "nonsense_spans", "rowspan_too_small"]
)
def test_what_only_markup_can_show_is_refused(quirk: str) -> None:
    with pytest.raises(ValueError, match=quirk):
        build_report(ReportSpec(shape="docx", quirks=(quirk,)))


def test_without_the_extra_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    from govcrawl.simulator.report.files import WriterMissingError

    monkeypatch.setitem(sys.modules, "docx", None)
    with pytest.raises(WriterMissingError, match=r"govcrawl\[simulator\]"):
        build_report(ReportSpec(shape="docx"))


def test_nothing_to_write_is_nothing_written() -> None:
    assert write_files([]) == []
