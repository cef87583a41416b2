from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govcrawl.documents import Limits
from govcrawl.documents.grids import MAX_WIDTH, Budget, Expanded, Row, Spanned, expand, span
from govcrawl.model import DocumentError, GridCell, ProblemKind


def cell(text: str, rows: int = 1, columns: int = 1) -> GridCell | Spanned:
    return GridCell(text) if rows == columns == 1 else Spanned(GridCell(text), rows, columns)


def laid(*groups: list[list[GridCell | Spanned]]) -> Expanded:
    return expand(groups, Budget(Limits()))


def printed(expanded: Expanded) -> list[str]:
    """Rows as strings: an origin in capitals as given, a repeat in lower case, a gap as a dot."""
    return ["".join(c.text if c.origin else (c.text.lower() or ".") for c in row) for row in expanded.rows]


def test_a_plain_table_is_itself() -> None:
    assert printed(laid([[cell("A"), cell("B")], [cell("C")]])) == ["AB", "C"]


def test_colspan_and_rowspan_repeat_the_cell() -> None:
    assert printed(laid([[cell("A", 2, 2), cell("B")], [cell("C")]])) == ["AAB".replace("AA", "Aa"), "aaC"]


def test_a_row_covered_to_its_end_is_filled_with_repeats() -> None:
    assert printed(laid([[cell("A"), cell("B", 2)], [cell("C")]])) == ["AB", "Cb"]


def test_a_missing_cell_beside_a_rowspan_is_a_gap() -> None:
    assert printed(laid([[cell("A"), cell("X"), cell("B", 2)], [cell("C")]])) == ["AXB", "C.b"]


def test_rowspan_zero_reaches_the_end_of_its_group() -> None:
    assert printed(laid([[cell("A", 0), cell("B")], [cell("C")], [cell("D")]])) == ["AB", "aC", "aD"]


def test_rowspans_do_not_leave_their_group() -> None:
    expanded = laid([[cell("A", 5), cell("B")]], [[cell("C"), cell("D")]])
    assert printed(expanded) == ["AB", "CD"]
    assert expanded.clamped


def test_overlapping_spans_keep_the_earlier_cell_and_lose_none() -> None:
    expanded = laid([[cell("A"), cell("B", 2)], [cell("C", 1, 3)], [cell("D")]])
    assert printed(expanded) == ["AB", "Cbc", "D"]


def test_a_rowspan_of_a_hundred_thousand_ends_with_the_table() -> None:
    expanded = laid([[cell("A", 100_000), cell("B")], [cell("C")]])
    assert printed(expanded) == ["AB", "aC"]
    assert expanded.clamped


def test_a_colspan_of_a_million_is_as_wide_as_the_other_rows() -> None:
    expanded = laid([[cell("A", 1, 1_000_000)], [cell("B"), cell("C"), cell("D")]])
    assert printed(expanded) == ["Aaa", "BCD"]
    assert expanded.clamped


def test_no_cell_is_lost_to_the_widest_grid() -> None:
    assert len(laid([[cell("A") for _ in range(MAX_WIDTH * 3)]]).rows[0]) == MAX_WIDTH * 3


def test_rows_in_which_no_cell_begins_are_left_out() -> None:
    assert printed(laid([[cell("A", 3)], [], []])) == ["A"]


def test_more_cells_than_the_limit_are_refused() -> None:
    rows: list[Row] = [[cell("A", 0, 60)], *([cell("B")] for _ in range(10_000))]
    with pytest.raises(DocumentError) as caught:
        expand([rows], Budget(Limits(cells=100_000)))
    assert caught.value.kind is ProblemKind.TOO_LARGE


@pytest.mark.parametrize(
    ("text", "number"),
    [
        (None, 1),
        ("", 1),
        ("2", 2),
        (" 3 ", 3),
        ("0", 0),
        ("-2", 1),
        ("2.5", 2),
        ("4px", 4),
        ("x", 1),
        ("9" * 5000, 999_999_999),
    ],
)
def test_spans_are_read_as_browsers_read_them(text: str | None, number: int) -> None:
    assert span(text) == number


spans = st.one_of(st.integers(0, 6), st.sampled_from([65, 1000, 10**6]))
shapes = st.lists(st.lists(st.lists(st.tuples(spans, spans), max_size=6), max_size=6), max_size=3)


@given(shapes)
def test_every_cell_begins_in_exactly_one_slot_and_in_order(shape: list[list[list[tuple[int, int]]]]) -> None:
    number = 0
    groups: list[list[list[GridCell | Spanned]]] = []
    for group in shape:
        groups.append([])
        for row in group:
            groups[-1].append([])
            for rows, columns in row:
                groups[-1][-1].append(Spanned(GridCell(str(number)), rows, columns))
                number += 1
    expanded = expand(groups, Budget(Limits()))
    origins = [c.text for row in expanded.rows for c in row if c.origin]
    assert origins == [str(n) for n in range(number)]
    assert all(len(row) <= MAX_WIDTH + 7 for row in expanded.rows)
