"""Near-duplicates and copied prose of a stored corpus."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parents[2]))  # the other tests' builders under every way of starting pytest

from govcrawl.model import Report, Section
from govcrawl.relating import relate as relate_all
from govcrawl.relating.likenesses import relate_likenesses
from govcrawl.store import Store
from govcrawl.store.likeness import sections as likeness_sections
from tests.likeness.texts import prose
from tests.store.builders import DIVISIONS, PORTAL, URL, at, report

LINKS = "SELECT report_id, other_id, kind, section, passage FROM report_links ORDER BY 1, 2, 3, position"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    yield from _opened(tmp_path / "corpus.db")


def _opened(path: Path) -> Iterator[Store]:
    with Store.open(path) as opened:
        opened.save_divisions(DIVISIONS)
        opened.save_portals([PORTAL])
        yield opened


def told(agency: str, text: str, *, year: int = 2020, **fields: Any) -> Report:
    """A report with a section of prose."""
    title = f"{agency}{year}年政府信息公开工作年度报告"
    made = report(agency + text + str(year), agency=agency, title=title, report_year=year, **fields)
    return replace(made, sections=(Section(1, "一、总体情况", text),))


def relate(store: Store, reports: Sequence[tuple[Report, int, str]]) -> list[tuple[Any, ...]]:
    """The links of reports that were seen on days at addresses."""
    for made, day, url in reports:
        store.save_report(made, None, url, None, at(day=day))
    relate_likenesses(store)
    return store.connection.execute(LINKS).fetchall()


def test_a_copy_with_the_name_exchanged_is_told_with_its_passage(store: Store) -> None:
    text = prose("copied", 6).replace("春季", "云山市教育局").replace("秋季", "教育局")
    source = told("云山市教育局", text)
    copy = told("云山市水利局", text.replace("教育局", "水利局"))
    [link] = relate(store, [(source, 1, URL), (copy, 2, f"{URL}?2")])
    assert link[:4] == (copy.id, source.id, "copied_prose", "一、总体情况")
    assert "水利局" in link[4]


def test_the_report_published_first_is_the_source(store: Store) -> None:
    text = prose("copied", 6)
    late = told("云山市教育局", text)
    early = replace(told("云山市水利局", text), published_on=late.published_on and late.published_on.replace(day=2))
    [link] = relate(store, [(late, 1, URL), (early, 2, f"{URL}?2")])
    assert link[:2] == (late.id, early.id)


def test_prose_is_not_read_again_while_nothing_has_changed(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    text = prose("copied", 6)
    links = relate(store, [(told("云山市教育局", text), 1, URL), (told("云山市水利局", text), 2, f"{URL}?2")])
    monkeypatch.setattr("govcrawl.store.likeness.sections", None)
    assert relate(store, []) == links
    assert relate_likenesses(store) == {"copied_prose": 1, "near_duplicate": 0}


def test_prose_is_read_again_when_that_is_asked_for(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    relate(store, [(told("云山市教育局", prose("own")), 1, URL)])
    read: list[str] = []

    def sections(connection: sqlite3.Connection, report_id: str) -> list[tuple[str, str]]:
        read.append(report_id)
        return likeness_sections(connection, report_id)

    monkeypatch.setattr("govcrawl.store.likeness.sections", sections)
    relate_all(store)
    assert read == []
    relate_all(store, anew=True)
    assert read


def test_numbers_of_agencies_are_nothing_that_links_follow_from(tmp_path: Path) -> None:
    reports = [told(agency, prose(agency)) for agency in ("云山市教育局", "云山市水利局")]
    inputs = set()
    for name, order in (("one", reports), ("two", reports[::-1])):
        for store in _opened(tmp_path / f"{name}.db"):
            for made in order:
                store.save_report(made, None, f"{URL}?{made.id}", None, at(day=1))
            relate_likenesses(store)
            inputs.add(store.connection.execute("SELECT inputs FROM related_steps").fetchone())
    assert len(inputs) == 1


def test_a_further_report_makes_prose_be_read_again(store: Store) -> None:
    text = prose("copied", 6)
    relate(store, [(told("云山市教育局", text), 1, URL), (told("云山市水利局", prose("own")), 2, f"{URL}?2")])
    assert len(relate(store, [(told("云山市财政局", text), 3, f"{URL}?3")])) == 1


def test_another_program_can_write_while_prose_is_read(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def sections(connection: sqlite3.Connection, report_id: str) -> list[tuple[str, str]]:
        with Store.open(store.path, busy_timeout=0) as other:
            other.save_portals([PORTAL])
        return likeness_sections(connection, report_id)

    text = prose("copied", 6)
    monkeypatch.setattr("govcrawl.store.likeness.sections", sections)
    for number, agency in enumerate(("云山市教育局", "云山市水利局"), 1):
        store.save_report(told(agency, text), None, f"{URL}?{number}", None, at(day=number))
    assert relate_likenesses(store)["copied_prose"] == 1


def test_prose_taken_over_from_last_year_is_told(store: Store) -> None:
    last, this = (told("云山市教育局", prose("own"), year=year) for year in (2019, 2020))
    assert [link[2] for link in relate(store, [(last, 1, URL), (this, 2, f"{URL}?2")])] == ["copied_prose"]


def test_a_report_with_a_slip_mended_elsewhere_is_linked(store: Store) -> None:
    text = prose("own", 20)
    one, other = told("云山市教育局", text.replace("走访", "走坊", 1)), told("云山市教育局", text)
    [link] = relate(store, [(one, 1, URL), (other, 2, "http://zwgk.yunshan.test/2020.html")])
    assert link[:3] == (other.id, one.id, "near_duplicate")


def test_an_edit_at_one_address_is_not_linked(store: Store) -> None:
    text = prose("own", 20)
    one, other = told("云山市教育局", text), told("云山市教育局", text.replace("走访", "走坊", 1))
    assert relate(store, [(one, 1, URL), (other, 2, URL)]) == []


def test_relating_again_gives_the_same_rows(store: Store) -> None:
    reports = [(told(f"云山市{name}局", prose("copied")), day, f"{URL}?{day}") for day, name in enumerate("甲乙丙", 1)]
    assert relate(store, reports) == relate(store, reports) != []


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(range(6)))
def test_the_order_in_which_reports_are_stored_does_not_matter(
    order: list[int], tmp_path_factory: pytest.TempPathFactory
) -> None:
    reports = [
        (told(f"云山市{name}局", prose(number % 2)), number + 1, f"{URL}?{number}")
        for number, name in enumerate("甲乙丙丁戊己")
    ]
    links = []
    for each in (reports, [reports[number] for number in order]):
        for store in _opened(tmp_path_factory.mktemp("order") / "corpus.db"):
            links.append(relate(store, each))
    assert links[0] == links[1] != []
