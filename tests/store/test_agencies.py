"""One row for each body, under whatever names and at whatever portals it reports."""

from __future__ import annotations

import sqlite3
from datetime import date
from itertools import permutations
from pathlib import Path

import pytest
import sqlite_utils

from govcrawl.model import Claim, Portal, ProblemKind
from govcrawl.relating.identities import relate_identities
from govcrawl.store import Store
from govcrawl.store import migrations as steps
from govcrawl.store.agencies import rekey
from govcrawl.store.migrations import migrations
from tests.agencies.places import ALL
from tests.store.builders import PORTAL, at, report

CITY_PORTAL = Portal("970100-yunshan", "云山市人民政府", "970100", "http://city.yunshan.test/")
COUNTY_PORTAL = Portal("970121-yuanshan", "远山县人民政府", "970121", "http://www.yuanshan.test/")


@pytest.fixture
def country(store: Store) -> Store:
    """The store with the invented gazetteer and two portals more."""
    store.save_divisions(ALL)
    store.save_portals([CITY_PORTAL, COUNTY_PORTAL])
    return store


def save(
    store: Store, name: str, code: str | None, year: int, portal: str = COUNTY_PORTAL.id, url: str | None = None
) -> str:
    """A report of an agency and year, at an address of its own."""
    text = f"{name} {code} {year}"
    title = f"{name}{year}年政府信息公开工作年度报告"
    built = report(
        text, title=title, agency=name, division_code=code, report_year=year, published_on=date(year + 1, 1, 9)
    )
    address = url or f"http://{portal}.test/{name}/{year}.html"
    return store.save_report(built, None, address, portal, at(year - 2010)).report_id


def relate(store: Store) -> dict[str, int]:
    with store.atomic():
        return dict(relate_identities(store))


def agencies(store: Store) -> list[tuple[object, ...]]:
    return store.connection.execute(
        "SELECT name, division_code, kind, level, portal_id FROM agencies ORDER BY division_code, key"
    ).fetchall()


def test_names_of_one_body_are_one_row_from_the_first_report_on(country: Store) -> None:
    for name, year in (("县发改局", 2018), ("远山县发展和改革局", 2019), ("云山市远山县发展改革委员会", 2020)):
        save(country, name, "970121", year)
    assert len(agencies(country)) == 1
    assert country.connection.execute("SELECT count(DISTINCT agency_id) FROM reports").fetchone() == (1,)


def test_a_report_keeps_the_name_it_prints(country: Store) -> None:
    save(country, "县发改局", "970121", 2018)
    save(country, "远山县发展和改革局", "970121", 2019)
    relate(country)
    assert country.connection.execute("SELECT agency_name FROM reports ORDER BY report_year").fetchall() == [
        ("县发改局",),
        ("远山县发展和改革局",),
    ]


def test_an_agency_is_shown_by_its_latest_full_name_at_the_portal_of_its_division(country: Store) -> None:
    save(country, "远山县卫生和计划生育局", "970121", 2018, CITY_PORTAL.id)
    save(country, "云山市远山县卫生健康局", "970121", 2019, CITY_PORTAL.id)
    save(country, "县卫健局", "970121", 2020)
    assert relate(country)["names"] == 3
    assert agencies(country) == [("云山市远山县卫生健康局", "970121", "department", "county", COUNTY_PORTAL.id)]
    names = "SELECT name, division_code, first_year, last_year, reports FROM agency_names ORDER BY first_year"
    assert country.connection.execute(names).fetchall() == [
        ("远山县卫生和计划生育局", "970121", 2018, 2018, 1),
        ("云山市远山县卫生健康局", "970121", 2019, 2019, 1),
        ("县卫健局", "970121", 2020, 2020, 1),
    ]


def test_a_county_that_became_a_city_keeps_its_series_and_each_report_its_code(country: Store) -> None:
    save(country, "松渡县教育局", "970122", 2019)
    save(country, "松渡市教育局", "970181", 2020)
    relate(country)
    assert [row[:2] for row in agencies(country)] == [("松渡市教育局", "970181")]
    assert country.connection.execute("SELECT DISTINCT division_code FROM reports ORDER BY 1").fetchall() == [
        ("970122",),
        ("970181",),
    ]
    assert country.connection.execute(
        "SELECT report_year, difference FROM carry_over WHERE applicant = 'total'"
    ).fetchall() == [(2020, 0)]


def test_a_government_and_its_office_are_two(country: Store) -> None:
    save(country, "远山县人民政府", "970121", 2020)
    save(country, "远山县政府办公室", "970121", 2020)
    assert [(row[0], row[2]) for row in agencies(country)] == [
        ("远山县人民政府", "government"),
        ("远山县政府办公室", "office"),
    ]


