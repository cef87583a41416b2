"""Paints pages as an OFD (GB/T 33190): a zip of XML with text, paths and their places in millimetres."""

from __future__ import annotations

from itertools import count
from random import Random
from xml.sax.saxutils import escape, quoteattr

from govcrawl.simulator.report.files.containers import packed
from govcrawl.simulator.report.files.page import Fill, Page, Run, Stroke

_MM = 25.4 / 72
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'
_FONTS = {"song": ("3", "宋体"), "hei": ("4", "黑体")}
_NARROW = 0.5


def measure_ofd(text: str, size: float, face: str) -> float:
    """Widths of 宋体 and 黑体: digits and letters take half a character."""
    return size * sum(_NARROW if character.isascii() else 1.0 for character in text)


def paint_ofd(pages: list[Page], *, title: str, author: str, day: str, random: Random) -> bytes:
    """The OFD; the same pages and seed give the same bytes.

    Writers differ in how much one text object holds, in how they write the distances of characters, and in whether
    ruling is of lines or of boxes; which of them writes is drawn.
    """
    writer = _Writer(random)
    members = [
        ("OFD.xml", _entry(title, author, day)),
        ("Doc_0/Document.xml", _document(pages)),
        ("Doc_0/PublicRes.xml", _resources()),
    ]
    members += [(f"Doc_0/Pages/Page_{n}/Content.xml", writer.page(page)) for n, page in enumerate(pages)]
    return packed((name, (_HEAD + text).encode()) for name, text in members)


def _entry(title: str, author: str, day: str) -> str:
    return (
        f'<ofd:OFD {_SPACE} Version="1.1" DocType="OFD"><ofd:DocBody><ofd:DocInfo>'
        f"<ofd:DocID>{'0' * 32}</ofd:DocID><ofd:Title>{escape(title)}</ofd:Title>"
        f"<ofd:Author>{escape(author)}</ofd:Author><ofd:CreationDate>{day}</ofd:CreationDate>"
        "</ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"
    )


