"""Every label that a form prints has an English one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from govcrawl.forms.english import english, english_text
from govcrawl.forms.printed import CellKind, PrintedCell, PrintedTable, print_table
from govcrawl.forms.schema import Part, load_forms
from govcrawl.lookups import load_lookup

PRINTED = [print_table(table, {row.code for row in table.rows}) for form in load_forms() for table in form.tables]


def labels(table: PrintedTable) -> Iterator[PrintedCell]:
    for line in (*table.head, *table.body):
        yield from (cell for cell in line if cell.text and cell.kind not in {CellKind.VALUE, CellKind.BLANK})


@pytest.mark.parametrize("table", PRINTED, ids=lambda table: table.id)
def test_every_label_of_every_form_is_known_in_english(table: PrintedTable) -> None:
    assert [label.text for label in labels(table) if not english(table.part, label)] == []
    assert table.title == "" or english_text(table.title)


def test_a_label_is_known_by_its_code_in_its_part() -> None:
    other = PrintedCell(CellKind.COLUMN, "其他", "other_org")
    assert english(Part.APPLICATIONS, other) == "other organisations"
    assert english(Part.DISCLOSURE, PrintedCell(CellKind.ROW, "规章", "rules")) == "Government rules"


def test_a_figure_has_no_english() -> None:
    assert english(Part.DISCLOSURE, PrintedCell(CellKind.VALUE, code="made")) == ""


def test_no_english_label_is_left_over() -> None:
    printed = {label.text for table in PRINTED for label in labels(table)} | {table.title for table in PRINTED}
    assert set(load_lookup("printed")["english"]) <= printed
