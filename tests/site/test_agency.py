"""The page of a reporting body."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from urllib.parse import quote

import pytest

from govcrawl.forms.variables import variables_by_name
from govcrawl.simulator.chronicle import Chronicle
from govcrawl.site.places.side_by_side import side_by_side
from govcrawl.store.asking.agency import Crossing
from tests.site.visitor import Answer, Visitor


@pytest.fixture(scope="module")
def corpus(db: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{db}?mode=ro", uri=True)


def address(division: str, key: str) -> str:
    return f"/agency/{division}/{quote(key)}"


@pytest.fixture(scope="module")
def government(corpus: sqlite3.Connection) -> tuple[int, str, str]:
    """Number, division and key of a government with a report in every year."""
    number, division, key = corpus.execute(
        """SELECT a.id, a.division_code, a.key FROM agencies AS a JOIN panel_reports AS p ON p.agency_id = a.id
        WHERE a.kind = 'government' GROUP BY a.id ORDER BY count(*) DESC, a.id"""
    ).fetchone()
    return int(number), str(division), str(key)


@pytest.fixture(scope="module")
def answer(client: Visitor, government: tuple[int, str, str]) -> Answer:
    return client.get(address(*government[1:]), "en")


def test_every_year_that_is_owed_stands_there_with_its_state(
    answer: Answer, corpus: sqlite3.Connection, government: tuple[int, str, str]
) -> None:
    owed = corpus.execute("SELECT report_year FROM coverage WHERE agency_id = ? ORDER BY 1", government[:1]).fetchall()
    rows = answer.all("//table[caption[@id='states-caption']]/tbody/tr")
    assert [row.xpath("string(th)") for row in rows] == [str(year) for (year,) in owed]
    assert all(row.xpath("td[1]/*[contains(@class, 'mark')]") for row in rows)


def test_a_figure_stands_under_its_year_and_leads_to_its_cell(
    answer: Answer, client: Visitor, corpus: sqlite3.Connection, government: tuple[int, str, str]
) -> None:
    report, value = corpus.execute(
        "SELECT report_id, handled_total FROM panel WHERE agency_id = ? AND report_year = 2021", government[:1]
    ).fetchone()
    href = f"/report/{report}/applications/handled_total/total"
    (link,) = answer.all(f"//table[@class='side-by-side']//a[@href='{href}']")
    assert link.text == f"{value:,}"
    assert client.get(href).status == 200


def test_every_figure_has_an_address_that_answers(answer: Answer, client: Visitor) -> None:
    hrefs = answer.all("//table[@class='side-by-side']//td/a/@href")
    assert len(hrefs) > 100
    assert {client.get(str(href)).status for href in hrefs[::23]} == {200}


def test_labels_of_the_forms_are_chinese_with_english_beside_them(answer: Answer) -> None:
    label = variables_by_name()["granted_total"].label
    (cell,) = answer.all(
        "//table[@class='side-by-side']//th[contains(., '予以公开') and contains(., 'Granted in full')]"
    )
    assert cell.xpath("span[@lang='zh-CN']")[0].text in label.zh


def test_years_that_do_not_carry_over_are_marked_with_words(
    client: Visitor, chronicle: Chronicle, corpus: sqlite3.Connection
) -> None:
    assert chronicle.truth.of("carry_over")
    division, key, report, where, expected = corpus.execute(
        """SELECT a.division_code, a.key, x.report_id, x."where", x.expected FROM cross_checks AS x
        JOIN panel_reports AS p ON p.report_id = x.report_id JOIN agencies AS a ON a.id = p.agency_id
        WHERE x.code = 'carry_over' AND x.verdict = 'contradicts' AND x."where" LIKE '%/total'"""
    ).fetchone()
    page = client.get(address(division, key), "en")
    (cell,) = page.all(f"//td[a[@href='/report/{report}/{where}']][*[contains(@class, 'mark')]]")
    assert f"≠ {expected}" in cell.text_content()
    assert "by the year before" in cell.text_content()
    fit = page.all("//table[caption[@id='fit-caption']]")[0]
    assert fit.xpath(f".//a[@href='/report/{report}/{where}']/span[@lang='zh-CN']")


def test_names_over_time_are_listed(client: Visitor, corpus: sqlite3.Connection) -> None:
    number, division, key = corpus.execute(
        """SELECT a.id, a.division_code, a.key FROM agency_names AS n JOIN agencies AS a ON a.id = n.agency_id
        GROUP BY a.id HAVING count(DISTINCT n.name) > 1"""
    ).fetchone()
    names = {name for (name,) in corpus.execute("SELECT name FROM agency_names WHERE agency_id = ?", (number,))}
    listed = client.get(address(division, key)).all("//section[@aria-labelledby='names']//li/span[@lang]")
    assert {each.text for each in listed} == names


def test_a_body_leads_to_what_it_became_and_back(client: Visitor, corpus: sqlite3.Connection) -> None:
    earlier, later = corpus.execute(
        """SELECT e.division_code || '/' || e.key, l.division_code || '/' || l.key FROM agency_links AS x
        JOIN agencies AS e ON e.id = x.earlier_id JOIN agencies AS l ON l.id = x.later_id"""
    ).fetchone()
    there, back = (address(*each.split("/", 1)) for each in (later, earlier))
    assert there in client.get(back).hrefs()
    assert back in client.get(there).hrefs()


@pytest.mark.parametrize("path", ["/agency/970000/x", "/agency/-/x", "/agency/x/%3Cscript%3Ealert(1)%3C%2Fscript%3E"])
def test_nobody_is_told_kindly(client: Visitor, path: str) -> None:
    answer = client.get(path)
    assert answer.status == 404
    assert "<script>alert" not in answer.text


def test_a_row_without_a_figure_in_any_year_is_left_out_and_counted() -> None:
    year = dict.fromkeys(variables_by_name()) | {"report_id": "a", "report_year": 2020, "granted_total": 4}
    (table,) = side_by_side([year], [])
    assert [line.variable.name for line in table.lines] == ["granted_total"]
    assert table.without > 20


def test_a_sum_that_no_form_prints_leads_to_no_cell() -> None:
    year = dict.fromkeys(variables_by_name()) | {"report_id": "a", "denied_total": 4, "denied_state_secret_total": 4}
    (table,) = side_by_side([year], [])
    assert [(line.variable.name, line.cells[0].where) for line in table.lines] == [
        ("denied_total", None),
        ("denied_state_secret_total", "applications/denied_state_secret/total"),
    ]


def test_a_group_that_one_form_prints_and_another_adds_up_leads_to_its_cell_only_where_it_is_printed() -> None:
    blank = dict.fromkeys(variables_by_name())
    printed = blank | {"report_id": "a", "other_handling_total": 4}
    added = blank | {"report_id": "b", "other_handling_total": 4, "other_residual_total": 4}
    (table,) = side_by_side([printed, added], [])
    assert [cell.where for cell in table.lines[0].cells] == ["applications/other_handling/total", None]


def test_a_year_without_a_figure_of_a_table_is_named_and_is_no_column_of_dashes() -> None:
    blank = dict.fromkeys(variables_by_name())
    old = blank | {"report_id": "a", "report_year": 2012}
    new = blank | {"report_id": "b", "report_year": 2020, "granted_total": 4}
    (table,) = side_by_side([old, new], [])
    assert [[cell.report_id for cell in line.cells] for line in table.lines] == [["b"]]
    assert (table.years, table.bare) == ((1,), (2012,))


def test_what_last_year_says_stands_at_the_cell() -> None:
    year = dict.fromkeys(variables_by_name()) | {"report_id": "a", "carried_over_in_total": 4}
    against = {"report_id": "a", "where": "applications/carried_over_in/total", "expected": 5, "actual": 4}
    (table,) = side_by_side([year], [Crossing(2020, "carry_over", 0, (against,))])
    assert table.lines[0].cells[0].against == against
