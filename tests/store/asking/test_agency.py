"""What the page of a reporting body asks: its names and links, its years, how they fit together."""

from __future__ import annotations

import sqlite3

from govcrawl.store.asking.agency import Agency, crossings, find_agency, reports_of, years_side_by_side
from govcrawl.store.asking.expected import owed_by_agency


def found(connection: sqlite3.Connection, division: str, key: str) -> Agency:
    agency = find_agency(connection, division, key)
    assert agency is not None
    return agency


def test_a_body_is_found_by_its_division_and_its_key(province: sqlite3.Connection) -> None:
    agency = found(province, "970121", "人民政府")
    assert agency.about["name"] == "远山县人民政府"
    assert agency.about["division_name"] == "云岭省云山市远山县"
    assert [(row["name"], row["first_year"], row["last_year"], row["reports"]) for row in agency.names] == [
        ("远山县人民政府", 2019, 2021, 3)
    ]


def test_a_key_of_another_division_or_none_is_nobody(province: sqlite3.Connection) -> None:
    assert find_agency(province, "970102", "人民政府") is None
    assert find_agency(province, None, "人民政府") is None
    assert find_agency(province, "970121", "' OR 1 --") is None


def test_its_years_are_the_rows_of_the_panel(province: sqlite3.Connection) -> None:
    agency = found(province, "970121", "人民政府")
    years = years_side_by_side(province, agency.id)
    assert [(row["report_year"], row["new_received_total"], row["denied_total"]) for row in years] == [
        (2019, 40, 20),
        (2020, 40, 20),
        (2021, 40, 20),
    ]


def test_what_it_owes_is_told_for_the_years_without_a_report_too(province: sqlite3.Connection) -> None:
    owed = owed_by_agency(province, found(province, "970100", "教育局").id)
    assert [(row["report_year"], row["state"]) for row in owed] == [
        (2019, "current"),
        (2020, "current"),
        (2021, "missing"),
    ]


def test_years_that_do_not_fit_are_told_cell_by_cell(province: sqlite3.Connection) -> None:
    carried = [
        each for each in crossings(province, found(province, "970121", "人民政府").id) if each.code == "carry_over"
    ]
    assert [each.report_year for each in carried] == [2020, 2021]
    # 5 were carried over each year; 1 and 2 arrived.
    wheres = {(row["where"], row["expected"], row["actual"]) for row in carried[0].contradicts}
    assert ("applications/carried_over_in/total", 5, 1) in wheres
    assert carried[0].supports == 5


def test_years_that_fit_are_told_as_well(province: sqlite3.Connection) -> None:
    carried = [
        each for each in crossings(province, found(province, "970100", "人民政府").id) if each.code == "carry_over"
    ]
    assert [(each.supports, each.contradicts) for each in carried] == [(7, ()), (7, ())]


def test_a_report_that_lost_its_year_since_fits_to_none(province: sqlite3.Connection) -> None:
    """What reports say of each other is as it was when they were last related; this one was read anew since."""
    changed = sqlite3.connect(":memory:")
    province.backup(changed)
    agency = found(changed, "970121", "人民政府").id
    changed.execute("UPDATE reports SET report_year = NULL WHERE agency_id = ? AND report_year = 2021", [agency])
    assert {each.report_year for each in crossings(changed, agency)} == {2020}
    changed.close()


def test_every_version_is_listed_with_its_state(province: sqlite3.Connection) -> None:
    listed = reports_of(province, found(province, "970121", "人民政府").id)
    assert [(row["report_year"], row["state"], row["gone"]) for row in listed] == [
        (2019, "current", 0),
        (2020, "current", 0),
        (2021, "current", 0),
    ]
