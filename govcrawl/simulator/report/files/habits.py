"""What differs from one office document to the next and means nothing, drawn from a seed."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random


@dataclass(frozen=True, slots=True)
class Habits:
    """A typist's habits in Word."""

    font: str
    body: float
    table: float
    margin: float
    """In centimetres."""
    styles: bool
    """Titles and headings are set by styles, not by bold type."""
    numbered_headings: bool
    """一、 is made by the program, not typed."""
    numbered_items: bool
    """1. in a label is made by the program, not typed."""
    torn_runs: bool
    vertical_text: bool
    cell_paragraphs: bool
    """Lines of a cell are paragraphs, not lines of one."""
    header_rows: bool
    page_breaks: bool
    even_columns: bool
    page_numbers: bool
    running_head: bool


def draw_habits(random: Random) -> Habits:
    """Draw a typist's habits."""
    body = random.choice((16.0, 16.0, 15.0, 14.0, 12.0))
    return Habits(
        font=random.choice(("仿宋_GB2312", "宋体", "方正仿宋_GBK", "Noto Serif CJK SC", "Noto Sans CJK SC")),
        body=body,
        table=random.choice((9.0, 10.5, 10.5, 12.0)),
        margin=random.choice((2.6, 2.8, 3.17, 2.0)),
        styles=random.random() < 0.35,
        numbered_headings=random.random() < 0.08,
        numbered_items=random.random() < 0.06,
        torn_runs=random.random() < 0.5,
        vertical_text=random.random() < 0.3,
        cell_paragraphs=random.random() < 0.5,
        header_rows=random.random() < 0.3,
        page_breaks=random.random() < 0.3,
        even_columns=random.random() < 0.25,
        page_numbers=random.random() < 0.7,
        running_head=random.random() < 0.2,
    )


@dataclass(frozen=True, slots=True)
class BookHabits:
    """A typist's habits in a spreadsheet."""

    sheets: str
    """`one`, `parts` (one a table) or `subtables` (one a sub-table of part two)."""
    texts: bool
    """Numbers are typed as text."""
    bare_tables: bool
    """No prose at all but the title."""
    named: bool
    """Sheets are named after their content, not Sheet1."""
    offset: int
    """Empty rows and columns before everything."""
    empty_sheet: bool
    """An empty sheet is left at the end."""


def draw_book_habits(random: Random) -> BookHabits:
    """Draw a typist's habits."""
    return BookHabits(
        sheets=random.choice(("one", "one", "parts", "subtables")),
        texts=random.random() < 0.4,
        bare_tables=False,
        named=random.random() < 0.6,
        offset=random.choice((0, 0, 0, 1, 2)),
        empty_sheet=random.random() < 0.3,
    )
