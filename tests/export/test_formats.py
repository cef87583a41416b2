"""Every format is read back by other programs: the same rows, the same values."""

from __future__ import annotations

import csv
import gc
import json
import resource
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from govcrawl.export import FORMATS, Filters, Package, chosen, write_package
from govcrawl.export import workbook as workbook_module
from govcrawl.export.fields import Field, fields_of, numbered
from govcrawl.export.parquet import write_parquet
from govcrawl.export.separated import plain
from govcrawl.export.workbook import MARK, MOST_CHARACTERS, fitting, write_workbook
from govcrawl.export.writing import Table
from govcrawl.forms.variables import Label
from govcrawl.model import ExportError, StoreError
from govcrawl.store import Corpus
from govcrawl.store.edition import Edition
from govcrawl.store.exporting import source
from tests.export.conftest import HOSTILE, LONG
from tests.export.reading import READERS, told, wanted


def export(corpus: Corpus, to: Path, form: str, *tables: str, filters: Filters | None = None) -> Package:
    asked = filters or Filters()
    sources = chosen(corpus, tables or ("panel",), asked, strict=True)
    return write_package(corpus, to, form, sources, asked, lambda name, rows: None)


def as_read(corpus: Corpus, form: str, table: str) -> list[dict[str, Any]]:
    """The rows of a table as an independent reader has to find them in a format."""
    rows = [{name: told(value) for name, value in row.items()} for row in wanted(corpus, table)]
    if form == "csv":
        return [{name: plain(value) for name, value in row.items()} for row in rows]
    if form == "xlsx":
        return [{n: fitting(v) if isinstance(v, str) else v for n, v in row.items()} for row in rows]
    if form != "dta":
        return rows
    fields = fields_of(source(corpus, table))
    return [{each.stata: in_stata(each.values, row[each.name]) for each in fields} for row in rows]


def in_stata(values: Any, value: Any) -> Any:
    return float(numbered(values)[value]) if values and value is not None else value


@pytest.mark.parametrize(("form", "reader"), [(form, reader) for form in READERS for reader in READERS[form]])
def test_the_panel_is_read_back_with_the_same_values(corpus: Corpus, tmp_path: Path, form: str, reader: Any) -> None:
    made = export(corpus, tmp_path / "out", form)
    rows = reader(tmp_path / "out", "panel")
    assert rows == as_read(corpus, form, "panel")
    assert made.rows == {"panel": len(rows)} == {"panel": 4}


@pytest.mark.parametrize("form", ["parquet", "xlsx", "jsonl", "sqlite", "dta"])
def test_tables_with_texts_of_any_kind_are_read_back(corpus: Corpus, tmp_path: Path, form: str) -> None:
    names = ("findings", "sections", "disclosure", "reports", "captures", "evidence")
    made = export(corpus, tmp_path / "out", form, *names)
    for name in names:
        rows = READERS[form][0](tmp_path / "out", name)
        found = as_read(corpus, form, name)
        assert len(rows) == len(found) == made.rows[name]
        assert [{key: loosely(row[key]) for key in row} for row in rows] == [
            {key: loosely(row[key]) for key in row} for row in found
        ], name


def loosely(value: Any) -> Any:
    """A value of a column that has numbers and texts is a text in most formats."""
    if isinstance(value, float):
        return f"{value:.15g}"
    return value


def test_every_format_has_an_independent_reader() -> None:
    assert set(READERS) == set(FORMATS)


def test_csv_is_read_by_duckdb_with_the_types_of_the_panel(corpus: Corpus, tmp_path: Path) -> None:
    export(corpus, tmp_path / "out", "csv")
    connection = duckdb.connect(config={"threads": 1})
    found = connection.execute(
        "SELECT agency_id, report_year, published_on, new_received_total, admin_fees_amount FROM read_csv(?)",
        [str(tmp_path / "out" / "panel.csv")],
    ).fetchall()
    columns = ("agency_id", "report_year", "published_on", "new_received_total", "admin_fees_amount")
    assert [[told(value) for value in row] for row in found] == [
        [told(row[name]) for name in columns] for row in wanted(corpus, "panel")
    ]


