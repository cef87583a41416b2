"""A stored report made ready to be shown."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from govcrawl.forms.schema import Part
from govcrawl.site.reports.checks import contradictions, is_sum
from govcrawl.site.reports.order import blocks
from govcrawl.site.reports.tables import Figure, Mark, Sheet, mark_of, printed_tables
from govcrawl.store.asking.proofs import Proof
from govcrawl.store.asking.report import Cell

SUM = "total = natural_person + … + other_org"


def proof(where: str, check: str = "row_sum", *, holds: bool = False, severity: str = "error", **more: Any) -> Proof:
    verdict = "supports" if holds else "contradicts"
    made = Proof(where, check, verdict, severity, 3, 2, "", (), (), "", None, SUM)
    return replace(made, **more)


def figure(*proofs: Proof) -> Figure:
    return Figure(Cell(proofs[0].where, 2), proofs=proofs)


@pytest.mark.parametrize(
    ("severities", "mark"),
    [
        ([], Mark.NONE),
        ([("info", True)], Mark.PROVEN),
        ([("info", True), ("info", False)], Mark.UNUSUAL),
        ([("info", False), ("warning", False)], Mark.DOUBTED),
        ([("warning", False), ("error", False), ("info", True)], Mark.BROKEN),
    ],
)
def test_the_gravest_check_marks_a_figure(severities: list[tuple[str, bool]], mark: Mark) -> None:
    assert mark_of([proof("a/b/c", severity=severity, holds=holds) for severity, holds in severities]) is mark


def test_a_failing_sum_is_told_once_by_its_total() -> None:
    cells = [f"applications/granted/{code}" for code in ("natural_person", "total", "other_org")]
    (told,) = contradictions(figure(proof(where)) for where in cells)
    assert (told.figure.cell.where, told.cells) == ("applications/granted/total", 3)


def test_the_same_sum_of_two_rows_is_told_twice() -> None:
    found = contradictions(figure(proof(f"applications/{row}/total")) for row in ("granted", "new_received"))
    assert len(found) == 2


def test_the_gravest_contradiction_is_told_first() -> None:
    mild = proof("applications/granted/total", "narrative", severity="warning", sentence="…")
    found = contradictions([figure(mild), figure(proof("applications/new_received/total"))])
    assert [each.proof.check for each in found] == ["row_sum", "narrative"]


def test_sums_are_told_from_comparisons() -> None:
    assert is_sum("balance")
    assert is_sum("channel_sum")
    assert not is_sum("narrative")


def test_a_form_is_shown_whole_where_a_table_was_not_read() -> None:
    assert [table.id for table, _ in printed_tables("form2021", {"20_1": "form2021"})] == [
        *("20_1", "20_5", "20_6", "20_8"),
        *("applications", "review_litigation"),
    ]


def test_a_hybrid_shows_what_was_read_in_printed_order() -> None:
    read = {"applications": "form2019", "20_8": "form2021", "20_1": "form2019"}
    found = printed_tables("hybrid", read)
    assert [(table.id, form) for table, form in found] == [
        ("20_1", "form2019"),
        ("20_8", "form2021"),
        ("applications", "form2019"),
    ]


@pytest.mark.parametrize("form", ["prose", "none", "unheard of"])
def test_a_report_without_tables_shows_none(form: str) -> None:
    assert printed_tables(form, {}) == []


def test_tables_stand_behind_the_prose_of_their_section() -> None:
    sections = [{"number": number} for number in (1, 2, 3, 4, 5)]
    sheets = [Sheet(part, ()) for part in (Part.DISCLOSURE, Part.APPLICATIONS, Part.REVIEW_LITIGATION)]
    found = blocks(sheets, sections)
    assert [[sheet.part for sheet in block.sheets] for block in found] == [
        [],
        [Part.DISCLOSURE],
        [Part.APPLICATIONS],
        [Part.REVIEW_LITIGATION],
        [],
    ]


def test_tables_without_a_section_come_last() -> None:
    found = blocks([Sheet(Part.STATISTICS, ()), Sheet(Part.APPLICATIONS, ())], [{"number": None}, {"number": 1}])
    assert found[-1].section is None
    assert [sheet.part for sheet in found[-1].sheets] == [Part.STATISTICS, Part.APPLICATIONS]
    assert blocks([], []) == []
