"""Whatever filters, tables and format are asked for together: other programs read the rows that plain loops choose."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from govcrawl.export import Filters, chosen, write_package
from govcrawl.export.separated import plain
from govcrawl.model import Division, Portal
from govcrawl.store import Corpus, Store, open_corpus
from tests.export.reading import READERS, told
from tests.store.builders import at, capture, report

DIVISIONS = (
    Division("970000", "云岭省", "云岭省", "province", None, "970000"),
    Division("970100", "云山市", "云岭省云山市", "prefecture", "970000", "970000"),
    Division("970121", "云溪县", "云岭省云山市云溪县", "county", "970100", "970000"),
    Division("980000", "海岭省", "海岭省", "province", None, "980000"),
    Division("980100", "海山市", "海岭省海山市", "prefecture", "980000", "980000"),
)
AGENCIES = (
    ("云岭省人民政府", "970000"),
    ("云山市教育局", "970100"),
    ("云溪县人民政府", "970121"),
    ("云溪县竹砚镇人民政府", "970121"),
    ("海山市教育局", "980100"),
)
YEARS = {2016: "stat2014", 2020: "form2019", 2021: "form2021"}
OF_A_REPORT = (
    "panel",
    "applications",
    "disclosure",
    "review_litigation",
    "sections",
    "report_tables",
    "report_sources",
)
TABLES = (*OF_A_REPORT, "reports")
ASKED = {
    "province": ["970000", "980000"],
    "year": [1999, *YEARS],
    "form": ["prose", *YEARS.values()],
    "kind": ["government", "department", "township", "office"],
    "place": [each.code for each in DIVISIONS],
}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two provinces, three forms, five agencies; blanks, and a version that is not in force any more."""
    path = tmp_path_factory.mktemp("filters") / "govcrawl.db"
    with Store.open(path, extractor_version="0.1.0") as store:
        store.save_divisions(DIVISIONS)
        store.save_portals([Portal("p", "云山市人民政府", "970100", "http://www.yunshan.test/")])
        for number, (agency, code) in enumerate(AGENCIES):
            for year, form in YEARS.items():
                made = report(
                    f"{agency}{year}",
                    agency=agency,
                    division_code=code,
                    province_code=f"{code[:2]}0000",
                    title=f"{agency}{year}年政府信息公开工作年度报告",
                    report_year=year,
                    form=form,
                    published_on=date(year + 1, 1, 31) if number else None,
                    applications={"new_received": {"total": 10 * number + year, "natural_person": None}},
                    disclosure={"penalty_decisions": number + 0.5, "coercion_decisions": None},
                )
                url = f"http://www.yunshan.test/{number}/{year}.html"
                key = store.save_capture(capture(url, url.encode(), number))
                store.save_report(made, key, url, "p", at(number))
        with store.atomic():
            store.connection.execute(
                "UPDATE reports SET state = 'superseded' WHERE agency_name = '云山市教育局' AND report_year = 2020"
            )
    return path


@pytest.fixture(scope="module")
def corpus(place: Path) -> Iterator[Corpus]:
    with open_corpus(place) as opened:
        yield opened


def everything(corpus: Corpus, table: str) -> list[dict[str, Any]]:
    found = corpus.connection.execute(f"SELECT * FROM {table}")
    names = [column[0] for column in found.description]
    return [dict(zip(names, row, strict=True)) for row in found]


def inside(parents: dict[str, str | None], code: str | None, tops: tuple[str, ...]) -> bool:
    while code is not None and code not in tops:
        code = parents[code]
    return code is not None


def wanted_reports(corpus: Corpus, asked: Filters) -> set[str]:
    """The ids of the reports that the filters mean: each of them, and of each any value."""
    parents = {each["code"]: each["parent_code"] for each in everything(corpus, "divisions")}
    kinds = {each["id"]: each["kind"] for each in everything(corpus, "agencies")}
    return {
        each["id"]
        for each in everything(corpus, "reports")
        if (not asked.province or each["province_code"] in asked.province)
        and (not asked.year or each["report_year"] in asked.year)
        and (not asked.form or each["form"] in asked.form)
        and (not asked.kind or kinds[each["agency_id"]] in asked.kind)
        and (not asked.place or inside(parents, each["division_code"], asked.place))
    }


def wanted_rows(corpus: Corpus, table: str, asked: Filters) -> list[dict[str, Any]]:
    reports = wanted_reports(corpus, asked)
    names = {each["id"]: f"{each['division_code']}/{each['key']}" for each in everything(corpus, "agencies")}
    pages = {
        each["id"]: f"{each['url']} {each['fetched_at']} {each['body_sha256'][:12]}"
        for each in everything(corpus, "captures")
    }
    stands_for = {"agency_id": names, "capture_id": pages}
    return [
        {name: stands_for.get(name, {}).get(value, value) for name, value in row.items()}
        for row in everything(corpus, table)
        if row["id" if table == "reports" else "report_id"] in reports
    ]


def as_told(rows: list[dict[str, Any]], form: str, fields: list[dict[str, Any]]) -> list[list[tuple[str, Any]]]:
    """Rows as a reader of that format has to find them, in any order."""
    found = []
    for row in rows:
        values = []
        for field in fields:
            value = told(row[field.get("full_name", field["name"])])
            if form == "dta" and value is not None and "value_labels" in field:
                value = float(field["value_labels"][value]["number"])
            values.append((field["name"], plain(value) if form == "csv" else value))
        found.append(values)
    return sorted(found, key=repr)


def subsets(values: list[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(st.sampled_from(values), unique=True, max_size=2).map(tuple)


FILTERS = st.builds(Filters, **{name: subsets(values) for name, values in ASKED.items()})


@given(FILTERS, st.sampled_from(list(READERS)), st.lists(st.sampled_from(TABLES), unique=True, min_size=1, max_size=3))
@example(Filters(), "jsonl", [*TABLES])
@example(Filters(("970000",), (2020, 2021), ("form2019",), ("department", "township"), ("970100",)), "jsonl", [*TABLES])
@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_filters_any_tables_and_any_format_give_the_rows_that_they_mean(
    corpus: Corpus, tmp_path_factory: pytest.TempPathFactory, asked: Filters, form: str, tables: list[str]
) -> None:
    folder = tmp_path_factory.mktemp("any") / "out"
    sources = chosen(corpus, tables, asked, strict=True)
    made = write_package(corpus, folder, form, sources, asked, lambda name, rows: None)
    described = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))["resources"]
    for name, resource in zip(tables, described, strict=True):
        fields = resource["schema"]["fields"]
        wanted = as_told(wanted_rows(corpus, name, asked), form, fields)
        assert made.rows[name] == resource["rows"] == len(wanted)
        for reader in READERS[form]:
            found = [[(field["name"], row[field["name"]]) for field in fields] for row in reader(folder, name)]
            assert sorted(found, key=repr) == wanted, (name, reader.__name__)
