"""Ruled tables come out of lines, however they were drawn."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import suppress
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govcrawl.documents import Limits
from govcrawl.documents.layout import Lattice, Rule, lattices
from govcrawl.model import DocumentError, ProblemKind

from .drawn import across, box, down

Span = tuple[int, int, int, int]


def spans(lattice: Lattice) -> list[Span]:
    return [cell[1:] for cell in lattice.cells]


def only(rules: list[Rule]) -> Lattice:
    (lattice,) = lattices(rules)
    return lattice


GRID = [*(across(y, 100, 300) for y in (50, 70, 90)), *(down(x, 50, 90) for x in (100, 200, 300))]
FOUR = [(0, 0, 1, 1), (0, 1, 1, 1), (1, 0, 1, 1), (1, 1, 1, 1)]


def test_crossing_lines_are_a_table() -> None:
    lattice = only(GRID)
    assert spans(lattice) == FOUR
    assert lattice.box == (100, 50, 300, 90)
    assert lattice.cells[3].box == (200, 70, 300, 90)


def test_a_line_printed_as_a_thin_box_is_one_line() -> None:
    thin = [side for rule in GRID for side in box(rule.x0 - 0.25, rule.top - 0.25, rule.x1 + 0.25, rule.bottom + 0.25)]
    assert spans(only(thin)) == FOUR


def test_backgrounds_of_cells_are_a_table() -> None:
    cells = [side for x in (100, 200) for y in (50, 70) for side in box(x + 0.4, y + 0.4, x + 99.6, y + 19.6)]
    assert spans(only(cells)) == FOUR


def test_double_lines_are_one() -> None:
    assert spans(only([*GRID, *box(98, 48, 302, 92)])) == FOUR


def test_dashes_are_a_line() -> None:
    dashes = [across(y, x, x + 3) for y in (50, 70, 90) for x in range(100, 300, 6)]
    assert spans(only([*dashes, *(down(x, 50, 90) for x in (100, 200, 300))])) == FOUR


def test_lines_may_be_short_of_each_other_or_too_long() -> None:
    rules = [*(across(y, 102, 298) for y in (50, 70, 90)), *(down(x, 48, 92) for x in (100, 200, 300))]
    assert spans(only(rules)) == FOUR


def test_open_sides_are_closed() -> None:
    rules = [*(across(y, 100, 300) for y in (50, 70, 90)), down(200, 50, 90)]
    assert spans(only(rules)) == FOUR


def test_cells_without_a_line_between_them_are_one() -> None:
    rules = [*box(100, 50, 300, 110), across(70, 100, 300), across(90, 200, 300), down(200, 70, 110)]
    assert spans(only(rules)) == [(0, 0, 1, 2), (1, 0, 2, 1), (1, 1, 1, 1), (2, 1, 1, 1)]


def test_tables_right_below_each_other_are_one_with_the_columns_of_both() -> None:
    rules = [*box(100, 50, 400, 90), across(70, 100, 400), down(200, 50, 70), down(300, 50, 70), down(250, 70, 90)]
    assert spans(only(rules)) == [(0, 0, 1, 1), (0, 1, 1, 2), (0, 3, 1, 1), (1, 0, 1, 2), (1, 2, 1, 2)]


def test_tables_apart_are_two() -> None:
    below = [Rule(x0, top + 200, x1, bottom + 200) for x0, top, x1, bottom in GRID]
    assert [lattice.box.top for lattice in lattices([*below, *GRID])] == [50, 250]


def test_lines_that_cross_none_are_no_table() -> None:
    assert lattices([across(50, 100, 400), across(400, 100, 160), down(500, 300, 700)]) == []


def test_a_frame_is_a_single_column() -> None:
    lattice = only([*box(50, 50, 550, 800), across(400, 50, 550)])
    assert lattice.single_column
    assert not only(GRID).single_column


def test_what_is_no_rectangle_is_cut_into_few() -> None:
    missing = [
        *box(100, 50, 300, 110),
        across(70, 200, 300),
        across(90, 200, 300),
        down(200, 50, 70),
        down(200, 90, 110),
    ]
    assert spans(only(missing)) == [(0, 0, 3, 1), (0, 1, 1, 1), (1, 1, 1, 1), (2, 1, 1, 1)]


def test_slanting_lines_and_dots_are_nothing() -> None:
    assert lattices([Rule(0, 0, 100, 80), Rule(5, 5, 5, 5), *GRID])[0].xs == (100, 200, 300)


def test_too_many_lines_are_refused() -> None:
    with pytest.raises(DocumentError) as error:
        lattices(GRID, limits=Limits(rules=5))
    assert error.value.kind is ProblemKind.TOO_LARGE


def test_too_many_cells_are_refused() -> None:
    with pytest.raises(DocumentError) as error:
        lattices(GRID, limits=Limits(cells=3))
    assert error.value.kind is ProblemKind.TOO_LARGE


@pytest.mark.slow
@pytest.mark.parametrize(
    "rules",
    [
        [across(number / 50, 0, 500) for number in range(25_000)]
        + [down(number / 50, 0, 500) for number in range(25_000)],
        [across(number * 4.0, 0, 99_000) for number in range(25_000)]
        + [down(number * 4.0, 0, 99_000) for number in range(25_000)],
        [across(number * 4.0, 0, 500) for number in range(25_000)]
        + [down(100, number * 12.0, number * 12.0 + 6) for number in range(25_000)],
        [side for number in range(12_500) for side in box(number * 8.0, 0, number * 8.0 + 7, 90_000)],
    ],
    ids=["dense", "wide", "broken", "side by side"],
)
def test_fifty_thousand_lines_take_bounded_time(rules: list[Rule]) -> None:
    started = time.process_time()
    with suppress(DocumentError):
        lattices(rules)
    assert time.process_time() - started < 8


@st.composite
def partitions(draw: st.DrawFn) -> tuple[int, int, list[Span]]:
    """A grid cut into rectangles at random: every line of the grid is the side of some."""
    rows, columns = draw(st.integers(2, 7)), draw(st.integers(2, 7))
    free = {(row, column) for row in range(rows) for column in range(columns)}
    found: list[Span] = []
    while free:
        row, column = min(free)
        wide = 1
        while (row, column + wide) in free and wide < 4 and draw(st.booleans()):
            wide += 1
        tall = 1
        while all((row + tall, column + n) in free for n in range(wide)) and tall < 4 and draw(st.booleans()):
            tall += 1
        free -= {(row + n, column + m) for n in range(tall) for m in range(wide)}
        found.append((row, column, tall, wide))
    return rows, columns, found


def drawn(found: list[Span], draw: st.DataObject) -> Iterator[Rule]:
    jitter = st.floats(-0.7, 0.7)
    style = draw.draw(st.sampled_from(["lines", "boxes", "doubled"]))
    for row, column, tall, wide in found:
        x0, y0, x1, y1 = column * 30.0, row * 16.0, (column + wide) * 30.0, (row + tall) * 16.0
        moved = [value + draw.draw(jitter) for value in (x0, y0, x1, y1)]
        sides = box(*moved)
        if style == "boxes":
            sides = [side for s in sides for side in box(s.x0 - 0.25, s.top - 0.25, s.x1 + 0.25, s.bottom + 0.25)]
        yield from sides
        if style == "doubled":
            yield from box(moved[0] + 0.5, moved[1] + 0.5, moved[2] - 0.5, moved[3] - 0.5)


def canonical(found: list[Span]) -> list[Span]:
    """The spans on a grid without lines that bound no cell."""
    ys = sorted({row for row, _, tall, _ in found} | {row + tall for row, _, tall, _ in found})
    xs = sorted({column for _, column, _, wide in found} | {column + wide for _, column, _, wide in found})
    return sorted(
        (
            ys.index(row),
            xs.index(column),
            ys.index(row + tall) - ys.index(row),
            xs.index(column + wide) - xs.index(column),
        )
        for row, column, tall, wide in found
    )


@settings(max_examples=60, deadline=None)
@given(partitions(), st.data())
def test_any_partition_comes_back_with_its_spans(partition: tuple[int, int, list[Span]], data: st.DataObject) -> None:
    _, _, found = partition
    expected = canonical(found)
    if not any(wide < max(c + w for _, c, _, w in expected) for _, _, _, wide in expected):
        return
    lattice = only(list(drawn(found, data)))
    assert spans(lattice) == expected
    assert all(second - first > 10 for first, second in pairwise(lattice.ys))