def _document(pages: list[Page]) -> str:
    listed = "".join(f'<ofd:Page ID="{100 + n}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n, _ in enumerate(pages))
    return (
        f"<ofd:Document {_SPACE}><ofd:CommonData><ofd:MaxUnitID>999999</ofd:MaxUnitID><ofd:PageArea>"
        f"<ofd:PhysicalBox>{_area(pages[0])}</ofd:PhysicalBox></ofd:PageArea>"
        "<ofd:PublicRes>PublicRes.xml</ofd:PublicRes></ofd:CommonData>"
        f"<ofd:Pages>{listed}</ofd:Pages></ofd:Document>"
    )


def _resources() -> str:
    fonts = "".join(
        f'<ofd:Font ID="{number}" FontName="{name}" FamilyName="{name}"/>' for number, name in _FONTS.values()
    )
    return f'<ofd:Res {_SPACE} BaseLoc="Res"><ofd:Fonts>{fonts}</ofd:Fonts></ofd:Res>'


def _area(page: Page) -> str:
    return f"0 0 {_mm(page.width)} {_mm(page.height)}"


def _mm(points: float) -> str:
    return f"{points * _MM:.4f}".rstrip("0").rstrip(".")


class _Writer:
    """Writes the contents of pages."""

    def __init__(self, random: Random) -> None:
        self.numbers = count(1000)
        self.single = random.random() < 0.25
        """Every character is an object of its own."""
        self.grouped = random.random() < 0.5
        """Equal distances are counted: `g 5 4.2`."""
        self.scaled = random.random() < 0.25
        """Type is of size 1 and made large by the object's matrix."""
        self.absolute = random.random() < 0.25
        """Objects have the whole page as their boundary."""
        self.boxed = random.random() < 0.3
        """Ruling is of thin filled boxes."""

    def page(self, page: Page) -> str:
        """The content of a page."""
        objects = [self._fill(fill, page) for fill in page.fills]
        objects += [self._stroke(stroke, page) for stroke in page.strokes]
        for run in page.runs:
            objects += [self._text(part, page) for part in (_characters(run) if self.single else [run])]
        return (
            f"<ofd:Page {_SPACE}><ofd:Area><ofd:PhysicalBox>{_area(page)}</ofd:PhysicalBox></ofd:Area>"
            f'<ofd:Content><ofd:Layer ID="{next(self.numbers)}">{"".join(objects)}</ofd:Layer></ofd:Content></ofd:Page>'
        )

    def _boundary(self, page: Page, x0: float, y0: float, x1: float, y1: float) -> tuple[str, float, float]:
        """The boundary's attribute and its origin, from which the object's own places count."""
        if self.absolute:
            x0, y0, x1, y1 = 0, 0, page.width, page.height
        return quoteattr(f"{_mm(x0)} {_mm(y0)} {_mm(x1 - x0)} {_mm(y1 - y0)}"), x0, y0

    def _fill(self, fill: Fill, page: Page) -> str:
        return self._box(fill.x0, fill.y0, fill.x1, fill.y1, page, fill.colour)

    def _box(self, x0: float, y0: float, x1: float, y1: float, page: Page, colour: tuple[float, float, float]) -> str:
        boundary, left, top = self._boundary(page, x0, y0, x1, y1)
        corners = [(x0, y0), (x1, y0), (x1, y1), (x0, y1)]
        path = " L ".join(f"{_mm(x - left)} {_mm(y - top)}" for x, y in corners)
        value = " ".join(str(round(255 * part)) for part in colour)
        return (
            f'<ofd:PathObject ID="{next(self.numbers)}" Boundary={boundary} Stroke="false" Fill="true">'
            f'<ofd:FillColor Value="{value}"/><ofd:AbbreviatedData>M {path} C</ofd:AbbreviatedData></ofd:PathObject>'
        )

    def _stroke(self, stroke: Stroke, page: Page) -> str:
        half = stroke.width / 2
        x0, y0, x1, y1 = stroke.x0 - half, stroke.y0 - half, stroke.x1 + half, stroke.y1 + half
        if self.boxed:
            return self._box(x0, y0, x1, y1, page, (0, 0, 0))
        boundary, left, top = self._boundary(page, x0, y0, x1, y1)
        path = f"M {_mm(stroke.x0 - left)} {_mm(stroke.y0 - top)} L {_mm(stroke.x1 - left)} {_mm(stroke.y1 - top)}"
        return (
            f'<ofd:PathObject ID="{next(self.numbers)}" Boundary={boundary} LineWidth="{_mm(stroke.width)}">'
            f"<ofd:AbbreviatedData>{path}</ofd:AbbreviatedData></ofd:PathObject>"
        )

    def _text(self, run: Run, page: Page) -> str:
        width = measure_ofd(run.text, run.size, run.face) + run.spacing * len(run.text)
        top = run.baseline - 0.88 * run.size
        boundary, left, upper = self._boundary(page, run.x, top, run.x + width, top + 1.2 * run.size)
        unit = run.size if self.scaled else 1.0
        matrix = f' CTM="{_mm(run.size)} 0 0 {_mm(run.size)} 0 0"' if self.scaled else ""
        size = "1" if self.scaled else _mm(run.size)
        convert = (lambda points: f"{points / unit:.4f}") if self.scaled else _mm
        steps = [measure_ofd(character, run.size, run.face) + run.spacing for character in run.text[:-1]]
        delta = f' DeltaX="{self._steps([convert(step) for step in steps])}"' if steps else ""
        bold = ' Weight="700"' if run.bold else ""
        return (
            f'<ofd:TextObject ID="{next(self.numbers)}" Boundary={boundary} Font="{_FONTS[run.face][0]}" Size="{size}"'
            f'{bold}{matrix}><ofd:TextCode X="{convert(run.x - left)}" Y="{convert(run.baseline - upper)}"{delta}>'
            f"{escape(run.text)}</ofd:TextCode></ofd:TextObject>"
        )

    def _steps(self, steps: list[str]) -> str:
        if not self.grouped:
            return " ".join(steps)
        out: list[str] = []
        at = 0
        while at < len(steps):
            same = next((n for n in range(at, len(steps)) if steps[n] != steps[at]), len(steps)) - at
            out.append(f"g {same} {steps[at]}" if same > 2 else " ".join(steps[at : at + same]))
            at += same
        return " ".join(out)


def _characters(run: Run) -> list[Run]:
    parts: list[Run] = []
    x = run.x
    for character in run.text:
        if not character.isspace():
            parts.append(Run(character, x, run.baseline, run.size, run.face, 0.0, run.bold))
        x += measure_ofd(character, run.size, run.face) + run.spacing
    return parts
