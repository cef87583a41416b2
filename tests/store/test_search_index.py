"""The full-text index follows the reports, whatever happens to them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govcrawl.store import Store
from govcrawl.store.asking.search import Wanted, search
from govcrawl.store.search import index, index_reports, pattern_of, spaced, words
from govcrawl.store.search.index import order_of
from tests.store.builders import PORTAL, URL, at, report


def test_every_character_is_a_word_and_other_letters_stay_together() -> None:
    assert words("《条例》第３6条：ABC公 开") == ["条", "例", "第", "36", "条", "abc", "公", "开"]


def test_marks_spaces_and_widths_do_not_matter() -> None:
    assert spaced("政 府，信息（２０２０）") == spaced("政府信息2020")


@given(st.text(max_size=50))
def test_what_is_indexed_is_indexed_the_same_again(text: str) -> None:
    assert spaced(spaced(text)) == spaced(text)


@given(st.text(alphabet="公开不予年12Ａb，。 \n", min_size=1, max_size=20))
def test_a_text_is_found_in_itself(text: str) -> None:
    if words(text):
        assert pattern_of(words(text)).search(text)


@given(st.lists(st.tuples(st.integers(2008, 2030), st.dates().map(str)), min_size=2, max_size=5))
def test_the_later_year_and_then_the_later_day_has_the_lesser_number(days: list[tuple[int, str]]) -> None:
    newest = sorted((max(each, (each[0], "2000-01-01")) for each in days), reverse=True)
    assert [order_of(*each) for each in newest] == sorted(order_of(*each) for each in newest)


def test_days_nobody_knows_come_last_in_their_year() -> None:
    assert order_of(2019, "2020-12-31") > order_of(2020, None) > order_of(2020, "2021-01-01")


def save(store: Store, text: str = "公开") -> None:
    store.save_report(report(text), None, URL, PORTAL.id, at())


def brought_up(store: Store) -> int:
    return index_reports(store.connection, store.atomic).written


def found(store: Store, text: str) -> list[str]:
    return [hit.report_id for hit in search(store.connection, Wanted(text)).hits]


@pytest.fixture
def indexed(store: Store) -> Store:
    save(store, "本年度无不予公开的情形。")
    assert brought_up(store) == 1
    return store


def test_two_characters_are_enough(indexed: Store) -> None:
    assert found(indexed, "不予") == found(indexed, "情形") != []
    assert found(indexed, "予不") == []


def test_nothing_is_written_where_nothing_changed(indexed: Store) -> None:
    assert brought_up(indexed) == 0


def test_a_report_read_anew_is_found_by_what_it_says_now(indexed: Store) -> None:
    with indexed.atomic() as connection:
        connection.execute("UPDATE sections SET text = '改为部分提供。'")
        connection.execute("UPDATE reports SET extracted_at = '2031-01-01T00:00:00Z'")
    assert brought_up(indexed) == 1
    assert found(indexed, "不予") == []
    assert len(found(indexed, "部分提供")) == 1


def test_what_the_index_does_not_have_yet_is_counted(store: Store) -> None:
    save(store)
    assert search(store.connection, Wanted("公开")).missing == 1


def test_an_index_with_too_many_outdated_rows_is_made_again(indexed: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index, "AT_ONCE", 1)
    with indexed.atomic() as connection:
        connection.execute("UPDATE reports SET title = title || '（修订）'")
    assert brought_up(indexed) == 1
    assert brought_up(indexed) == 0
    assert indexed.connection.execute("SELECT count(*) FROM search_reports").fetchall() == [(1,)]
    assert len(found(indexed, "修订")) == 1
