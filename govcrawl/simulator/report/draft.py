"""A report on its way to paper: sheets and paragraphs that quirks may still change, each cell with its truth."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from random import Random
from typing import Any

from govcrawl.forms.schema import Form
from govcrawl.model import Number
from govcrawl.simulator.figures import Figures

PART_CHARS = "一二三四五六七八九十"


@dataclass(slots=True)
class Cell:
    """A printed cell. `where` and `value` say what a perfect reader must make of it."""

    text: str = ""
    role: str = "value"
    """`title`, `stub`, `header`, `corner`, `group`, `label`, `value` or `blank`."""
    rowspan: int = 1
    colspan: int = 1
    code: str = ""
    """The code of the table, group, row or column it names; of the column for a value."""
    where: str | None = None
    value: Number | None = None
    unit: str | None = None
    extra: tuple[str, str, str] | None = None
    """Table, row and column labels, for a value that has no place on the official form."""
    attributes: str = ""
    """Further HTML attributes, or wrong spans that hide the right ones."""
    children: str = ""
    """HTML put in the cell instead of its text."""

    def show(self, text: str, value: Number | None, unit: str | None = None) -> None:
        """Print `text` where a perfect reader reads `value`."""
        self.text, self.value = text, value
        self.unit = unit or self.unit


@dataclass(slots=True)
class Line:
    """A printed table row."""

    kind: str
    """`title`, `header`, `row`, `group`, `extra` or `blank`."""
    cells: list[Cell]
    table: str = ""
    """Id of the (sub-)table it belongs to."""
    code: str = ""
    """Code of the form's row."""
    attributes: str = ""
    ghost: bool = False
    """A line no reader may count: a hidden duplicate."""

    def values(self) -> list[Cell]:
        return [cell for cell in self.cells if cell.role == "value"]


@dataclass(slots=True)
class Sheet:
    """A printed table: one `<table>`."""

    part: str
    lines: list[Line]
    attributes: str = ""
    before: str = ""
    """Raw HTML right before the table (an unclosed layout table)."""
    after: str = ""
    head: str = ""
    """Raw HTML right inside the table (a caption)."""

    def line(self, table: str, code: str) -> Line:
        """The line of a row of the form."""
        return next(line for line in self.lines if line.table == table and line.code == code and line.kind == "row")

    def row_lines(self, table: str | None = None) -> list[Line]:
        return [line for line in self.lines if line.kind == "row" and table in {None, line.table}]


@dataclass(slots=True)
class Paragraph:
    """A paragraph of prose. `role`: `title`, `preface`, `heading`, `body`, `signature`, `date`, `noise`."""

    text: str
    role: str = "body"
    number: int | None = None
    """Of a heading: the form's section."""


@dataclass(slots=True)
class Markup:
    """Something printed as it is."""

    html: str
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    """The cells, where it is a plain table."""

    def sheet(self) -> Sheet:
        """Its rows as a printed table."""
        return Sheet("", [Line("extra", [Cell(text, "blank") for text in row]) for row in self.rows])


Block = Sheet | Paragraph | Markup


@dataclass(slots=True)
class Style:
    """How the HTML is written."""

    paragraphs: str = "plain"
    """`plain`, `word`, `wps`, `div`, `breaks`."""
    header_tag: str = "td"
    header_in_thead: bool = False
    close_cells: bool = True
    upper_tags: bool = False
    charset: str = "utf-8"
    declared: str = "utf-8"
    header_charset: str | None = None
    bom: bool = False


@dataclass(slots=True)
class Draft:
    """Everything a quirk may change."""

    agency: str
    short_agency: str
    year: int
    form: Form
    figures: Figures
    random: Random
    published_on: date
    page_title: str
    blocks: list[Block] = field(default_factory=list)
    style: Style = field(default_factory=Style)
    shape: str = "html"
    metadata: dict[str, str] = field(default_factory=dict)
    rewrites: list[Callable[[str], str]] = field(default_factory=list)
    """Changes of the finished text or markup."""
    findings: set[str] = field(default_factory=set)
    """Finding codes a perfect reader must give."""
    truth: dict[str, Any] = field(default_factory=dict)
    """Expectations that differ from what the draft itself says."""
    forget: set[str] = field(default_factory=set)
    """Keys of the truth about which nothing is claimed."""

    def sheets(self, part: str | None = None) -> Iterator[Sheet]:
        for block in self.blocks:
            if isinstance(block, Sheet) and part in {None, block.part}:
                yield block

    def sheet(self, part: str) -> Sheet:
        """The first sheet of a part."""
        return next(self.sheets(part))

    def paragraphs(self, role: str | None = None) -> Iterator[Paragraph]:
        for block in self.blocks:
            if isinstance(block, Paragraph) and role in {None, block.role}:
                yield block

    def heading(self, number: int) -> Paragraph:
        """The heading of a section of the form."""
        return next(paragraph for paragraph in self.paragraphs("heading") if paragraph.number == number)

    def cells(self, role: str | None = None) -> Iterator[Cell]:
        for sheet in self.sheets():
            for line in sheet.lines:
                for cell in line.cells:
                    if role in {None, cell.role}:
                        yield cell

    def values(self, *, code: str | None = None, part: str | None = None) -> Iterator[Cell]:
        """The official value cells, of one column code or of one part."""
        for sheet in self.sheets(part):
            for line in sheet.lines:
                for cell in line.values():
                    if cell.where and not line.ghost and code in {None, cell.code}:
                        yield cell

    def labels(self, code: str) -> list[Cell]:
        """The label cells (row, column, group, table title) of a code."""
        return [cell for cell in self.cells() if cell.role not in {"value", "blank"} and cell.code == code]

    def position(self, block: Block) -> int:
        return next(index for index, other in enumerate(self.blocks) if other is block)

    def drop(self, block: Block) -> None:
        del self.blocks[self.position(block)]
