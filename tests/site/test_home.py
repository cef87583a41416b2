"""The home page."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from govcrawl.site import make_site
from govcrawl.store import Store
from tests.site.visitor import Visitor


@pytest.fixture(scope="module")
def corpus(db: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{db}?mode=ro", uri=True)


def test_it_says_how_many_reports_there_are(client: Visitor, corpus: sqlite3.Connection) -> None:
    (count,) = corpus.execute("SELECT count(*) FROM reports WHERE state = 'current'").fetchone()
    assert client.get("/").all("//strong[@class='figure']")[0].text == str(count)


def test_it_has_one_heading_of_its_own(client: Visitor) -> None:
    assert len(client.get("/").all("//h1")) == 1


def test_every_province_has_a_tile_with_its_share_and_a_row_with_the_numbers(
    client: Visitor, corpus: sqlite3.Connection
) -> None:
    answer = client.get("/?year=2020")
    tiles = answer.all("//ol[contains(@class, 'tiles')]/li")
    owed = corpus.execute(
        """SELECT province_code, count(*), count(report_id) FROM coverage
        WHERE report_year = 2020 AND state <> 'not_yet_due' GROUP BY 1"""
    ).fetchall()
    assert len(tiles) == len(owed) > 0
    for tile, (code, expected, found) in zip(tiles, owed, strict=True):
        assert tile.xpath(".//a/@href") == [f"/place/{code}?year=2020"]
        assert tile.xpath("string(.//*[@class='tile-share'])") == f"{100 * found // expected}%"
        (row,) = answer.all(f"//tbody/tr[th/a[@href='/place/{code}?year=2020']]")
        assert [cell.text for cell in row.xpath("td")[:2]] == [str(expected), str(found)]


@pytest.mark.parametrize("year", ["", "abc", "99999", "1066", "2020'--", "二〇二〇"])
def test_a_year_that_is_none_shows_the_last_that_is_settled(client: Visitor, year: str) -> None:
    answer = client.get(f"/?year={year}")
    assert answer.status == 200
    assert answer.all("//nav[contains(@class, 'years')]//a[@aria-current]")[0].text == "2021"


def test_the_charts_have_their_figures_in_the_table_under_them(client: Visitor) -> None:
    answer = client.get("/")
    specs = [json.loads(script.text) for script in answer.all("//figure//script[@type='application/json']")]
    assert len(specs) == 2
    (table,) = answer.all("//table[caption[@id='years-caption']]")
    told = table.text_content()
    for spec in specs:
        assert spec["rows"]
        assert all(f"{row['y']:,}" in told for row in spec["rows"] if row["y"] is not None)


def test_requests_are_told_by_who_reports_them_with_the_number_of_reports(client: Visitor) -> None:
    assert "must not be added" in client.get("/", "en").words
    assert "reports" in client.get("/", "en").all("//table[caption[@id='years-caption']]")[0].text_content()


def test_the_freshest_problems_are_told_and_lead_to_their_place(client: Visitor, corpus: sqlite3.Connection) -> None:
    newest, code = corpus.execute(
        """SELECT b.url, p.division_code FROM problems AS b JOIN portals AS p ON p.id = b.portal_id
        WHERE b.mended_at IS NULL ORDER BY b.last_seen_at DESC, b.id DESC"""
    ).fetchone()
    (row,) = client.get("/").all("//table[caption[@id='problems-caption']]/tbody/tr[1]")
    assert newest in row.text_content()
    assert row.xpath(".//a/@href") == [f"/place/{code}"]


def test_names_of_places_are_marked_as_chinese_where_english_is_read(client: Visitor) -> None:
    names = client.get("/", "en").all("//ol[contains(@class, 'tiles')]//*[@class='tile-name']")
    assert names
    assert all(name.get("lang") == "zh-CN" for name in names)


def test_the_number_of_broken_reports_leads_to_them(corpus_copy: Path, visit: Visitor) -> None:
    for broken in (0, 1):
        with Store.open(corpus_copy / "govcrawl.db") as store, store.atomic() as connection:
            connection.execute("UPDATE reports SET errors_count = ?", (broken,))
        assert ("/stories/broken-sums" in visit.get("/").hrefs()) == bool(broken)


def test_a_corpus_that_nobody_related_says_so_and_what_to_do(corpus_copy: Path, visit: Visitor) -> None:
    with Store.open(corpus_copy / "govcrawl.db") as store:
        for table in ("coverage_rows", "coverage_counts", "indicators", "year_sums"):
            store.connection.execute(f"DELETE FROM {table}")
        (place,) = store.connection.execute("SELECT division_code FROM portals ORDER BY id").fetchone()
    for address in ("/", f"/place/{place}"):
        answer = visit.get(address)
        assert answer.status == 200
        assert answer.all("//p[contains(@class, 'notice')]/code")[0].text == "govcrawl relate"


def test_an_empty_corpus_says_so_and_what_to_do(tmp_path: Path) -> None:
    Store.open(tmp_path / "govcrawl.db").close()
    visitor = Visitor(make_site(tmp_path / "govcrawl.db", tmp_path))
    try:
        answer = visitor.get("/", "en")
        assert answer.status == 200
        assert "holds no report yet" in answer.words
        assert visitor.get("/place/100000").status == 200
    finally:
        visitor.close()
