"""The compare page."""

from __future__ import annotations

import codecs
import csv
import io
import json
import sqlite3
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.site.visitor import Visitor

TWO = """
SELECT coalesce(a.division_code, '-') || '/' || a.key, a.id FROM agencies a JOIN panel p ON p.agency_id = a.id
WHERE p.new_received_total IS NOT NULL GROUP BY a.id ORDER BY count(*) DESC, a.key LIMIT 2
"""


@pytest.fixture(scope="module")
def connection(db: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{db}?mode=ro", uri=True)


@pytest.fixture(scope="module")
def two(connection: sqlite3.Connection) -> list[tuple[str, int]]:
    """Two agencies with figures: what the address calls them, and their numbers."""
    return connection.execute(TWO).fetchall()


def asked(*agencies: str, **params: object) -> str:
    return "/compare?" + urlencode({"agency": agencies, **params}, doseq=True)


def test_without_agencies_it_says_how_to_begin(client: Visitor) -> None:
    answer = client.get("/compare")
    assert answer.status == 200
    assert not answer.all("//figure")
    assert answer.all("//input[@id='find']")


def test_agencies_are_looked_for_and_kept(client: Visitor, two: list[tuple[str, int]]) -> None:
    answer = client.get(asked(two[0][0], find="局"))
    boxes = answer.all("//input[@name='agency']")
    assert [box.get("value") for box in boxes if box.get("checked") is not None] == [two[0][0]]
    assert len(boxes) > 1


def test_the_table_has_every_figure_of_the_panel(
    client: Visitor, connection: sqlite3.Connection, two: list[tuple[str, int]]
) -> None:
    answer = client.get(asked(*(name for name, _ in two), variable="new_received_total"))
    (table,) = answer.all("//main//section//table")
    years = [int(cell.text) for cell in table.xpath("thead//th")[1:]]
    for (_, number), row in zip(two, table.xpath("tbody/tr"), strict=True):
        for year, cell in zip(years, row.xpath("td"), strict=True):
            told = connection.execute(
                "SELECT new_received_total FROM panel WHERE agency_id = ? AND report_year = ?", (number, year)
            ).fetchone()
            text = cell.text_content().strip()
            if told and told[0] is not None:
                assert text == f"{told[0]:,}"
            else:
                assert text
                assert not text[0].isdigit()


def test_figures_lead_to_their_cells(client: Visitor, two: list[tuple[str, int]]) -> None:
    answer = client.get(asked(two[0][0], variable="new_received_total"))
    (href, *_) = [href for href in answer.hrefs() if href.endswith("/applications/new_received/total")]
    assert client.get(href).status == 200


def test_each_figure_has_a_chart_of_the_same_numbers(client: Visitor, two: list[tuple[str, int]]) -> None:
    answer = client.get(asked(*(name for name, _ in two), variable=["new_received_total", "denied_total"]))
    charts = [json.loads(text) for text in answer.all("//figure/script[@type='application/json']/text()")]
    assert [chart["kind"] for chart in charts] == ["line", "line"]
    assert all(len(chart["series"]) == 2 for chart in charts)


def test_one_year_is_drawn_as_bars(client: Visitor, two: list[tuple[str, int]]) -> None:
    answer = client.get(asked(*(name for name, _ in two), year="2020"))
    (chart,) = [json.loads(text) for text in answer.all("//figure/script[@type='application/json']/text()")]
    assert chart["kind"] == "bar"
    assert len(chart["rows"]) == 2


def test_shares_stand_beside_their_whole(client: Visitor, two: list[tuple[str, int]]) -> None:
    answer = client.get(asked(two[0][0], variable="granted_total", per="handled_total"))
    (chart,) = [json.loads(text) for text in answer.all("//figure/script[@type='application/json']/text()")]
    assert chart["unit"] == "percent"
    assert all(0 <= row["y"] <= 1 for row in chart["rows"] if row["y"] is not None)


def test_the_file_for_spreadsheets_has_every_figure_and_why_there_is_none(
    client: Visitor, connection: sqlite3.Connection, two: list[tuple[str, int]]
) -> None:
    answer = client.get(asked(*(name for name, _ in two), variable=["new_received_total", "denied_total"]), "en")
    (href,) = answer.all("//a[text()='CSV']/@href")
    file = client.get(href, "en").body
    assert file.startswith(codecs.BOM_UTF8)
    rows = list(csv.DictReader(io.StringIO(file.decode("utf-8-sig"), newline="")))
    sql = """SELECT a.name, report_year, new_received_total, denied_total, report_id
        FROM panel JOIN agencies AS a ON a.id = agency_id WHERE agency_id IN (?, ?)"""
    panel = {(name, str(year)): figures for name, year, *figures in connection.execute(sql, [n for _, n in two])}
    years = {year for _, year in panel}
    assert {(row["Agency"], row["Report year"]) for row in rows} >= set(panel)
    assert len(rows) >= 2 * len(years)
    for row in rows:
        received, denied, report = panel.get((row["Agency"], row["Report year"]), (None, None, None))
        assert [row["Newly received: total"], row["Report"].rpartition("/")[2]] == [
            "" if received is None else str(received),
            report or "",
        ]
        assert bool(row["No figure, because"]) == (received is None or denied is None)


def test_the_query_can_be_changed(client: Visitor, two: list[tuple[str, int]]) -> None:
    answer = client.get(asked(*(name for name, _ in two), variable="new_received_total"))
    (query,) = [href for href in answer.hrefs() if href.startswith("/corpus?sql")]
    assert client.get(query).status == 200


def test_a_file_of_shares_says_so_and_has_what_they_are_shares_of(client: Visitor, two: list[tuple[str, int]]) -> None:
    answer = client.get(asked(two[0][0], variable="granted_total", per="handled_total"), "en")
    (href,) = answer.all("//a[text()='CSV']/@href")
    rows = list(csv.DictReader(io.StringIO(client.get(href, "en").body.decode("utf-8-sig"), newline="")))
    (share,) = [name for name in rows[0] if "as a share of" in name]
    assert any(row[share] for row in rows)
    for row in rows:
        if row[share]:
            part, whole = int(row["Granted in full: total"]), int(row["Handled in the year: total"])
            assert float(row[share]) == pytest.approx(part / whole)


@pytest.mark.parametrize(
    "path",
    [
        asked("970000/' OR 1=1 --", variable="x; drop table reports"),
        asked("//", "x/", "/y", year="99999", per="agency_name"),
        asked(*(f"970000/k{number}" for number in range(500)), variable=["report_id", "agency_name"]),
        asked(find="</script><b>%_'\""),
    ],
)
def test_what_makes_no_sense_is_left_out(client: Visitor, path: str) -> None:
    answer = client.get(path)
    assert answer.status == 200
    assert "<b>" not in answer.text


def test_the_page_speaks_english(client: Visitor, two: list[tuple[str, int]]) -> None:
    answer = client.get(asked(two[0][0]), language="en")
    assert "Newly received: total" in answer.words
    assert answer.all("//th[@scope='row'][@lang='zh-CN']")


def test_every_control_has_a_label(client: Visitor) -> None:
    answer = client.get("/compare")
    labelled = set(answer.all("//label/@for"))
    assert {control.get("id") for control in answer.all("//main//input | //main//select")} <= labelled