def test_two_names_of_one_body_make_versions_of_one_report(country: Store) -> None:
    first = save(country, "远山县教育局", "970121", 2020, COUNTY_PORTAL.id)
    later = report(
        "改",
        title="云山市远山县教育局2020年政府信息公开工作年度报告",
        agency="云山市远山县教育局",
        division_code="970121",
        published_on=date(2021, 5, 1),
    )
    saved = country.save_report(later, None, "http://city.yunshan.test/1.html", CITY_PORTAL.id, at(59))
    assert saved.changed == (first,)
    states = dict(country.connection.execute("SELECT id, state FROM reports").fetchall())
    assert states == {first: "superseded", saved.report_id: "current"}


def test_what_a_bracket_says_of_the_report_keeps_two_beside_each_other(country: Store) -> None:
    save(country, "远山县人民政府", "970121", 2020)
    save(country, "远山县人民政府（本级）", "970121", 2020)
    states = country.connection.execute("SELECT state, count(*) FROM reports GROUP BY state").fetchall()
    assert (len(agencies(country)), states) == (1, [("current", 2)])


def test_links_and_pairs_to_review_are_stored(country: Store) -> None:
    for name, years in (
        ("远山县工商局", (2018,)),
        ("远山县市场监督管理局", (2019, 2020)),
        ("远山县水利局", (2019,)),
        ("远山县水务局", (2020,)),
        ("白石县教育局", (2019,)),
        ("远山县教育局", (2019, 2020)),
    ):
        for year in years:
            save(country, name, None, year)
    found = relate(country)
    assert (found["links"], found["reviews"]) == (2, 1)
    links = """SELECT e.name, l.name, k.kind, k.year FROM agency_links AS k JOIN agencies AS e ON e.id = k.earlier_id
        JOIN agencies AS l ON l.id = k.later_id ORDER BY 1"""
    assert country.connection.execute(links).fetchall() == [
        ("白石县教育局", "远山县教育局", "merged", 2020),
        ("远山县工商局", "远山县市场监督管理局", "merged", 2019),
    ]


def test_nothing_is_expected_of_a_body_from_its_merger_on(country: Store) -> None:
    save(country, "远山县工商局", None, 2018)
    save(country, "远山县市场监督管理局", None, 2019)
    owed = "SELECT report_year FROM coverage WHERE agency_name = '远山县工商局' ORDER BY 1"
    assert country.connection.execute(owed).fetchall() == [(2018,), (2019,)]
    relate(country)
    assert country.connection.execute(owed).fetchall() == [(2018,)]


def test_an_unread_report_is_of_the_same_agency(country: Store) -> None:
    save(country, "远山县教育局", "970121", 2019)
    claim = Claim("县教育局", "970121", "970000", 2020)
    country.save_unread("http://www.yuanshan.test/x.pdf", COUNTY_PORTAL.id, claim, ProblemKind.UNREADABLE, at(5))
    relate(country)
    assert len(agencies(country)) == 1
    assert country.connection.execute(
        "SELECT agency_name, division_code FROM unread_reports WHERE agency_id = (SELECT id FROM agencies)"
    ).fetchall() == [("县教育局", "970121")]


def everything(store: Store) -> list[list[tuple[object, ...]]]:
    """All that says who is who, without the numbers of rows."""
    place = "(SELECT coalesce(a.division_code, '') || '/' || a.key FROM agencies AS a WHERE a.id = {})"
    queries = [
        "SELECT key, name, division_code, kind, level, portal_id FROM agencies ORDER BY 1, 3",
        f"SELECT {place.format('agency_id')}, name, division_code, first_year FROM agency_names ORDER BY 1, 2, 3",
        f"SELECT {place.format('earlier_id')}, {place.format('later_id')}, kind, year FROM agency_links ORDER BY 1, 2",
        f"SELECT {place.format('agency_id')}, {place.format('other_id')}, reason FROM agency_reviews ORDER BY 1, 2",
        f"SELECT id, state, {place.format('agency_id')} FROM reports ORDER BY 1",
    ]
    return [store.connection.execute(sql).fetchall() for sql in queries]


def test_who_is_who_does_not_depend_on_the_order_of_arrival(tmp_path: Path) -> None:
    printed = [
        ("县发改局", "970121", 2018, COUNTY_PORTAL.id),
        ("远山县发展和改革局", "970121", 2019, CITY_PORTAL.id),
        ("远山县国土资源局", "970121", 2018, COUNTY_PORTAL.id),
        ("远山县自然资源局", "970121", 2019, COUNTY_PORTAL.id),
    ]
    found = []
    for number, order in enumerate(permutations(printed)):
        with Store.open(tmp_path / f"{number}.db") as store:
            store.save_divisions(ALL)
            store.save_portals([CITY_PORTAL, COUNTY_PORTAL])
            for each in order:
                save(store, *each)
            relate(store)
            found.append(everything(store))
    assert all(each == found[0] for each in found)


