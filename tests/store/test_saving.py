from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from govcrawl.model import Figure, GovcrawlError, StoreError
from govcrawl.store import Outcome, Store, open_corpus
from tests.store.builders import PORTAL, URL, at, capture, figure, quirky_report, report

MIRROR = "http://www.mirror.test/2020.html"


def test_a_report_is_read_back_as_it_was(store: Store, database: Path) -> None:
    saved = store.save_report(quirky_report(), None, URL, PORTAL.id, at())
    with open_corpus(database) as corpus:
        assert corpus.report(saved.report_id) == quirky_report().to_dict()


@given(
    st.one_of(st.none(), st.integers(), st.floats(allow_nan=False, allow_infinity=False)),
    st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=8),
)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_any_figure_is_read_back_as_it_was(store: Store, database: Path, value: float | None, raw: str) -> None:
    cells = {"rules_made": Figure(value, raw), "rules_published": figure(value)}
    wide = {"new_received": {"total": Figure(value, raw, "件")}}
    built = report(f"{value!r} {raw}", disclosure={}, form="form2019")
    built = replace(built, disclosure=cells, applications=wide, review_litigation={})
    saved = store.save_report(built, None, URL, None, at())
    with open_corpus(database) as corpus:
        back = corpus.report(saved.report_id)
    expected = value
    if isinstance(value, int) and not -(2**63) <= value < 2**63:
        expected = float(value)
    assert back["disclosure"] == {"rules_made": expected, "rules_published": expected}
    assert back["applications"]["new_received"]["total"] == expected
    assert type(back["disclosure"]["rules_made"]) is type(expected)
    assert back["raw"].get("disclosure/rules_made", str(value) if value is not None else "") == raw


def test_a_number_beyond_every_float_is_null_and_keeps_its_text(store: Store, database: Path) -> None:
    huge = replace(report(), disclosure={"rules_made": Figure(10**400, "1" + "0" * 400)})
    saved = store.save_report(huge, None, URL, None, at())
    with open_corpus(database) as corpus:
        back = corpus.report(saved.report_id)
    assert back["disclosure"]["rules_made"] is None
    assert back["raw"]["disclosure/rules_made"] == "1" + "0" * 400


def test_raw_is_kept_only_where_it_says_more_than_the_value(store: Store) -> None:
    store.save_report(quirky_report(), None, URL, None, at())
    raws = dict(store.connection.execute("SELECT code, raw FROM disclosure WHERE raw IS NOT NULL"))
    assert raws == {
        "licensing_items_change": "+23",
        "central_procurement_amount": "24575.93万",
        "rules_made": "—",
        "coercion_decisions": "",
    }
    rows = store.connection.execute("SELECT row_code, raw FROM applications WHERE raw IS NOT NULL").fetchall()
    assert rows == [("new_received", '{"natural_person":"１０","commercial_enterprise":"/"}')]


def test_characters_that_utf8_cannot_hold_are_replaced_not_fatal(store: Store, database: Path) -> None:
    broken = replace(report(), title="年度\udc80报告", agency="云山\ud800局")
    saved = store.save_report(broken, None, URL, None, at())
    with open_corpus(database) as corpus:
        assert corpus.report(saved.report_id)["title"] == "年度\ufffd报告"


def test_a_column_that_the_table_does_not_have_is_refused(store: Store) -> None:
    odd = replace(report(), applications={"new_received": {"martians": figure(1)}})
    with pytest.raises(StoreError, match="martians"):
        store.save_report(odd, None, URL, None, at())
    assert store.connection.execute("SELECT count(*) FROM reports").fetchone() == (0,)


def test_a_time_without_a_zone_is_refused(store: Store) -> None:
    with pytest.raises(StoreError, match="time zone"):
        store.save_report(report(), None, URL, None, datetime(2021, 3, 1))


def test_an_agency_is_one_row_whatever_its_reports(store: Store) -> None:
    store.save_report(report("2019", report_year=2019), None, URL + "?2019", PORTAL.id, at())
    store.save_report(report("2020"), None, URL, PORTAL.id, at())
    agencies = store.connection.execute("SELECT name, division_code, kind, portal_id FROM agencies").fetchall()
    assert agencies == [("云山市教育局", "970100", "department", PORTAL.id)]


def test_agencies_of_one_name_in_two_divisions_are_two(store: Store) -> None:
    store.save_report(report("a", agency="民政局"), None, URL, None, at())
    store.save_report(report("b", agency="民政局", division_code="970200"), None, MIRROR, None, at())
    assert store.connection.execute("SELECT count(*) FROM agencies").fetchone() == (2,)