def test_a_text_that_begins_like_a_formula_is_none_in_csv(corpus: Corpus, tmp_path: Path) -> None:
    export(corpus, tmp_path / "out", "csv")
    with (tmp_path / "out" / "panel.csv").open(encoding="utf-8", newline="") as file:
        titles = [row["title"] for row in csv.DictReader(file)]
    assert f"'{HOSTILE}" in titles
    assert HOSTILE not in titles


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\0")))
def test_the_apostrophe_of_csv_can_be_taken_off_again(text: str) -> None:
    told_text = plain(text)
    assert told_text == text or told_text == f"'{text}"
    assert not text.startswith("'") or told_text == f"'{text}"
    assert told_text[:1] not in {"=", "@", "\t", "\r", "＝", "＠"}


@pytest.mark.parametrize("text", ["-262", "+23", "－", "—", "--", "+1,234.5", "-0.5", "普通", "", "３", "-/教育局"])
def test_numbers_dashes_and_identifiers_need_no_apostrophe(text: str) -> None:
    assert plain(text) == text


@pytest.mark.parametrize("text", ["-1+cmd|' /C calc'!A0", "@SUM(1)", "+A1", "\t=1", "＝1+1", "-a", "-/a|b", "-/"])
def test_what_a_spreadsheet_would_reckon_needs_one(text: str) -> None:
    assert plain(text) == f"'{text}"


def test_excel_takes_no_text_for_a_formula_or_an_address(corpus: Corpus, tmp_path: Path) -> None:
    export(corpus, tmp_path / "out", "xlsx", "panel", "captures")
    cells = [
        cell
        for name in ("panel", "captures")
        for row in openpyxl.load_workbook(tmp_path / "out" / f"{name}.xlsx")[name].iter_rows()
        for cell in row
    ]
    assert [cell.coordinate for cell in cells if cell.data_type == "f" or cell.hyperlink] == []
    assert HOSTILE in [cell.value for cell in cells]


def test_excel_describes_the_columns_on_a_sheet_of_their_own(corpus: Corpus, tmp_path: Path) -> None:
    export(corpus, tmp_path / "out", "xlsx")
    book = openpyxl.load_workbook(tmp_path / "out" / "panel.xlsx")
    assert book.sheetnames == ["panel", "variables"]
    heads, *rows = book["variables"].iter_rows(values_only=True)
    assert heads[:4] == ("name", "label_zh", "label_en", "unit")
    assert [row[0] for row in rows] == [each.name for each in fields_of(source(corpus, "panel"))]


def test_a_text_too_long_for_excel_is_cut_with_a_mark_and_told(corpus: Corpus, tmp_path: Path) -> None:
    made = export(corpus, tmp_path / "out", "xlsx", "sections")
    texts = [row["text"] for row in READERS["xlsx"][0](tmp_path / "out", "sections")]
    (cut,) = [text for text in texts if text.endswith(MARK)]
    assert len(cut) == MOST_CHARACTERS
    assert LONG.startswith(cut.removesuffix(MARK))
    assert made.cut == {"sections": 1}
    description = json.loads((tmp_path / "out" / "datapackage.json").read_text(encoding="utf-8"))
    assert description["resources"][0]["cut_texts"] == 1


