"""Writes a draft as a Word document."""

from __future__ import annotations

import re
from io import BytesIO
from itertools import pairwise
from random import Random
from typing import Any

from govcrawl.simulator.report.draft import Draft, Markup, Paragraph, Sheet
from govcrawl.simulator.report.files.containers import repacked
from govcrawl.simulator.report.files.extra import needed
from govcrawl.simulator.report.files.grid import Grid, Slot, grid_of
from govcrawl.simulator.report.files.habits import Habits, draw_habits
from govcrawl.simulator.report.files.numbering import number_headings
from govcrawl.simulator.report.files.table import column_edges

_ITEM = re.compile(r"^\d\.")
_NUMBERED = re.compile(r"^[一二三四五六七八九十]、")


def write_docx(draft: Draft, random: Random) -> bytes:
    """The document; the same draft and seed give the same bytes."""
    document = needed("docx").Document()
    habits = draw_habits(random)
    _prepare(document, draft, habits)
    writer = _Writer(document, habits)
    for block in draft.blocks:
        if isinstance(block, Sheet):
            writer.table(block)
        elif isinstance(block, Paragraph):
            writer.paragraph(block)
        elif isinstance(block, Markup) and block.rows:
            writer.table(block.sheet())
    out = BytesIO()
    document.save(out)
    return repacked(out.getvalue())


def _prepare(document: Any, draft: Draft, habits: Habits) -> None:
    """Page, fonts, properties, page numbers and running head."""
    shared = needed("docx.shared")
    section = document.sections[0]
    section.page_width, section.page_height = shared.Cm(21.0), shared.Cm(29.7)
    section.left_margin = section.right_margin = shared.Cm(habits.margin)
    normal = document.styles["Normal"]
    normal.font.name = "Times New Roman"
    normal.font.size = shared.Pt(habits.body)
    _east_asian(normal.element.get_or_add_rPr(), habits.font)
    core = document.core_properties
    core.author, core.title = draft.agency, draft.page_title
    core.created = core.modified = needed("datetime").datetime(draft.year + 1, 1, 20, 9, 30)
    if habits.running_head:
        section.header.paragraphs[0].text = draft.page_title
    if habits.page_numbers:
        paragraph = section.footer.paragraphs[0]
        paragraph.alignment = 1
        paragraph.add_run("- ")
        _field(paragraph, "PAGE")
        paragraph.add_run(" -")
    if habits.numbered_headings:
        number_headings(document)


def _field(paragraph: Any, code: str) -> None:
    oxml, qn = needed("docx.oxml").OxmlElement, needed("docx.oxml.ns").qn
    for kind in ("begin", None, "end"):
        run = paragraph.add_run()
        if kind is None:
            element = oxml("w:instrText")
            element.text = code
        else:
            element = oxml("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
        run._r.append(element)


def _east_asian(properties: Any, font: str) -> None:
    fonts = properties.get_or_add_rFonts()
    fonts.set(needed("docx.oxml.ns").qn("w:eastAsia"), font)


class _Writer:
    """Appends to the document."""

    def __init__(self, document: Any, habits: Habits) -> None:
        self.document = document
        self.habits = habits
        self.pt = needed("docx.shared").Pt

    def paragraph(self, paragraph: Paragraph) -> None:
        """A paragraph in the manner of its role."""
        habits, text = self.habits, paragraph.text
        style = None
        if paragraph.role == "title" and habits.styles:
            style = "Title"
        elif paragraph.role == "heading" and habits.styles:
            style = "Heading 1"
        numbered = paragraph.role == "heading" and habits.numbered_headings and _NUMBERED.match(text)
        written = self.document.add_paragraph(style="Numbered Heading" if numbered else style)
        title, heading = paragraph.role == "title", paragraph.role == "heading"
        size = habits.body + 6 if title else habits.body
        self._text(written, text.partition("、")[2] if numbered else text, size, bold=title or heading)
        if title:
            written.alignment = 1
        elif paragraph.role in {"signature", "date"}:
            written.alignment = 2
        else:
            written.paragraph_format.first_line_indent = self.pt(habits.body * 2)

    def _text(self, written: Any, text: str, size: float, *, bold: bool = False) -> None:
        """Put text into a paragraph: in one run, or in several as Word leaves them behind."""
        pieces = re.findall(r".{1,7}", text, re.DOTALL) if self.habits.torn_runs else [text]
        for piece in pieces:
            run = written.add_run(piece)
            run.font.size = self.pt(size)
            run.bold = bold or None
            _east_asian(run._r.get_or_add_rPr(), self.habits.font)

    def table(self, sheet: Sheet) -> None:
        """A table with merged cells."""
        if self.habits.page_breaks and sheet.part == "applications":
            self.document.add_page_break()
        grid = grid_of(sheet)
        table = self.document.add_table(rows=grid.rows, cols=grid.columns)
        table.style = "Table Grid"
        if not self.habits.even_columns:
            self._widths(table, grid)
        rows = [row.cells for row in table.rows]
        for slot in grid.slots:
            self._cell(rows, slot)
        if self.habits.header_rows:
            self._repeat_headers(table, grid)
        self.document.add_paragraph("")

    def _cell(self, rows: list[Any], slot: Slot) -> None:
        cell = rows[slot.row][slot.column]
        if slot.rows > 1 or slot.columns > 1:
            cell = cell.merge(rows[slot.row + slot.rows - 1][slot.column + slot.columns - 1])
        cell.vertical_alignment = 1
        text = slot.cell.text
        if slot.cell.role == "group" and slot.rows > 8 and self.habits.vertical_text:
            self._turn(cell)
        if slot.cell.role == "label" and self.habits.numbered_items and _ITEM.match(text):
            written = cell.paragraphs[0]
            written.style = "List Number"
            text = _ITEM.sub("", text)
        paragraphs = text.split("\n") if self.habits.cell_paragraphs else [text]
        for number, part in enumerate(paragraphs):
            written = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
            self._text(written, part, self.habits.table)
            if slot.cell.role not in {"label", "corner", "blank"}:
                written.alignment = 1

    def _widths(self, table: Any, grid: Grid) -> None:
        """Make columns as wide as their text wants them."""
        table.autofit = False
        edges = column_edges(grid, 595 - 2 * self.habits.margin * 28.35, self.habits.table)
        for column, (left, right) in zip(table.columns, pairwise(edges), strict=True):
            column.width = self.pt(right - left)
            for cell in column.cells:
                cell.width = self.pt(right - left)

    def _turn(self, cell: Any) -> None:
        """Let the text run from top to bottom."""
        direction = needed("docx.oxml").OxmlElement("w:textDirection")
        direction.set(needed("docx.oxml.ns").qn("w:val"), "tbRlV")
        cell._tc.get_or_add_tcPr().append(direction)

    def _repeat_headers(self, table: Any, grid: Grid) -> None:
        for row in table.rows[: grid.headers]:
            row._tr.get_or_add_trPr().append(needed("docx.oxml").OxmlElement("w:tblHeader"))
