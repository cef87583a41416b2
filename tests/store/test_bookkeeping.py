from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import date

import pytest

from govcrawl.model import Division, Link, Problem, ProblemKind, Role, StoreError
from govcrawl.store import PortalState, Store
from tests.store.builders import PORTAL, URL, at, capture, report

LINK = Link(URL, "云山市教育局2020年年报", date(2021, 1, 29))
COLUMN = "http://www.yunshan.test/nianbao/"


def test_an_address_never_captured_is_unknown(store: Store) -> None:
    assert store.known(URL) is None


def test_a_known_address_answers_with_its_last_capture(store: Store) -> None:
    store.save_capture(capture(body=b"1"))
    last = store.save_capture(capture(body=b"2", second=5, last_modified="Mon, 01 Mar 2021 08:00:00 GMT"))
    known = store.known(URL)
    assert known is not None
    assert (known.capture_id, known.etag, known.last_modified) == (last, '"1"', "Mon, 01 Mar 2021 08:00:00 GMT")
    assert known.body_sha256 == hashlib.sha256(b"2").hexdigest()
    assert known.checked_at == at(5)
    assert known.report_id is None


def test_a_capture_keeps_its_place_in_the_archive(store: Store) -> None:
    store.save_capture(capture(warc_file="govcrawl-1-00001.warc.gz", warc_offset=381, role=Role.ATTACHMENT))
    row = store.connection.execute("SELECT warc_file, warc_offset, role, fetched_at FROM captures").fetchone()
    assert row == ("govcrawl-1-00001.warc.gz", 381, "attachment", "2021-03-01T08:00:00Z")


def test_a_capture_is_unread_until_its_report_is_stored(store: Store) -> None:
    key = store.save_capture(capture())
    before = store.known(URL)
    store.save_report(report(), key, URL, PORTAL.id, at())
    after = store.known(URL)
    assert before is not None
    assert after is not None
    assert (before.read, before.report_id) == (False, None)
    assert (after.read, after.report_id) == (True, report().id)


def test_captures_cut_off_before_their_reading_are_found_again(store: Store) -> None:
    keys = [store.save_capture(capture(f"{URL}?{n}")) for n in range(1203)]
    for key in keys[:-2]:
        store.mark_read(key, at())
    unread = list(store.unread_captures())
    assert [key for key, _ in unread] == keys[-2:]
    assert unread[0][1].url == f"{URL}?1201"
    assert unread[0][1].fetched_at == at()


def test_a_confirmed_address_remembers_when(store: Store) -> None:
    store.save_capture(capture())
    store.touch_source(URL, at(day=7))
    known = store.known(URL)
    assert known is not None
    assert known.checked_at == at(day=7)


def test_a_new_list_row_is_told_and_the_same_row_is_not(store: Store) -> None:
    told = [store.save_listing(LINK, PORTAL.id, COLUMN, at(day=day)) for day in (1, 2)]
    assert told == [True, False]
    row = store.connection.execute("SELECT title, published_on, first_seen_at, last_seen_at FROM listings").fetchone()
    assert row == (LINK.text, "2021-01-29", "2021-03-01T08:00:00Z", "2021-03-02T08:00:00Z")


@pytest.mark.parametrize("change", [{"text": "另一个题目"}, {"published_on": date(2021, 2, 1)}, {"published_on": None}])
def test_a_changed_list_row_asks_for_a_fetch_until_there_was_one(store: Store, change: dict[str, object]) -> None:
    store.save_listing(LINK, PORTAL.id, COLUMN, at())
    store.save_capture(capture())
    known = store.known(URL)
    assert known is not None
    assert not known.listing_changed

    assert store.save_listing(replace(LINK, **change), PORTAL.id, COLUMN, at(day=2))  # type: ignore[arg-type]
    store.save_listing(replace(LINK, **change), PORTAL.id, COLUMN, at(day=3))  # type: ignore[arg-type]
    known = store.known(URL)
    assert known is not None
    assert known.listing_changed
    assert known.listed_title == change.get("text", LINK.text)

    store.save_capture(capture(body=b"fetched"))
    known = store.known(URL)
    assert known is not None
    assert not known.listing_changed


def test_an_address_confirmed_unchanged_asks_no_longer(store: Store) -> None:
    store.save_listing(LINK, PORTAL.id, COLUMN, at())
    store.save_capture(capture())
    store.save_listing(replace(LINK, text="另"), PORTAL.id, COLUMN, at(day=2))
    store.touch_source(URL, at(day=2))
    known = store.known(URL)
    assert known is not None
    assert not known.listing_changed