def test_relating_twice_changes_nothing(country: Store) -> None:
    for name, year in (("远山县水利局", 2019), ("远山县水务局", 2020), ("白石县水利局", 2019)):
        save(country, name, None, year)
    relate(country)
    before = everything(country)
    assert relate(country)["moved"] == 0
    assert everything(country) == before


def test_a_gazetteer_that_comes_later_places_the_reports_anew(store: Store) -> None:
    store.save_portals([COUNTY_PORTAL])
    save(store, "松渡县教育局", "970122", 2019)
    save(store, "松渡市教育局", "970181", 2020)
    assert len(agencies(store)) == 2
    store.save_divisions(ALL)
    with store.atomic() as connection:
        done = rekey(connection, store.gazetteer)
    assert (done.agencies, done.moved, done.dropped) == (1, 1, 1)
    assert len(agencies(store)) == 1


def old_corpus(path: Path) -> None:
    """A database of before, with two rows for one agency, both of whose reports of a year count."""
    old = sqlite_utils.Database(path)
    migrations.apply(old, stop_before="m009_agencies")
    for division in ALL:
        row = (division.code, division.name, division.full_name, division.level, division.parent_code)
        old.conn.execute("INSERT INTO divisions VALUES (?, ?, ?, ?, ?, ?)", (*row, division.province_code))
    old.conn.executemany(
        "INSERT INTO agencies (id, name, division_code, kind) VALUES (?, ?, ?, ?)",
        [
            (1, "远山县政府", "970121", "government"),
            (2, "远山县人民政府", "970121", "government"),
            (3, "远山县人民政府办公室", "970121", "office"),
            (4, "无人局", "970121", "department"),
        ],
    )
    for key, agency, name, day in (("a", 1, "远山县政府", "2021-01-01"), ("b", 2, "远山县人民政府", "2021-02-01")):
        old.conn.execute(
            """INSERT INTO reports (id, content_hash, agency_id, agency_name, division_code, report_year, title,
                title_key, form, scope, published_on, confidence, findings_count, errors_count, extracted_at,
                extractor_version)
            VALUES (?1, ?1, ?2, ?3, '970121', 2020, ?3 || '2020年报告', ?3 || '2020年报告', 'form2019', 'unknown', ?4,
                1, 0, 0, '', '')""",
            (key, agency, name, day),
        )
        old.conn.execute(
            "INSERT INTO report_sources (report_id, url, first_seen_at, last_seen_at) VALUES (?, ?, ?, ?)",
            (key, f"http://www.yuanshan.test/{key}", day, day),
        )
    old.conn.execute(
        "INSERT INTO unread_reports VALUES ('http://www.yuanshan.test/u', NULL, 3, 2020, 'unreadable', '', '')"
    )
    old.conn.commit()
    old.close()


def test_rows_of_one_body_in_an_older_database_are_joined(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    old_corpus(path)
    with Store.open(path) as store:
        found = store.connection.execute("SELECT id, key, division_code, level FROM agencies ORDER BY id").fetchall()
        states = store.connection.execute("SELECT id, agency_id, title_key, state FROM reports ORDER BY id").fetchall()
        unread = store.connection.execute("SELECT agency_id, agency_name, division_code FROM unread_reports").fetchall()
    assert found == [(1, "人民政府", "970121", "county"), (3, "人民政府办公室", "970121", "county")]
    assert states == [("a", 1, "2020年报告", "superseded"), ("b", 1, "2020年报告", "current")]
    assert unread == [(3, "远山县人民政府办公室", "970121")]


def test_a_migration_that_is_broken_off_leaves_the_database_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "old.db"
    old_corpus(path)

    def killed(connection: sqlite3.Connection) -> None:
        connection.execute("UPDATE reports SET agency_id = 1")
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(steps, "migrate_agencies", killed)
        with pytest.raises(KeyboardInterrupt):
            Store.open(path)
    raw = sqlite3.connect(path)
    assert [row[1] for row in raw.execute("PRAGMA table_info(agencies)")] == [
        "id",
        "name",
        "division_code",
        "kind",
        "portal_id",
    ]
    assert raw.execute("SELECT agency_id FROM reports ORDER BY id").fetchall() == [(1,), (2,)]
    raw.close()
    with Store.open(path) as store:
        assert store.connection.execute("SELECT count(*) FROM agencies").fetchone() == (2,)


def test_the_writer_knows_the_divisions_as_the_corpus_has_them(country: Store, database: Path) -> None:
    found = country.gazetteer.get("970122")
    assert found is not None
    assert [(heir.code, heir.renamed) for heir in found.heirs] == [("970181", True)]
    renamed = country.gazetteer.get("970121")
    assert renamed is not None
    assert renamed.former_names == ("青栾县",)
    assert PORTAL.division_code in country.gazetteer
