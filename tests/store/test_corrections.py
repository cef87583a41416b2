"""Corrected figures stand beside the printed ones, which nothing changes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from govcrawl.model import Correction, RegistryError
from govcrawl.relating import relate
from govcrawl.relating.corrections import load_corrections
from govcrawl.store import Store
from govcrawl.store.corrections import replace_corrections
from tests.store import builders
from tests.store.builders import URL

TOTAL = "applications/new_received/total"


@pytest.fixture
def report_id(store: Store) -> str:
    report = builders.report(applications={"new_received": {"total": 21, "other_org": 12}})
    store.save_report(report, None, URL, None, builders.at())
    other = builders.report("别文", agency="云山市财政局")
    store.save_report(other, None, f"{URL}?2", None, builders.at())
    return report.id


def correction(report_id: str, where: str, value: float | None) -> Correction:
    return Correction(report_id, where, value, "数字颠倒", "http://www.yunshan.test/gg.html", "某人")


def rows(store: Store, sql: str) -> list[tuple[Any, ...]]:
    return store.connection.execute(sql).fetchall()


def panel(store: Store, name: str) -> dict[str, dict[str, Any]]:
    cursor = store.connection.execute(f"SELECT * FROM {name}")
    names = [column[0] for column in cursor.description]
    return {row[0]: dict(zip(names, row, strict=True)) for row in cursor}


def test_a_correction_is_a_layer_over_the_printed_value(store: Store, report_id: str) -> None:
    replace_corrections(store.connection, [correction(report_id, TOTAL, 12)])
    found = rows(store, 'SELECT report_id, "where", printed, corrected, reviewer FROM corrected_cells')
    assert found == [(report_id, TOTAL, 21, 12, "某人")]
    assert rows(
        store, f"SELECT total FROM applications WHERE report_id = '{report_id}' AND row_code = 'new_received'"
    ) == [(21,)]


def test_the_corrected_panel_differs_from_the_panel_in_the_corrected_cells_alone(store: Store, report_id: str) -> None:
    replace_corrections(
        store.connection,
        [
            correction(report_id, TOTAL, 12),
            correction(report_id, "applications/new_received/commercial_enterprise", 3),
            correction(report_id, "disclosure/rules_made", 1.5),
            correction(report_id, "review_litigation/litigation_direct/upheld", None),
        ],
    )
    before, after = panel(store, "panel"), panel(store, "panel_corrected")
    assert before.keys() == after.keys()
    changed = {
        key: (before[report][key], after[report][key])
        for report in before
        for key in before[report]
        if before[report][key] != after[report][key]
    }
    assert changed == {
        "new_received_total": (21, 12),
        "new_received_commercial_enterprise": (0, 3),
        "new_received_legal_person_total": (12, 15),
        "legal_person_total": (12, 15),
        "rules_made": (0, 1.5),
        "litigation_direct_upheld": (0, None),
    }


def test_without_corrections_both_panels_are_the_same(store: Store, report_id: str) -> None:
    assert panel(store, "panel_corrected") == panel(store, "panel")


def test_corrections_are_written_in_place_of_those_before(store: Store, report_id: str) -> None:
    replace_corrections(store.connection, [correction(report_id, TOTAL, 12)])
    replace_corrections(store.connection, [correction(report_id, "disclosure/rules_made", 2)])
    assert rows(store, 'SELECT "where", corrected FROM corrected_cells') == [("disclosure/rules_made", 2)]


def test_corrections_of_other_reports_and_of_no_cell_are_told_and_not_written(store: Store, report_id: str) -> None:
    lost = correction(report_id, "disclosure/no_such_row", 1)
    written = replace_corrections(store.connection, [lost, correction("0" * 20, TOTAL, 1)])
    assert (written.applied, written.absent, written.lost) == (0, 1, (lost,))
    assert rows(store, "SELECT count(*) FROM corrections") == [(0,)]


def test_relating_brings_the_reviewed_file_into_the_corpus(store: Store, report_id: str) -> None:
    with store.atomic() as connection:
        replace_corrections(connection, [correction(report_id, TOTAL, 12)])
    told = relate(store).to_dict()["corrections"]
    assert told == {"applied": 0, "of_other_reports": len(load_corrections()), "without_a_cell": 0}
    assert rows(store, "SELECT count(*) FROM corrections") == [(0,)]


GOOD = {
    "report": '"89287d858b448173f713"',
    "cell": f'"{TOTAL}"',
    "value": "12",
    "reason": '"why"',
    "evidence": '"https://www.yunshan.test/gg.html"',
    "reviewer": '"某人"',
}


def write(path: Path, *entries: dict[str, str]) -> Path:
    lines = ["[[correction]]\n" + "".join(f"{key} = {value}\n" for key, value in entry.items()) for entry in entries]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_a_file_of_corrections_is_read(tmp_path: Path) -> None:
    blank = {key: value for key, value in GOOD.items() if key != "value"} | {"blank": "true", "cell": '"statistics/x"'}
    one, other = load_corrections(write(tmp_path / "c.toml", GOOD, blank))
    assert (one.report_id, one.where, one.value) == ("89287d858b448173f713", TOTAL, 12)
    assert (other.where, other.value) == ("statistics/x", None)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"reason": '""'}, "no reason"),
        ({"report": '"yunshan"'}, "no id of a report"),
        ({"cell": '"title"'}, "names no cell"),
        ({"evidence": '"a book"'}, "is no address"),
        ({"value": '"12"'}, "a number as `value`"),
        ({"blank": "true"}, "a number as `value`"),
        ({"colour": '"red"'}, "colour"),
    ],
)
def test_a_correction_that_says_too_little_is_refused(tmp_path: Path, change: dict[str, str], told: str) -> None:
    with pytest.raises(RegistryError, match=told):
        load_corrections(write(tmp_path / "c.toml", GOOD | change))


def test_a_cell_is_corrected_once(tmp_path: Path) -> None:
    with pytest.raises(RegistryError, match="corrected twice"):
        load_corrections(write(tmp_path / "c.toml", GOOD, GOOD))