def test_an_address_that_sends_on_is_known_by_where_it_leads(store: Store) -> None:
    asked = Link("http://www.yunshan.test/go/1", "云山市教育局2020年年报")
    store.save_listing(asked, PORTAL.id, COLUMN, at())
    last = store.save_capture(capture())
    store.save_listing(replace(asked, text="另"), PORTAL.id, COLUMN, at(day=2))
    assert store.known(asked.url) is None
    store.save_redirect(asked.url, URL, at(day=3))
    known = store.known(asked.url)
    assert known is not None
    assert (known.capture_id, known.listed_title, known.listing_changed) == (last, "另", False)
    store.save_redirect(asked.url, asked.url, at(day=4))
    assert store.known(asked.url) is None


def problem_rows(store: Store) -> list[tuple[object, ...]]:
    return store.connection.execute(
        "SELECT kind, count, first_seen_at, last_seen_at, detail, mended_at FROM problems"
    ).fetchall()


def test_a_problem_met_again_is_counted_not_repeated(store: Store) -> None:
    for day, detail in ((1, "timeout"), (2, "reset")):
        store.save_problem(Problem(URL, ProblemKind.UNREACHABLE, detail, PORTAL.id), at(day=day))
    assert problem_rows(store) == [("unreachable", 2, "2021-03-01T08:00:00Z", "2021-03-02T08:00:00Z", "reset", None)]


def test_a_mended_problem_keeps_its_row_and_opens_again_when_met(store: Store) -> None:
    store.save_problem(Problem(URL, ProblemKind.UNREACHABLE), at())
    assert store.clear_problem(URL, at(day=2)) == 1
    assert store.clear_problem(URL, at(day=3)) == 0
    assert problem_rows(store)[0][-1] == "2021-03-02T08:00:00Z"
    store.save_problem(Problem(URL, ProblemKind.UNREACHABLE), at(day=4))
    assert problem_rows(store)[0][-1] is None


def test_two_kinds_of_problem_at_one_address_are_two(store: Store) -> None:
    for kind in (ProblemKind.BLOCKED, ProblemKind.NO_TABLE):
        store.save_problem(Problem(URL, kind), at())
    assert len(problem_rows(store)) == 2


def test_a_run_is_opened_and_closed(store: Store) -> None:
    run = store.start_run(at(), "crawl", {"provinces": ["gansu"]})
    store.finish_run(run, at(day=2), 0, {"govcrawl/reports/new": 3})
    row = store.connection.execute(
        "SELECT started_at, finished_at, exit_code, arguments, report FROM crawl_runs"
    ).fetchone()
    assert row[:3] == ("2021-03-01T08:00:00Z", "2021-03-02T08:00:00Z", 0)
    assert json.loads(row[3]) == {"provinces": ["gansu"]}
    assert json.loads(row[4]) == {"govcrawl/reports/new": 3}


def test_a_run_that_never_began_cannot_end(store: Store) -> None:
    with pytest.raises(StoreError, match="no run 7"):
        store.finish_run(7, at(), 0, {})


def test_the_registry_written_again_keeps_the_portals_history(store: Store) -> None:
    store.mark_portal(PORTAL.id, PortalState.WORKING, at())
    store.mark_portal(PORTAL.id, PortalState.BLOCKED, at(day=2))
    store.save_portals([replace(PORTAL, name="云山", columns=(COLUMN,))])
    row = store.connection.execute("SELECT name, columns, state, last_success_at FROM portals").fetchone()
    assert row == ("云山", f'["{COLUMN}"]', "blocked", "2021-03-01T08:00:00Z")


def test_a_portal_the_registry_lacks_cannot_be_marked(store: Store) -> None:
    with pytest.raises(StoreError, match="nowhere"):
        store.mark_portal("nowhere", PortalState.WORKING, at())


def test_the_gazetteer_gives_a_division_made_on_demand_its_name(store: Store) -> None:
    store.save_report(report(division_code="970999"), None, URL, None, at())
    store.save_divisions([Division("970999", "远山县", "云岭省远山县", "county", "970000", "970000")])
    row = store.connection.execute("SELECT name, level, parent_code FROM divisions WHERE code = '970999'").fetchone()
    assert row == ("远山县", "county", "970000")


def test_lone_surrogates_are_stored_as_replacement_characters(store: Store) -> None:
    lone = URL + "?\ud800"
    store.save_portals([replace(PORTAL, notes="\udfff")])
    store.save_capture(replace(capture(), url=lone))
    store.save_listing(Link(lone, "年报\ud83d"), PORTAL.id, COLUMN, at())
    store.save_problem(Problem(lone, ProblemKind.EMPTY, "空\udc00", PORTAL.id), at())
    store.touch_source(lone, at(5))
    store.finish_run(store.start_run(at(), "crawl", {"only": ["\ud800"]}), at(1), 0, {"\ud800": 1})
    row = store.connection.execute(
        "SELECT l.url, l.title, p.detail FROM listings l JOIN problems p ON p.url = l.url"
    ).fetchone()
    assert row == (URL + "?\ufffd", "年报\ufffd", "空\ufffd")
    known = store.known(lone)
    assert known is not None
    assert known.checked_at == at(5)
    assert store.clear_problem(lone, at(9)) == 1