@given(st.integers(0, 3), st.sampled_from(["长", "a", "😀"]))
def test_a_cut_text_fills_its_cell_and_breaks_no_character(more: int, character: str) -> None:
    text = character * (MOST_CHARACTERS // len(character.encode("utf-16-le")) * 2 + more)
    told_text = fitting(text)
    assert len(told_text.encode("utf-16-le")) <= 2 * MOST_CHARACTERS
    assert told_text == text or (told_text.endswith(MARK) and text.startswith(told_text.removesuffix(MARK)))


def test_more_rows_than_a_sheet_holds_go_on_to_the_next(
    corpus: Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook_module, "MOST_ROWS", 2)
    assert export(corpus, tmp_path / "out", "xlsx", "panel", "agencies", "hosts").rows["panel"] == 4
    book = openpyxl.load_workbook(tmp_path / "out" / "panel.xlsx")
    assert book.sheetnames == ["panel", "panel 2", "variables"]
    assert [book[name].max_row for name in book.sheetnames[:2]] == [3, 3]
    assert openpyxl.load_workbook(tmp_path / "out" / "hosts.xlsx").sheetnames == ["hosts", "variables"]


def test_parquet_has_labels_units_and_one_type_for_every_figure(corpus: Corpus, tmp_path: Path) -> None:
    export(corpus, tmp_path / "out", "parquet")
    schema = pq.read_schema(tmp_path / "out" / "panel.parquet")
    field = schema.field("denied_total")
    assert str(field.type) == "double"
    assert field.metadata[b"label_en"] == b"Denied: total"
    assert field.metadata[b"unit"].decode() == "件"
    assert str(schema.field("published_on").type) == "date32[day]"
    assert schema.metadata[b"title_en"] == b"Panel: a row per agency and year"


def made_up(*fields: tuple[str, str]) -> Table:
    named = tuple(Field(name, Label(name, name), kind, stata=name) for name, kind in fields)
    return Table("panel", Label("面板", "Panel"), named, Edition("20210301-abc", "2021-03-01", 1, 1, (2020, 2020)))


def test_parquet_rounds_a_sum_beyond_fifteen_digits_as_other_formats_do(tmp_path: Path) -> None:
    write_parquet(made_up(("figure", "figure")), [(2**53 + 1,), (None,), (0.5,)], tmp_path / "x.parquet")
    assert pq.read_table(tmp_path / "x.parquet").column("figure").to_pylist() == [2.0**53, None, 0.5]


def test_a_day_that_excel_does_not_know_is_a_text(tmp_path: Path) -> None:
    days = ["0202-01-31", "1899-12-31", "1900-01-01", "2021-01-31"]
    write_workbook(made_up(("day", "date")), [(day,) for day in days], tmp_path / "x.xlsx")
    book = openpyxl.load_workbook(tmp_path / "x.xlsx")
    assert [told(cell) for (cell,) in book["panel"].iter_rows(min_row=2, values_only=True)] == days


@pytest.mark.parametrize("form", [name for name in FORMATS if name != "parquet"])
def test_what_is_kept_meanwhile_stands_beside_the_files_and_not_in_the_folder_of_the_system(
    corpus: Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "full"))
    assert export(corpus, tmp_path / "out", form, "sections").rows["sections"] > 0


def test_the_small_database_describes_itself(corpus: Corpus, tmp_path: Path) -> None:
    made = export(corpus, tmp_path / "out", "sqlite", "panel", "agencies")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "CITATION.cff",
        "codebook.md",
        "corpus.db",
        "datapackage.json",
    ]
    connection = sqlite3.connect(tmp_path / "out" / "corpus.db")
    assert connection.execute("SELECT name, rows FROM _tables").fetchall() == [*made.rows.items()]
    told_of = connection.execute(
        "SELECT label_zh, label_en, unit FROM _variables WHERE table_name = 'panel' AND name = 'review_upheld'"
    )
    assert told_of.fetchall() == [("行政复议／结果维持", "Administrative review: upheld", "件")]
    joined = connection.execute("SELECT a.name FROM panel AS p JOIN agencies AS a ON a.id = p.agency_id ORDER BY 1")
    assert joined.fetchall() == [("云山市教育局",)] * 3 + [("云岭省人民政府",)]
    assert [kind for (kind,) in connection.execute("SELECT DISTINCT type FROM sqlite_master")] == ["table", "index"]
    connection.close()


@contextmanager
def small_files() -> Iterator[None]:
    """No file may become longer than half a kilobyte, as on a disk that is full: no log of a test run either."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (512, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # XlsxWriter leaves its file open
def test_a_full_disk_is_told_in_the_words_of_the_system_and_leaves_nothing(
    corpus: Corpus, tmp_path: Path, form: str
) -> None:
    corpus.connection.execute("SELECT count(*) FROM reports")  # SQLite makes files of its own when it first reads
    with pytest.raises((ExportError, StoreError)) as caught, small_files():
        export(corpus, tmp_path / "out", form)
    assert str(caught.value).endswith(": cannot be written: File too large") or form == "sqlite", caught.value
    assert list(tmp_path.iterdir()) == []
    del caught
    gc.collect()


@pytest.mark.parametrize("form", ["parquet", "dta"])
def test_a_text_among_figures_is_told_and_leaves_nothing(
    corpus: Corpus, tmp_path: Path, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("govcrawl.export.package.fields_of", lambda of: tuple(wrongly(each) for each in fields_of(of)))
    with pytest.raises(ExportError, match="findings"):
        export(corpus, tmp_path / "out", form, "findings")
    assert list(tmp_path.iterdir()) == []


def wrongly(each: Any) -> Any:
    from dataclasses import replace

    return replace(each, kind="figure") if each.name == "actual" else each
