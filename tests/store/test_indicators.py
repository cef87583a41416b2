"""The narrow table of what questions are asked about: it says what the panel says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from govcrawl.model import Division
from govcrawl.relating.indicators import relate_indicators
from govcrawl.store import Store
from govcrawl.store.indicators import CELLS, HEAD
from govcrawl.store.related import forget_inputs
from tests.store.builders import PORTAL, URL, at, report


def save(store: Store, *reports: Any) -> None:
    for number, each in enumerate(reports):
        store.save_report(each, None, f"{URL}?{number}", PORTAL.id, at(number))


def rows(store: Store, table: str = "indicators") -> list[dict[str, Any]]:
    cursor = store.connection.execute(f"SELECT * FROM {table} ORDER BY report_year, report_id")
    return [dict(zip([column[0] for column in cursor.description], row, strict=True)) for row in cursor]


def test_its_cells_are_those_of_the_panel_with_their_nulls(store: Store) -> None:
    applications = {
        "new_received": {"natural_person": 3, "commercial_enterprise": 2, "research_institution": None, "total": 5},
        "denied_state_secret": {"total": 4},
        "handled_total": {"total": None},
    }
    save(
        store, report(applications=applications), report("g", form="form2021", agency="云山市民政局", report_year=2021)
    )
    relate_indicators(store)
    told, panel = rows(store), rows(store, "panel")
    assert [{name: row[name] for name in CELLS} for row in told] == [
        {name: row[name] for name in CELLS} for row in panel
    ]
    assert (told[0]["denied_total"], told[0]["new_received_legal_person_total"], told[0]["handled_total"]) == (
        4,
        2,
        None,
    )


@pytest.mark.parametrize(
    ("agency", "year", "published", "due", "late"),
    [
        ("云山市教育局", 2020, date(2021, 2, 3), "2021-01-31", 3),
        ("云山市教育局", 2018, date(2019, 3, 30), "2019-03-31", -1),
        ("云山市人民政府", 2020, date(2021, 3, 31), "2021-03-31", 0),
        ("云山市人民政府", 2020, None, "2021-03-31", None),
        ("云山市供水有限公司", 2020, date(2021, 5, 1), None, None),
    ],
)
def test_it_counts_the_days_after_the_due_day_as_the_coverage_knows_it(
    store: Store, agency: str, year: int, published: date | None, due: str | None, late: int | None
) -> None:
    save(store, report(agency=agency, report_year=year, published_on=published))
    relate_indicators(store)
    (row,) = rows(store)
    assert (row["due_on"], row["days_late"]) == (due, late)
    sql = "SELECT due_on FROM coverage WHERE agency_id = ? AND report_year = ?"
    assert store.connection.execute(sql, (row["agency_id"], year)).fetchone() == (due,)


def test_late_is_what_the_first_version_was(store: Store) -> None:
    save(store, report("one", published_on=date(2021, 1, 20)), report("two", published_on=date(2021, 6, 1)))
    relate_indicators(store)
    (row,) = rows(store)
    assert (row["published_on"], row["first_published_on"], row["days_late"]) == ("2021-06-01", "2021-01-20", -11)


@pytest.mark.parametrize(
    ("code", "prefecture"), [("970000", None), ("970100", "970100"), ("970101", "970100"), ("970201", None)]
)
def test_it_knows_the_prefecture_of_a_place(store: Store, code: str, prefecture: str | None) -> None:
    store.save_divisions(
        [
            Division("970101", "云脚县", "云岭省云山市云脚县", "county", "970100", "970000"),
            Division("970201", "直管市", "云岭省直管市", "county", "970000", "970000"),
        ]
    )
    save(store, report(agency="教育局", division_code=code))
    relate_indicators(store)
    (row,) = rows(store)
    assert (row["division_code"], row["prefecture_code"], row["province_code"]) == (code, prefecture, "970000")


def test_nothing_is_written_where_nothing_changed(store: Store) -> None:
    save(store, report(), report("g", agency="云山市民政局"))
    assert relate_indicators(store) == {"rows": 2, "written": 2}
    before = store.connection.total_changes
    assert relate_indicators(store) == {"rows": 2, "written": 0}
    assert store.connection.total_changes == before


def test_a_report_that_was_read_otherwise_is_written_again_alone(store: Store) -> None:
    first, other = report(), report("g", agency="云山市民政局")
    save(store, first, other)
    relate_indicators(store)
    mended = replace(first, applications=report(applications={"granted": {"total": 7}}).applications)
    store.save_report(mended, None, f"{URL}?0", PORTAL.id, at(0), again=True)
    assert [row["stale"] for row in rows(store) if row["report_id"] == first.id] == [1]
    assert relate_indicators(store) == {"rows": 2, "written": 1}
    assert sorted(row["granted_total"] for row in rows(store)) == [0, 7]


def test_a_report_that_was_read_the_same_again_stays_as_it_is(store: Store) -> None:
    save(store, report())
    relate_indicators(store)
    store.save_report(report(), None, f"{URL}?0", PORTAL.id, at(40), again=True)
    assert relate_indicators(store) == {"rows": 1, "written": 0}


def test_another_version_takes_the_place_of_the_one_before(store: Store) -> None:
    save(store, report("one"))
    relate_indicators(store)
    store.save_report(report("two"), None, f"{URL}?0", PORTAL.id, at(30))
    assert relate_indicators(store) == {"rows": 1, "written": 1}
    assert [row["report_id"] for row in rows(store)] == [report("two").id]


def test_all_rows_are_written_again_when_every_step_is_to_be_taken(store: Store) -> None:
    save(store, report())
    relate_indicators(store)
    store.connection.execute("UPDATE indicators SET granted_total = 99")
    with store.atomic() as connection:
        forget_inputs(connection)
    relate_indicators(store)
    assert rows(store)[0]["granted_total"] == 0


def test_every_column_of_the_head_is_filled(store: Store) -> None:
    save(store, report())
    relate_indicators(store)
    (row,) = rows(store)
    assert {name for name in HEAD if row[name] is None} == set()


@pytest.mark.parametrize(
    "where",
    [
        "report_id = 'x'",
        "agency_id = 1",
        "province_code = '970000'",
        "prefecture_code = '970100'",
        "report_year = 2020",
    ],
)
def test_it_is_searched_by_an_index(store: Store, where: str) -> None:
    plan = store.connection.execute(f"EXPLAIN QUERY PLAN SELECT * FROM indicators WHERE {where}").fetchall()
    assert [row[3].split()[0] for row in plan] == ["SEARCH"]
