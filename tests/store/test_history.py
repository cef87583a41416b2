"""Versions of reports in the database, and the bodies that show them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from govcrawl.model import Figure, Link
from govcrawl.relating.versions import relate_versions
from govcrawl.store import Store
from tests.store import builders
from tests.store.builders import URL, at, capture, report

EDITED = {"disclosure": {"rules_made": 1}}


def keep(store: Store, text: str, day: int, *, url: str = URL, listed: str | None = None, **fields: object) -> str:
    """A report seen on a day, with an archived body of its own. Gives its id."""
    link = Link(url, "年报", date.fromisoformat(listed)) if listed else None
    fetched = replace(
        capture(url, text.encode()), fetched_at=at(day=day), warc_file="night.warc.gz", warc_offset=day, link=link
    )
    made = report(text, **fields)  # type: ignore[arg-type]
    store.save_report(made, store.save_capture(fetched), url, None, at(day=day))
    return made.id


def relate(store: Store) -> dict[str, int]:
    with store.atomic():
        return dict(relate_versions(store))


def test_each_changed_cell_is_kept_with_both_values_and_when_each_was_seen(store: Store) -> None:
    old = keep(store, "甲", 1)
    keep(store, "甲", 2)
    new = keep(store, "甲。", 3, **EDITED)
    relate(store)
    rows = store.connection.execute("""SELECT * FROM report_changes WHERE "where" NOT LIKE 'sections/%'""").fetchall()
    seen = [f"2021-03-0{day}T08:00:00Z" for day in (1, 2, 3, 3)]
    assert rows == [(new, old, "disclosure/rules_made", 0, 1, "0", "1", *seen)]


def test_a_version_tells_how_much_changed_and_whether_it_was_said(store: Store) -> None:
    old, new = keep(store, "甲", 1), keep(store, "乙", 2, **EDITED)
    assert relate(store) == {"versions": 1, "silent": 1, "changes": 2}
    assert store.connection.execute("SELECT * FROM report_versions").fetchall() == [
        (new, old, "same", URL, URL, 1, 1, 1)
    ]


def test_the_day_of_the_list_row_tells_of_a_change(store: Store) -> None:
    keep(store, "甲", 1, listed="2021-01-29")
    keep(store, "乙", 2, listed="2021-03-02")
    assert relate(store)["silent"] == 0


def test_both_bodies_of_a_change_can_be_shown(store: Store) -> None:
    keep(store, "甲", 1)
    keep(store, "乙", 2)
    relate(store)
    [row] = store.connection.execute("SELECT old_warc_file, old_warc_offset, new_warc_offset FROM edits").fetchall()
    assert row == ("night.warc.gz", 1, 2)


def test_a_body_that_was_fetched_again_is_shown_where_it_first_lies(store: Store) -> None:
    keep(store, "甲", 1)
    keep(store, "甲", 2)
    keep(store, "乙", 3)
    relate(store)
    assert store.connection.execute("SELECT old_warc_offset FROM edits").fetchall() == [(1,)]


def test_figures_in_all_parts_are_compared(store: Store) -> None:
    keep(store, "甲", 1)
    other = builders.quirky_report()
    store.save_report(replace(other, published_on=date(2021, 3, 2)), None, URL, None, at(day=2))
    relate(store)
    changed = dict(store.connection.execute('SELECT "where", new_raw FROM report_changes'))
    assert changed["applications/new_received/natural_person"] == "１０"
    assert changed["disclosure/licensing_items_change"] == "+23"
    assert changed["statistics/t14_fees_10k_yuan"] == "0.50"
    assert "published_on" in changed
    extra = "extra_cells/20_5/行政检查/处理决定数量"
    assert store.connection.execute('SELECT old, new FROM report_changes WHERE "where" = ?', (extra,)).fetchone() == (
        None,
        0,
    )


def test_relating_again_gives_the_same_rows(store: Store) -> None:
    keep(store, "甲", 1)
    keep(store, "乙", 2, **EDITED)
    relate(store)
    once = store.connection.execute("SELECT * FROM report_changes").fetchall()
    relate(store)
    assert store.connection.execute("SELECT * FROM report_changes").fetchall() == once


def test_a_report_that_vanished_is_there_with_the_day_it_was_last_seen(store: Store) -> None:
    key = keep(store, "甲", 1)
    store.connection.execute("UPDATE report_sources SET vanished_at = '2021-03-05T08:00:00Z', vanished = 'page'")
    rows = store.connection.execute(
        "SELECT report_id, last_seen_at, still_elsewhere, warc_offset FROM vanished_reports"
    )
    assert rows.fetchall() == [(key, "2021-03-01T08:00:00Z", 0, 1)]


def test_another_unit_is_a_change(store: Store) -> None:
    first, second = ({"rules_made": Figure(5, "5", unit)} for unit in ("元", "万元"))
    for day, cells in ((1, first), (2, second)):
        made = replace(report(f"{day}"), disclosure=cells)
        store.save_report(made, None, URL, None, at(day=day))
    relate(store)
    told = store.connection.execute(
        """SELECT old, new FROM report_changes WHERE "where" = 'disclosure/rules_made/unit'"""
    )
    assert told.fetchall() == [("元", "万元")]
