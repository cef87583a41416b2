"""The page of a place."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from govcrawl.model import Portal
from govcrawl.relating import relate
from govcrawl.site import make_site
from govcrawl.site.places.ranks import Row, places_table, rankings
from govcrawl.store import Store
from govcrawl.store.asking.expected import Standing
from tests.site.visitor import Answer, Visitor
from tests.store.asking.places import CITY as PORTAL
from tests.store.asking.places import fill, save

CITY, COUNTY, BLOCKED = "970100", "970121", "970102"


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The corpus of an invented province; see `tests.store.asking.places`."""
    path = tmp_path_factory.mktemp("province") / "govcrawl.db"
    with Store.open(path) as store:
        fill(store)
    return path


@pytest.fixture(scope="module")
def corpus(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{path}?mode=ro", uri=True)


@pytest.fixture(scope="module")
def client(path: Path) -> Iterator[Visitor]:
    visitor = Visitor(make_site(path, path.parent))
    yield visitor
    visitor.close()


def table(answer: Answer, name: str) -> list[list[str]]:
    """The cells of a table, row by row, with single spaces."""
    rows = answer.all(f"//table[caption[@id='{name}-caption']]/tbody/tr")
    return [[" ".join(cell.text_content().split()) for cell in row.xpath("th|td")] for row in rows]


def test_it_says_where_it_lies(client: Visitor) -> None:
    crumbs = client.get(f"/place/{COUNTY}").all("//nav[@class='crumbs']//a/@href")
    assert crumbs == ["/place/100000", "/place/970000", "/place/970100"]


def test_what_is_missing_is_named_with_its_state_and_its_due_day(client: Visitor) -> None:
    rows = table(client.get(f"/place/{CITY}?year=2021", "en"), "missing")
    assert [row[:3] for row in rows] == [["云山市教育局", "not found", "31 January 2022"]]


def test_the_table_of_all_that_is_lacking_has_what_is_due_alone(tmp_path: Path) -> None:
    """In February the report of a bureau is due, that of a government is not."""
    with Store.open(tmp_path / "govcrawl.db") as store:
        fill(store)
        store.connection.execute("UPDATE crawl_runs SET started_at = '2022-02-15T00:00:00Z'")
        relate(store)
    client = Visitor(make_site(tmp_path / "govcrawl.db", tmp_path))
    try:
        answer = client.get("/place/970000?year=2021", "en")
        assert "4 of 5 expected reports were found (80.0%), counting all that lies in the place; 1 are" in answer.words
        (href,) = answer.all("//a[text()='All that are lacking, as a table']/@href")
        assert client.get(href, "en").all("//h2[@id='rows-heading']")[0].text.strip().startswith("1 row")
    finally:
        client.close()


@pytest.mark.parametrize("place", ["100000", "970000", CITY])
def test_it_opens_on_the_year_that_the_home_page_opens_on(tmp_path: Path, place: str) -> None:
    """Of 2022 a single report is there yet, though all of it is due."""
    with Store.open(tmp_path / "govcrawl.db") as store:
        fill(store)
        save(store, "云山市财政局", CITY, 2022, PORTAL)
        store.connection.execute("UPDATE crawl_runs SET started_at = '2023-12-01T00:00:00Z'")
        relate(store)
    client = Visitor(make_site(tmp_path / "govcrawl.db", tmp_path))
    try:
        shown = [
            client.get(path).all("//nav[@class='years screen-only']//a[@aria-current]")[0].text
            for path in ("/", f"/place/{place}")
        ]
        assert shown == ["2021", "2021"]
    finally:
        client.close()


def test_a_government_that_nobody_could_ask_says_why_and_what_failed(client: Visitor) -> None:
    answer = client.get(f"/place/{BLOCKED}?year=2021", "en")
    ((body, state, _, why),) = table(answer, "missing")
    assert body == "鼓台区人民政府 nothing was ever found of it"
    assert state == "portal refuses"
    assert "left alone" in why
    assert table(answer, "problems") == [["1 June 2022", "refused by a firewall HTTP 412", "http://www.gutai.test/"]]


def test_figures_come_with_their_denominators(client: Visitor) -> None:
    words = client.get(f"/place/{CITY}?year=2021", "en").words
    assert "4 of 6 expected reports were found (66.7%), counting all that lies in the place; 2 are lacking" in words


def test_the_report_of_its_government_is_linked_and_its_figures_are_told(
    client: Visitor, corpus: sqlite3.Connection
) -> None:
    (report,) = corpus.execute(
        "SELECT id FROM reports WHERE agency_name = '远山县人民政府' AND report_year = 2021"
    ).fetchone()
    (row,) = client.get(f"/place/{COUNTY}").all("//table[caption[@id='years-caption']]/tbody/tr[th='2021']")
    assert row.xpath("td/a/@href") == [f"/report/{report}"]
    assert [cell.text for cell in row.xpath("td")[2:6]] == ["40", "40", "20", "50.0%"]


def test_a_year_without_a_report_of_its_government_says_so(client: Visitor) -> None:
    years = table(client.get(f"/place/{BLOCKED}", "en"), "years")
    assert [row[:3] for row in years] == [
        [str(year), "0 / 1", "no report in the corpus"] for year in (2019, 2020, 2021)
    ]


def test_the_sum_of_its_bodies_says_how_many_reports_print_the_figure(client: Visitor) -> None:
    (_, _, last) = table(client.get(f"/place/{COUNTY}", "en"), "years")
    assert last[-2:] == ["1", "— in 0 of 1 reports"]


def test_ranks_say_among_how_many_and_how_many_have_no_figure(client: Visitor) -> None:
    ranks = {row[0]: row[1:] for row in table(client.get(f"/place/{COUNTY}?year=2021", "en"), "ranks")}
    assert ranks["share of expected reports found"] == [
        "100.0%",
        "1 of 2 with a figure; 1 have none",
        "1 of 2 with a figure; 2 have none",
    ]
    assert ranks["requests received, as its government reports them"] == ["40", "—", "—"]


def test_all_bodies_are_listed_with_the_state_of_the_year_and_have_pages(client: Visitor) -> None:
    answer = client.get(f"/place/{CITY}?year=2021", "en")
    assert {row[0]: row[4] for row in table(answer, "bodies")} == {
        "云山市人民政府": "in order",
        "云山市教育局": "not found",
        "云山市财政局": "contradicts itself",
    }
    for href in answer.all("//table[caption[@id='bodies-caption']]//th/a/@href"):
        assert client.get(str(href)).status == 200


def test_a_place_adds_up_what_lies_in_it(client: Visitor) -> None:
    places = {row[0]: row[1] for row in table(client.get("/place/970000?year=2021", "en"), "children")}
    assert places == {"云山市": "4 / 6", "霁原市": "—"}
    places = {row[0]: row[1] for row in table(client.get(f"/place/{CITY}?year=2021", "en"), "children")}
    assert places == {"鼓台区": "0 / 1", "远山县": "2 / 2", "松渡市": "—"}


def test_places_are_ordered_as_asked(client: Visitor) -> None:
    assert [row[0] for row in table(client.get(f"/place/{CITY}?by=found"), "children")] == [
        "远山县",
        "鼓台区",
        "松渡市",
    ]


def test_a_division_that_is_no_more_says_what_became_of_it(client: Visitor) -> None:
    answer = client.get("/place/970122", "en")
    assert "in force until 30 June 2020" in answer.words
    assert answer.all("//p[contains(@class, 'notice')]//a[@href='/place/970181']")


def test_a_place_without_anything_says_that_the_corpus_has_no_portal_of_it(client: Visitor) -> None:
    assert "the corpus has no portal of it" in client.get("/place/970200", "en").words


def test_a_division_that_the_gazetteer_lacks_counts_as_one_of_its_province(tmp_path: Path) -> None:
    with Store.open(tmp_path / "govcrawl.db") as store:
        store.save_portals([Portal("970199-new", "新设县人民政府", "970199", "http://new.test/")])
        fill(store)
    client = Visitor(make_site(tmp_path / "govcrawl.db", tmp_path))
    try:
        answer = client.get("/place/970199?year=2021", "en")
        assert "0 of 1 expected reports were found" in answer.words
        assert {cell for row in table(answer, "ranks") for cell in row[2:]} == {"—"}
    finally:
        client.close()


def test_the_country_is_a_place(client: Visitor) -> None:
    answer = client.get("/place/100000?year=2021", "en")
    assert [row[:2] for row in table(answer, "children")] == [["云岭省", "4 / 6"]]


@pytest.mark.parametrize("code", ["123456", "x", "%3Cscript%3Ealert(1)%3C%2Fscript%3E", "%00", "1%27%20OR%20%271"])
def test_a_code_of_no_division_is_told_and_never_printed_as_markup(client: Visitor, code: str) -> None:
    answer = client.get(f"/place/{code}")
    assert answer.status == 404
    assert "<script>alert" not in answer.text


def test_a_body_without_a_report_says_why_year_by_year(client: Visitor) -> None:
    states = table(client.get(f"/agency/{CITY}/%E6%95%99%E8%82%B2%E5%B1%80", "en"), "states")
    assert [row[1] for row in states] == ["in order", "in order", "not found"]
    assert "the report was not there" in states[-1][4]


def standing(found: int, expected: int) -> Standing:
    return Standing({"current": found, "missing": expected - found}, found)


def test_a_former_division_without_anything_is_left_out_of_a_table() -> None:
    places: list[dict[str, Any]] = [
        {"code": "1", "name": "甲", "valid_to": None},
        {"code": "2", "name": "乙", "valid_to": "2019-01-01"},
    ]
    assert [row.code for row in places_table(places, {}, {}, "code")] == ["1"]
    assert [row.code for row in places_table(places, {"2": standing(0, 1)}, {}, "code")] == ["1", "2"]


def test_places_without_a_figure_come_last() -> None:
    places: list[dict[str, Any]] = [{"code": code, "name": code, "valid_to": None} for code in "abc"]
    reports = {"b": {"received": 5, "handled": 0, "denied": 0}, "c": {"received": 9, "handled": 9, "denied": 3}}
    assert [row.code for row in places_table(places, {}, reports, "received")] == ["c", "b", "a"]
    assert [row.measures["denied"] for row in places_table(places, {}, reports, "denied")] == [1 / 3, None, None]


def test_a_wider_rank_is_told_only_where_more_places_are_in_it() -> None:
    rows = {code: Row(code, code, None, standing(found, 10), None) for code, found in (("a", 9), ("b", 5), ("c", 7))}
    (found, *_) = rankings("b", rows, ["a", "b"], ["a", "b", "c"])
    assert found.beside is not None
    assert found.in_province is not None
    assert (found.beside.place, found.beside.of, found.in_province.place, found.in_province.of) == (2, 2, 3, 3)
    assert rankings("b", rows, ["a", "b"], ["a", "b"])[0].in_province is None
