"""Puts a draft on paper: pages of placed text and lines, as a word processor would print them."""

from __future__ import annotations

from govcrawl.simulator.report.draft import Draft, Markup, Paragraph, Sheet
from govcrawl.simulator.report.files.grid import condensed, grid_of
from govcrawl.simulator.report.files.look import A4, Look
from govcrawl.simulator.report.files.page import Measure, Page, Run
from govcrawl.simulator.report.files.pieces import Printed, print_piece
from govcrawl.simulator.report.files.table import cut, lay_table
from govcrawl.simulator.report.files.wrapping import balanced, wrap

_ASCENT = 0.86


def print_pages(draft: Draft, look: Look, measure: Measure) -> list[Page]:
    """The pages of a draft.

    Raises:
        ValueError: the draft holds what only markup can.
    """
    press = _Press(look, measure)
    press.turn()
    for block in draft.blocks:
        if isinstance(block, Sheet):
            press.table(block)
        elif isinstance(block, Paragraph):
            press.paragraph(block)
        elif isinstance(block, Markup) and block.rows:
            press.table(block.sheet())
    _head_and_foot(press.pages, draft, look, measure)
    return press.pages


class _Press:
    """The page being filled, and where on it."""

    def __init__(self, look: Look, measure: Measure) -> None:
        self.look = look
        self.measure = measure
        self.pages: list[Page] = []
        self.across = False
        self.y = 0.0

    @property
    def page(self) -> Page:
        return self.pages[-1]

    @property
    def width(self) -> float:
        """Between the margins."""
        return self.page.width - self.look.left - self.look.right

    @property
    def floor(self) -> float:
        return self.page.height - self.look.bottom

    def turn(self, across: bool = False) -> None:
        """Begin a page."""
        width, height = reversed(A4) if across else A4
        self.pages.append(Page(width, height))
        self.across = across
        self.y = self.look.top

    def paragraph(self, paragraph: Paragraph) -> None:
        """Print a paragraph in the manner of its role."""
        look = self.look
        if self.across:
            self.turn()
        if paragraph.role == "title":
            self._lines(
                balanced(paragraph.text, self.width, look.title, look.title_face, self.measure), "centre", title=True
            )
            self.y += look.leading * 0.4
        elif paragraph.role in {"signature", "date"}:
            self._lines(wrap(paragraph.text, self.width, look.body, look.face, self.measure), "right")
        else:
            heading = paragraph.role == "heading"
            if heading and self.y + 3 * look.leading > self.floor:
                self.turn()
            indent = 2 * look.body
            face = "hei" if heading else look.face
            lines = wrap(paragraph.text, self.width, look.body, face, self.measure, indent)
            self._lines(lines, "left", indent=indent, heading=heading)

    def _lines(
        self, lines: list[str], side: str, *, indent: float = 0.0, title: bool = False, heading: bool = False
    ) -> None:
        look = self.look
        size = look.title if title else look.body
        face = look.title_face if title else "hei" if heading else look.face
        leading = max(look.leading, size * 1.3)
        for number, line in enumerate(lines):
            if self.y + leading > self.floor:
                self.turn()
            text = line.strip()
            start = indent if number == 0 else 0.0
            gap = self.width - start - self.measure(text, size, face)
            x = look.left + {"left": start, "centre": gap / 2, "right": gap - 2 * size}[side]
            spread = side == "left" and look.justified and number < len(lines) - 1 and 0 < gap < 2.5 * size
            baseline = self.y + (leading - size) / 2 + size * _ASCENT
            spacing = gap / (len(text) - 1) if spread and len(text) > 1 else 0.0
            self._put(Run(text, x, baseline, size, face, spacing, bold=title or heading))
            self.y += leading

    def _put(self, run: Run) -> None:
        if not run.text:
            return
        self.page.runs.append(run)
        if run.bold and self.look.struck_twice:
            again = Run(run.text, run.x + 0.25, run.baseline, run.size, run.face, run.spacing, run.bold)
            self.page.runs.append(again)

    def table(self, sheet: Sheet) -> None:
        """Print a table over as many pages as it needs."""
        look = self.look
        across = look.landscape and sheet.part == "applications"
        if across != self.across:
            heading = self._heading_above() if across else []
            self.turn(across)
            self.page.runs += heading
            self.y += look.leading * bool(heading)
        laid = lay_table(condensed(grid_of(sheet)), self.width, look, self.measure)
        self.y += 4
        whole = self.floor - look.top
        printed: Printed = {}
        for number, bands in enumerate(cut(laid, [self.floor - self.y, whole], look)):
            if number:
                self.turn(self.across)
            self.y = print_piece(self.page, laid, bands, (look.left, self.y), printed, look, self.measure)
        self.y += look.leading * 0.3

    def _heading_above(self) -> list[Run]:
        """Take the heading away that would be left alone under the page before."""
        last = self.page.runs[-1].baseline if self.page.runs else 0.0
        taken = [run for run in self.page.runs if run.baseline == last and run.bold]
        for run in taken:
            self.page.runs.remove(run)
            run.baseline = self.look.top + (self.look.leading - run.size) / 2 + run.size * _ASCENT
        return taken


def _head_and_foot(pages: list[Page], draft: Draft, look: Look, measure: Measure) -> None:
    """Put page numbers and a running head on the finished pages."""
    for number, page in enumerate(pages, 1):
        if look.running_head:
            size = 9.0
            width = measure(draft.page_title, size, "song")
            page.runs.insert(0, Run(draft.page_title, (page.width - width) / 2, look.top - 26, size))
        if look.number:
            size = 14.0 if look.body > 14 else 9.0
            text = look.number.format(n=number, total=len(pages))
            width = measure(text, size, "song")
            x = (page.width - width) / 2
            if look.number_outside:
                x = page.width - look.right - width - size if number % 2 else look.left + size
            page.runs.append(Run(text, x, page.height - look.bottom + 34, size))