def test_a_division_the_gazetteer_lacks_is_a_row_named_by_its_code(store: Store) -> None:
    store.save_report(report(division_code="970999"), None, URL, None, at())
    row = store.connection.execute("SELECT name, level, province_code FROM divisions WHERE code = '970999'").fetchone()
    assert row == ("970999", "unknown", "970000")


def test_a_report_with_neither_agency_nor_year_is_stored(store: Store, database: Path) -> None:
    lost = report(agency=None, division_code=None, province_code=None, report_year=None, published_on=None, period=None)
    saved = store.save_report(lost, None, URL, None, at())
    with open_corpus(database) as corpus:
        assert corpus.report(saved.report_id) == lost.to_dict()
        assert corpus.status()["totals"]["unplaced"] == 1


def test_the_same_content_at_two_addresses_is_one_report_with_two_sources(store: Store) -> None:
    first = store.save_report(report(), None, URL, PORTAL.id, at())
    second = store.save_report(report(), None, MIRROR, None, at(5))
    assert (first.outcome, second.outcome) == (Outcome.NEW, Outcome.DUPLICATE)
    assert store.connection.execute("SELECT count(*) FROM reports").fetchone() == (1,)
    sources = store.connection.execute("SELECT url FROM report_sources ORDER BY url").fetchall()
    assert sources == [(MIRROR,), (URL,)]


def test_the_same_content_at_the_same_address_only_moves_the_last_sighting(store: Store) -> None:
    store.save_report(report(), None, URL, PORTAL.id, at())
    saved = store.save_report(report(), None, URL, PORTAL.id, at(day=9))
    seen = store.connection.execute("SELECT first_seen_at, last_seen_at FROM report_sources").fetchall()
    assert saved.outcome is Outcome.UNCHANGED
    assert seen == [("2021-03-01T08:00:00Z", "2021-03-09T08:00:00Z")]


def test_an_older_sighting_that_comes_late_does_not_turn_time_back(store: Store) -> None:
    store.save_report(report(), None, URL, None, at(day=9))
    store.save_report(report(), None, URL, None, at(day=1))
    seen = store.connection.execute("SELECT first_seen_at, last_seen_at FROM report_sources").fetchall()
    assert seen == [("2021-03-01T08:00:00Z", "2021-03-09T08:00:00Z")]


def test_a_newer_extractor_writes_the_rows_of_a_known_report_anew(database: Path) -> None:
    with Store.open(database, extractor_version="1") as old:
        old.save_report(report(), None, URL, None, at())
    better = replace(quirky_report(), agency="云山市教育和体育局")
    with Store.open(database, extractor_version="2") as new:
        saved = new.save_report(better, None, URL, None, at(day=2))
        again = new.save_report(better, None, URL, None, at(day=3))
        assert new.connection.execute("SELECT extractor_version FROM reports").fetchall() == [("2",)]
        assert new.connection.execute("PRAGMA foreign_key_check").fetchall() == []
    assert (saved.outcome, saved.reread, again.reread) == (Outcome.UNCHANGED, True, False)
    with open_corpus(database) as corpus:
        assert corpus.report(better.id) == better.to_dict()


def test_a_report_of_an_unknown_portal_leaves_no_trace(store: Store) -> None:
    with pytest.raises(StoreError, match="save the registry first"):
        store.save_report(report(), None, URL, "nowhere", at())
    counts = [
        store.connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
        for table in ("reports", "agencies", "disclosure", "applications", "sections", "report_sources")
    ]
    assert counts == [0] * 6


def test_several_calls_can_be_one_transaction(store: Store) -> None:
    def broken_off() -> None:
        with store.atomic():
            store.save_report(report(), store.save_capture(capture()), URL, PORTAL.id, at())
            raise GovcrawlError("broken off")

    with pytest.raises(GovcrawlError, match="broken off"):
        broken_off()
    assert store.connection.execute("SELECT count(*) FROM captures").fetchone() == (0,)
    assert store.connection.execute("SELECT count(*) FROM reports").fetchone() == (0,)


def test_a_call_that_fails_inside_a_transaction_does_not_leave_half_of_itself(store: Store) -> None:
    with store.atomic():
        store.save_capture(capture())
        with pytest.raises(StoreError):
            store.save_report(report(), None, URL, "nowhere", at())
    assert store.connection.execute("SELECT count(*) FROM captures").fetchone() == (1,)
    assert store.connection.execute("SELECT count(*) FROM reports").fetchone() == (0,)
