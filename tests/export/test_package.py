"""An export is a folder that describes itself, follows from the corpus alone, and is whole or not there."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import frictionless
import pandas
import pytest
import yaml

from govcrawl import __version__
from govcrawl.export import FORMATS, Filters, Package, chosen, dump_names, write_package
from govcrawl.export.dta import LABEL_CHARACTERS
from govcrawl.export.fields import fields_of, stata_names, table_label
from govcrawl.forms.variables import variables
from govcrawl.lookups import load_lookup
from govcrawl.model import ExportError, StoreError
from govcrawl.store import Corpus, Store, open_corpus
from govcrawl.store.edition import edition
from govcrawl.store.exporting import source
from tests.store.builders import PORTAL, at, capture, report


def export(corpus: Corpus, to: Path, form: str = "csv", *tables: str, asked: Filters | None = None) -> Package:
    asked = asked or Filters()
    sources = chosen(corpus, tables or ("panel",), asked, strict=False)
    return write_package(corpus, to, form, sources, asked, lambda name, rows: None)


def description(folder: Path) -> dict[str, Any]:
    told: dict[str, Any] = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    return told


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.parametrize("form", FORMATS)
def test_two_exports_of_a_corpus_are_equal_byte_for_byte(corpus: Corpus, tmp_path: Path, form: str) -> None:
    for name in ("one", "two"):
        export(corpus, tmp_path / name, form, "panel", "sections", "findings")
    assert bytes_of(tmp_path / "one") == bytes_of(tmp_path / "two")


@pytest.mark.parametrize("form", ["csv", "sqlite"])
def test_the_numbers_of_rows_make_no_difference(place: Path, tmp_path: Path, form: str) -> None:
    found = {}
    for name, order in (("one", (1, 2)), ("two", (2, 1))):
        with Store.open(tmp_path / f"{name}.db", extractor_version="0.1.0") as store:
            store.save_portals([PORTAL])
            for number in order:
                made = replace(report(f"报告{number}"), agency=f"云山市第{number}局", title=f"第{number}局")
                url = f"http://www.yunshan.test/{number}.html"
                key = store.save_capture(capture(url, b"<html>", number))
                store.save_report(made, key, url, PORTAL.id, at(number))
        with open_corpus(tmp_path / f"{name}.db") as corpus:
            export(corpus, tmp_path / name, form, "panel", "agencies", "captures", "report_sources")
        found[name] = bytes_of(tmp_path / name)
    assert found["one"] == found["two"]


def test_every_table_and_view_can_be_written(corpus: Corpus, tmp_path: Path) -> None:
    made = export(corpus, tmp_path / "out", "csv", *dump_names())
    assert set(made.rows) == set(dump_names())
    counts = {name: corpus.connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in dump_names()}
    assert made.rows == counts


def test_the_data_package_is_valid_and_fits_its_files(corpus: Corpus, tmp_path: Path) -> None:
    export(corpus, tmp_path / "out", "csv", *dump_names())
    checked = frictionless.validate(str(tmp_path / "out" / "datapackage.json"))
    assert [(task.name, [error.message for error in task.errors]) for task in checked.tasks if not task.valid] == []
    assert checked.valid


def test_a_data_package_of_workbooks_is_valid_where_numbers_stand_among_texts(corpus: Corpus, tmp_path: Path) -> None:
    export(corpus, tmp_path / "out", "xlsx", "findings", "evidence")
    checked = frictionless.validate(str(tmp_path / "out" / "datapackage.json"))
    assert [(task.name, [error.message for error in task.errors]) for task in checked.tasks if not task.valid] == []


@pytest.mark.parametrize(("form", "told"), [("csv", "any"), ("sqlite", "any"), ("jsonl", "any"), ("parquet", "string")])
def test_a_column_of_numbers_and_texts_says_so_where_the_format_keeps_them(
    corpus: Corpus, tmp_path: Path, form: str, told: str
) -> None:
    export(corpus, tmp_path / "out", form, "findings")
    fields = description(tmp_path / "out")["resources"][0]["schema"]["fields"]
    assert {each["name"]: each["type"] for each in fields}["expected"] == told


def test_the_data_package_names_every_column_in_both_languages(corpus: Corpus, tmp_path: Path) -> None:
    made = export(corpus, tmp_path / "out")
    told = description(tmp_path / "out")
    (resource,) = told["resources"]
    assert (told["version"], resource["rows"]) == (made.version, 4)
    assert told["made_by"] == f"govcrawl {__version__}"
    fields = {each["name"]: each for each in resource["schema"]["fields"]}
    assert list(fields) == [each.name for each in variables()]
    assert fields["denied_total"]["title_en"] == "Denied: total"
    assert fields["denied_total"]["sum_of"][0] == "denied_state_secret_total"
    assert fields["agency_kind"]["value_labels"]["township"] == {"zh": "乡镇、街道", "en": "township"}
    assert resource["schema"]["primaryKey"] == ["agency_id", "report_year"]


def test_the_data_package_tells_the_numbers_that_codes_are_in_a_stata_file(corpus: Corpus, tmp_path: Path) -> None:
    export(corpus, tmp_path / "out", "dta")
    fields = {each["name"]: each for each in description(tmp_path / "out")["resources"][0]["schema"]["fields"]}
    assert fields["form"]["type"] == "integer"
    assert fields["form"]["value_labels"]["form2021"] == {"zh": "2021年格式", "en": "form of 2021", "number": 4}
    assert fields["title"]["type"] == "string"
    frame = pandas.read_stata(tmp_path / "out" / "panel.dta", convert_categoricals=False)
    for name, told in fields.items():
        assert pandas.api.types.is_numeric_dtype(frame[name]) == (told["type"] in {"integer", "number"}), name


def test_the_codebook_has_every_variable_and_its_codes(corpus: Corpus, tmp_path: Path) -> None:
    export(corpus, tmp_path / "out", "dta", "panel", "panel_corrected", "reports")
    text = (tmp_path / "out" / "codebook.md").read_text(encoding="utf-8")
    for each in variables():
        assert f"| `{each.name}` | {each.label.zh} {each.label.en}" in text
    assert "| `denied_enforcement_case_file_legal_person_total` | `denied_enforcement_case_file_lp` |" in text
    assert "| `form2021` | 2021年格式 form of 2021 | 4 |" in text
    assert "the same variables as `panel`" in text
    assert text.count("| `denied_total` |") == 1


def test_the_citation_has_the_version_of_the_corpus(corpus: Corpus, tmp_path: Path) -> None:
    made = export(corpus, tmp_path / "out")
    told = yaml.safe_load((tmp_path / "out" / "CITATION.cff").read_text(encoding="utf-8"))
    assert (told["cff-version"], told["type"], told["version"]) == ("1.2.0", "dataset", made.version)
    assert told["date-released"] == "2021-03-01"
    assert told["authors"] == [{"name": "govcrawl"}]


def test_the_citation_counts_the_agencies_whose_reports_there_are(tmp_path: Path) -> None:
    with Store.open(tmp_path / "x.db", extractor_version="0.1.0") as store:
        store.save_portals([PORTAL])
        key = store.save_capture(capture())
        store.save_report(report("报告"), key, capture().url, PORTAL.id, at(1))
        with store.atomic():  # of one of them nothing could be read
            store.connection.execute("INSERT INTO agencies (name, kind) VALUES ('云山市档案馆', 'department')")
    with open_corpus(tmp_path / "x.db") as corpus:
        of = edition(corpus)
        assert corpus.connection.execute("SELECT count(*) FROM agencies").fetchone() == (2,)
    assert (of.reports, of.agencies) == (1, 1)


def test_a_version_changes_with_what_the_corpus_holds(tmp_path: Path) -> None:
    versions = []
    with Store.open(tmp_path / "x.db", extractor_version="0.1.0") as store:
        store.save_portals([PORTAL])
        for number in range(2):
            with open_corpus(tmp_path / "x.db") as corpus:
                versions.append(edition(corpus).version)
            key = store.save_capture(capture(second=number))
            store.save_report(report(f"报告{number}"), key, capture().url, PORTAL.id, at(number))
    with open_corpus(tmp_path / "x.db") as corpus:
        versions += [edition(corpus).version, edition(corpus).version]
    assert versions[0].startswith("empty-")
    assert versions[1] != versions[2] == versions[3]


def test_an_export_made_before_is_replaced(corpus: Corpus, tmp_path: Path) -> None:
    export(corpus, tmp_path / "out", "csv", "panel", "reports")
    export(corpus, tmp_path / "out", "parquet", "agencies")
    names = ["CITATION.cff", "agencies.parquet", "codebook.md", "datapackage.json"]
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == names
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_an_empty_folder_may_be_there(corpus: Corpus, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    assert export(corpus, tmp_path / "out").rows == {"panel": 4}


@pytest.mark.parametrize("name", ["notes.txt", "datapackage.json"])
def test_a_folder_with_something_else_is_left_alone(corpus: Corpus, tmp_path: Path, name: str) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / name).write_text('{"name": "another"}', encoding="utf-8")
    with pytest.raises(ExportError, match="holds something else than an export"):
        export(corpus, tmp_path / "out")
    assert [path.name for path in (tmp_path / "out").iterdir()] == [name]


def test_a_file_beside_an_export_is_not_removed_with_it(corpus: Corpus, tmp_path: Path) -> None:
    export(corpus, tmp_path / "out")
    (tmp_path / "out" / "my.do").write_text("use panel", encoding="utf-8")
    with pytest.raises(ExportError, match="holds something else"):
        export(corpus, tmp_path / "out")
    assert (tmp_path / "out" / "my.do").exists()


def test_what_fails_leaves_the_export_made_before(
    corpus: Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    export(corpus, tmp_path / "out")
    before = bytes_of(tmp_path / "out")
    monkeypatch.setattr("govcrawl.export.package.codebook", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        export(corpus, tmp_path / "out", "parquet")
    assert bytes_of(tmp_path / "out") == before
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_folder_may_be_where_one_stands_or_behind_a_link(
    corpus: Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    for _ in range(2):
        export(corpus, tmp_path / "link")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real" / "panel.csv").is_file()
    assert {path.name for path in tmp_path.iterdir()} == {"real", "link"}
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    export(corpus, Path())
    assert (tmp_path / "here" / "panel.csv").is_file()


def test_an_export_made_before_outlives_a_stop_at_the_very_end(
    corpus: Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    export(corpus, tmp_path / "out")
    before = bytes_of(tmp_path / "out")
    rename = Path.rename

    def stopped(self: Path, target: Path) -> Path:
        if self.name.endswith(".part"):
            raise KeyboardInterrupt
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", stopped)
    with pytest.raises(KeyboardInterrupt):
        export(corpus, tmp_path / "out", "parquet")
    assert bytes_of(tmp_path / "out") == before
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_what_a_killed_run_left_is_in_nobodys_way(corpus: Corpus, tmp_path: Path) -> None:
    for name in ("out", ".out.old", ".out.part"):
        export(corpus, tmp_path / name)
    export(corpus, tmp_path / "out", "parquet")
    assert (tmp_path / "out" / "panel.parquet").is_file()
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_two_exports_to_one_folder_do_not_mix(corpus: Corpus, tmp_path: Path) -> None:
    export(corpus, tmp_path / "out")
    before = bytes_of(tmp_path / "out")

    def meanwhile(name: str, rows: int) -> None:
        with open_corpus(corpus.path) as other, pytest.raises(ExportError, match="another export is writing to it"):
            export(other, tmp_path / "out", "parquet")

    sources = chosen(corpus, ["panel"], Filters(), strict=True)
    write_package(corpus, tmp_path / "out", "csv", sources, Filters(), meanwhile)
    assert bytes_of(tmp_path / "out") == before
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize("form", FORMATS)
def test_an_export_is_of_one_state_of_the_corpus_while_a_crawl_writes(tmp_path: Path, form: str) -> None:
    with Store.open(tmp_path / "x.db", extractor_version="0.1.0") as store, open_corpus(tmp_path / "x.db") as corpus:
        store.save_portals([PORTAL])

        def come(number: int) -> None:
            url = f"http://www.yunshan.test/{number}.html"
            key = store.save_capture(capture(url, b"<html>", number))
            store.save_report(report(f"报告{number}", report_year=2000 + number), key, url, PORTAL.id, at(number))

        come(1)
        version = edition(corpus).version
        sources = chosen(corpus, ["captures", "panel", "reports"], Filters(), strict=True)
        made = write_package(corpus, tmp_path / "out", form, sources, Filters(), lambda name, rows: come(rows + 1))
        assert made.rows == {"captures": 1, "panel": 1, "reports": 1}
        assert made.version == version != edition(corpus).version


def test_a_file_cannot_become_a_folder(corpus: Corpus, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("x", encoding="utf-8")
    with pytest.raises(ExportError, match="is a file"):
        export(corpus, tmp_path / "out")


def test_filters_choose_rows_and_are_told(corpus: Corpus, tmp_path: Path) -> None:
    made = export(
        corpus, tmp_path / "out", "jsonl", "panel", "hosts", asked=Filters(year=(2021,), kind=("department",))
    )
    assert made.rows["panel"] == 1
    assert made.unfiltered == {"hosts": ("year", "kind")}
    told = description(tmp_path / "out")
    assert told["filters"] == {"year": [2021], "kind": ["department"]}
    assert [each.get("filters") for each in told["resources"]] == [told["filters"], None]


def test_a_filter_that_says_nothing_of_the_one_table_is_an_error(corpus: Corpus) -> None:
    with pytest.raises(ExportError, match="hosts: its rows cannot be told apart by year"):
        chosen(corpus, ["hosts"], Filters(year=(2021,)), strict=True)


def test_a_table_that_is_not_there_is_told(corpus: Corpus) -> None:
    with pytest.raises(StoreError, match="nonsense: no table or view"):
        chosen(corpus, ["nonsense"], Filters(), strict=True)


@pytest.mark.parametrize(("form", "module"), [("parquet", "pyarrow"), ("xlsx", "xlsxwriter")])
def test_what_a_format_needs_is_said(
    corpus: Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str, module: str
) -> None:
    monkeypatch.setitem(__import__("sys").modules, module, None)
    with pytest.raises(ExportError, match=rf"needs {module}: pip install 'govcrawl\[export\]'"):
        export(corpus, tmp_path / "out", form)


def test_how_far_it_has_come_is_told(corpus: Corpus, tmp_path: Path) -> None:
    told: list[tuple[str, int]] = []
    sources = chosen(corpus, ["panel", "evidence"], Filters(), strict=True)
    made = write_package(corpus, tmp_path / "out", "jsonl", sources, Filters(), lambda *step: told.append(step))
    assert {name: sum(rows for of, rows in told if of == name) for name in made.rows} == made.rows
    assert max(rows for _, rows in told) <= 1_000


@pytest.mark.parametrize("name", dump_names())
def test_every_table_and_every_column_has_a_label_in_both_languages(corpus: Corpus, name: str) -> None:
    for label in (table_label(name), *(each.label for each in fields_of(source(corpus, name)))):
        assert label.zh
        assert label.en.isascii()


@pytest.mark.parametrize(
    ("table", "column", "label"),
    [
        ("panel", "division_code", "Division code of the report's time (GB/T 2260)"),
        ("reports", "division_code", "Division code of the report's time (GB/T 2260)"),
        ("indicators", "division_code", "Division code of the agency as of today (GB/T 2260)"),
        ("coverage", "division_code", "Division code of the portal (GB/T 2260)"),
        ("coverage_rows", "published_on", "Day of the first version"),
        ("reports", "confidence", "Share of cells placed without a repair (0 to 1)"),
        ("disclosure", "confidence", "How sure a cell recognised from a picture is (0 to 1)"),
        ("columns", "title", "Title of the column"),
    ],
)
def test_a_column_that_means_something_else_than_in_the_panel_says_so(
    corpus: Corpus, table: str, column: str, label: str
) -> None:
    assert {each.name: each.label.en for each in fields_of(source(corpus, table))}[column] == label


def test_what_a_column_means_elsewhere_is_said_of_columns_that_are_there(corpus: Corpus) -> None:
    told = [(table, each["column"]) for each in load_lookup("tables")["elsewhere"] for table in each["tables"]]
    assert len(told) == len(set(told))
    there = {(name, each.name) for name in dump_names() for each in source(corpus, name).columns}
    assert set(told) - there == set()


@pytest.mark.parametrize("name", dump_names())
def test_a_label_is_short_enough_for_stata(corpus: Corpus, name: str) -> None:
    assert [each.name for each in fields_of(source(corpus, name)) if len(each.label.en) > LABEL_CHARACTERS] == []


@pytest.mark.parametrize("name", dump_names())
def test_a_column_holds_what_its_kind_says(corpus: Corpus, name: str) -> None:
    of = source(corpus, name)
    allowed = {"integer": {int}, "number": {int, float}, "figure": {int, float}, "mixed": {int, float, str}}
    fields = fields_of(of)
    for row in of.rows():
        for each, value in zip(fields, row, strict=True):
            assert value is None or type(value) in allowed.get(each.kind, {str}), (each.name, value)


def test_names_for_stata_are_short_and_distinct() -> None:
    short = stata_names([each.name for each in variables()])
    assert max(map(len, short.values())) <= 32
    assert len(set(short.values())) == len(short)
    assert all(short[name] == name for name in short if len(name) <= 32)
    assert short["litigation_after_review_corrected"] == "lit_after_review_corrected"


def test_names_that_stay_too_long_or_become_one_are_refused() -> None:
    for names in (["x" * 33], ["carried_over_in_commercial_enterprise", "carried_over_in_ce"]):
        with pytest.raises(ExportError, match="leaves no name of 32 characters"):
            stata_names(names)


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("coverage", "late"),
        ("coverage_by_portal", "expected"),
        ("coverage_by_portal", "missing"),
        ("coverage_counts", "expected"),
        ("duplicates", "addresses"),
        ("vanished_reports", "still_elsewhere"),
    ],
)
def test_what_a_view_counts_is_an_integer_also_where_its_name_is_that_of_a_cell(
    corpus: Corpus, table: str, column: str
) -> None:
    assert {each.name: each.kind for each in fields_of(source(corpus, table))}[column] == "integer"
    assert {each.name: each.kind for each in fields_of(source(corpus, "findings"))}["expected"] == "mixed"
