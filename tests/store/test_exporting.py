"""Which rows an export has: filters by what a row is of, and identifiers instead of numbers of rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from govcrawl.model import Division, Problem, ProblemKind, StoreError
from govcrawl.relating.coverage import relate_coverage
from govcrawl.store import Corpus, Store, open_corpus
from govcrawl.store.exporting import Filters, place_codes, source
from tests.store.builders import DIVISIONS, PORTAL, at, capture, report

COUNTY = Division("970121", "远山县", "云岭省云山市远山县", "county", "970100", "970000")
ELSEWHERE = Division("980000", "海州省", "海州省", "province", None, "980000")
AWAY = replace(PORTAL, id="980000-haizhou", name="海州省人民政府", division_code="980000", homepage="http://h.test/")
REPORTS = (
    replace(report("甲"), title="甲", report_year=2020),
    replace(report("乙", form="form2021"), title="乙", report_year=2021),
    replace(report("丙"), title="丙", agency="远山县人民政府", division_code="970121"),
    replace(report("丁"), title="丁", agency="海州省人民政府", division_code="980000", province_code="980000"),
)


@pytest.fixture
def corpus(database: Path) -> Iterator[Corpus]:
    with Store.open(database) as store:
        store.save_divisions([*DIVISIONS, COUNTY, ELSEWHERE])
        store.save_portals([PORTAL, AWAY])
        for number, each in enumerate(REPORTS):
            url = f"http://www.yunshan.test/{number}.html"
            portal = AWAY if each.province_code == "980000" else PORTAL
            key = store.save_capture(replace(capture(url, b"<html>", number), portal_id=portal.id))
            store.save_report(each, key, url, portal.id, at(number))
        store.save_problem(Problem("http://h.test/", ProblemKind.UNREACHABLE, "late", AWAY.id), at(9))
    with open_corpus(database) as opened:
        yield opened


def titles(corpus: Corpus, **filters: tuple[Any, ...]) -> set[str]:
    of = source(corpus, "reports", Filters(**filters))
    place = [column.name for column in of.columns].index("title")
    return {row[place] for row in of.rows()}


def test_without_a_filter_every_report_is_there(corpus: Corpus) -> None:
    assert titles(corpus) == {"甲", "乙", "丙", "丁"}


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"province": ("970000",)}, {"甲", "乙", "丙"}),
        ({"year": (2021,)}, {"乙"}),
        ({"year": (2020, 2021), "province": ("980000",)}, {"丁"}),
        ({"form": ("form2021",)}, {"乙"}),
        ({"kind": ("government",)}, {"丙", "丁"}),
        ({"place": ("970100",)}, {"甲", "乙", "丙"}),
        ({"place": ("970121",)}, {"丙"}),
        ({"place": ("970121", "980000")}, {"丙", "丁"}),
        ({"province": ("990000",)}, set()),
    ],
)
def test_a_filter_chooses_reports(corpus: Corpus, filters: dict[str, Any], expected: set[str]) -> None:
    assert titles(corpus, **filters) == expected


@pytest.mark.parametrize(
    "name",
    ["reports", "disclosure", "applications", "sections", "report_sources", "panel", "panel_corrected", "evidence"],
)
def test_what_belongs_to_a_report_is_chosen_with_it(corpus: Corpus, name: str) -> None:
    (wanted,) = corpus.connection.execute("SELECT id FROM reports WHERE title = '丁'").fetchone()
    of = source(corpus, name, Filters(province=("980000",)))
    place = [column.name for column in of.columns].index("id" if name == "reports" else "report_id")
    assert {row[place] for row in of.rows()} == {wanted}


@pytest.mark.parametrize(
    ("name", "asked", "rows"),
    [
        ("agencies", Filters(place=("970100",)), 2),
        ("agencies", Filters(kind=("department",)), 1),
        ("divisions", Filters(province=("970000",)), 3),
        ("portals", Filters(province=("980000",)), 1),
        ("problems", Filters(place=("980000",)), 1),
        ("problems", Filters(place=("970000",)), 0),
        ("captures", Filters(province=("970000",)), 3),
        ("coverage", Filters(year=(2021,), province=("970000",), kind=("department",)), 1),
    ],
)
def test_what_belongs_to_a_place_or_an_agency_is_chosen_by_it(
    corpus: Corpus, name: str, asked: Filters, rows: int
) -> None:
    of = source(corpus, name, asked)
    assert of.filters == asked.given
    assert len(list(of.rows())) == of.count() == rows


def test_what_is_missing_is_of_the_place_of_its_agency_and_of_the_portals_where_there_is_none(corpus: Corpus) -> None:
    (county,) = source(corpus, "panel", Filters(place=("970121",))).rows()
    of = source(corpus, "coverage", Filters(place=("970121",)))
    names = [column.name for column in of.columns]
    owed = [dict(zip(names, row, strict=True)) for row in of.rows()]
    assert {row["agency_name"] for row in owed} == {"远山县人民政府"}
    assert {row["division_code"] for row in owed} == {PORTAL.division_code}
    assert county[0] in {row["report_id"] for row in owed}
    nobody = "SELECT count(*) FROM coverage WHERE agency_id IS NULL AND division_code = '970100'"
    (unknown,) = corpus.connection.execute(nobody).fetchone()
    whole = source(corpus, "coverage", Filters(place=("970100",)))
    agencies = [row[names.index("agency_id")] for row in whole.rows()]
    assert agencies.count(None) == unknown > 0


@pytest.mark.parametrize("asked", [{"year": (2020,)}, {"province": ("980000",)}, {"kind": ("government",)}])
def test_what_is_missing_is_chosen_from_the_kept_coverage_as_from_the_view(
    database: Path, corpus: Corpus, asked: dict[str, Any]
) -> None:
    with Store.open(database) as store:
        relate_coverage(store)
    view, kept = (source(corpus, name, Filters(**asked)) for name in ("coverage", "coverage_rows"))
    assert kept.filters == view.filters == asked
    rows = [*kept.rows()]
    assert set(rows) == {*view.rows()}
    reports = [column.name for column in kept.columns].index("report_id")
    assert {row[reports] is None for row in rows} == {True, False}


def test_filters_that_cannot_be_asked_of_a_table_are_left_out(corpus: Corpus) -> None:
    asked = Filters(province=("970000",), year=(2020,), form=("form2019",), kind=("office",))
    assert source(corpus, "portals", asked).filters == {"province": ("970000",)}
    assert source(corpus, "hosts", asked).filters == {}
    assert set(source(corpus, "coverage", asked).filters) == {"province", "year", "kind"}
    assert source(corpus, "panel", asked).filters == asked.given


def test_an_agency_is_named_by_what_it_is_and_tables_join_by_that(corpus: Corpus) -> None:
    agencies = source(corpus, "agencies")
    assert agencies.columns[0].name == "id"
    ids = sorted(row[0] for row in agencies.rows())
    assert ids == ["970100/教育局", "970121/人民政府", "980000/人民政府"]
    panel = source(corpus, "panel")
    place = [column.name for column in panel.columns].index("agency_id")
    assert [row[place] for row in panel.rows()] == ["970100/教育局", *ids]


def test_a_capture_is_named_by_what_it_is(corpus: Corpus) -> None:
    sources = source(corpus, "report_sources")
    place = [column.name for column in sources.columns].index("capture_id")
    found = {row[place] for row in sources.rows()}
    assert found == {row[0] for row in source(corpus, "captures").rows()}
    assert any(each.startswith("http://www.yunshan.test/0.html 2021-03-01T08:00:00Z ") for each in found)


def test_numbers_that_nobody_refers_to_are_left_out(corpus: Corpus) -> None:
    assert "id" not in [column.name for column in source(corpus, "problems").columns]


def test_the_panel_stands_in_the_order_of_agency_and_year(corpus: Corpus) -> None:
    of = source(corpus, "panel")
    names = [column.name for column in of.columns]
    keys = [(row[names.index("agency_id")], row[names.index("report_year")]) for row in of.rows()]
    assert keys == sorted(keys)
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize("asked", [Filters(), Filters(province=("970000",)), Filters(place=("970121",), year=(2020,))])
def test_the_panel_is_counted_without_its_cells(corpus: Corpus, asked: Filters) -> None:
    for name in ("panel", "panel_corrected"):
        of = source(corpus, name, asked)
        assert of.count() == len(list(of.rows())) > 0


def test_a_view_that_is_slow_as_a_whole_is_not_counted_before(corpus: Corpus) -> None:
    of = source(corpus, "evidence")
    assert of.count() is None
    assert len(list(of.rows())) == corpus.connection.execute("SELECT count(*) FROM evidence").fetchone()[0]


def test_rows_may_be_given_up_after_the_corpus_is_closed(database: Path, corpus: Corpus) -> None:
    rows = source(corpus, "reports").rows()
    next(rows)
    corpus.connection.close()
    rows.close()  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", ["970121", "远山县", "云岭省云山市远山县"])
def test_a_place_is_found_by_its_code_or_name(corpus: Corpus, name: str) -> None:
    assert place_codes(corpus, name) == [("970121", "云岭省云山市远山县")]


def test_an_unknown_table_is_told(corpus: Corpus) -> None:
    with pytest.raises(StoreError, match="sqlite_master: no table or view"):
        source(corpus, "sqlite_master")
