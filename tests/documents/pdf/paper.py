"""PDF documents to read: drawn with reportlab, or put together byte by byte."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable, Mapping

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from govcrawl.documents.layout.records import Sheet
from govcrawl.documents.limits import Limits
from govcrawl.documents.pdf.library import opened
from govcrawl.documents.pdf.sheets import Pages, read_pages

Box = tuple[float, float, float, float]
SONG = "STSong-Light"
HEIGHT = A4[1]
pdfmetrics.registerFont(UnicodeCIDFont(SONG))


class Paper:
    """Sheets of A4 to draw on, in points from the upper left corner."""

    def __init__(self, **options: object) -> None:
        self._file = io.BytesIO()
        self.canvas = Canvas(self._file, pagesize=A4, **options)

    def text(self, x: float, y: float, text: str, size: float = 12, font: str = SONG) -> None:
        """Type with its line at y."""
        self.canvas.setFont(font, size)
        self.canvas.drawString(x, HEIGHT - y, text)

    def line(self, x0: float, y0: float, x1: float, y1: float) -> None:
        self.canvas.line(x0, HEIGHT - y0, x1, HEIGHT - y1)

    def bar(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """A filled box."""
        self.canvas.rect(x0, HEIGHT - y1, x1 - x0, y1 - y0, stroke=0, fill=1)

    def cell(
        self, box: tuple[float, float, float, float], lines: list[str], size: float = 9, *, left: bool = False
    ) -> None:
        """A box drawn with thin bars, and lines of type in its middle."""
        x0, y0, x1, y1 = box
        for bar in ((x0, y0, x1, y0), (x0, y1, x1, y1), (x0, y0, x0, y1), (x1, y0, x1, y1)):
            self.bar(bar[0] - 0.24, bar[1] - 0.24, bar[2] + 0.24, bar[3] + 0.24)
        pitch = size * 1.15
        y = (y0 + y1) / 2 - pitch * len(lines) / 2 + size * 0.9
        for line in lines:
            width = pdfmetrics.stringWidth(line, SONG, size)
            self.text(x0 + 1.5 if left else (x0 + x1 - width) / 2, y, line, size)
            y += pitch

    def next(self) -> None:
        self.canvas.showPage()

    def pdf(self) -> bytes:
        self.canvas.showPage()
        self.canvas.save()
        return self._file.getvalue()


def drawn(draw: Callable[[Paper], None], **options: object) -> bytes:
    """A document of what is drawn."""
    paper = Paper(**options)
    draw(paper)
    return paper.pdf()


def stream(content: bytes, entries: bytes = b"", *, packed: bool = False) -> bytes:
    """A stream object."""
    if packed:
        content, entries = zlib.compress(content, 9), entries + b"/Filter/FlateDecode"
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (entries, len(content), content)


def form(content: bytes, resources: bytes = b"") -> bytes:
    """A drawing that pages and drawings can draw."""
    return stream(content, b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<<%s>>" % resources)


def raw(objects: Mapping[int, bytes]) -> bytes:
    """A document of these objects, the first of which is its catalogue."""
    out = bytearray(b"%PDF-1.7\n")
    places = {}
    for number, body in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start, size = len(out), max(objects) + 1
    out += b"xref\n0 %d\n" % size
    for number in range(size):
        out += b"%010d 00000 n \n" % places[number] if number in places else b"0000000000 65535 f \n"
    return bytes(out + b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (size, start))


HELLO = b"BT /F 12 Tf 100 700 Td (Hello 2024) Tj ET"


def one_page(
    content: bytes = HELLO,
    *,
    page: bytes = b"",
    resources: bytes = b"",
    catalog: bytes = b"",
    more: Mapping[int, bytes] | None = None,
    contents: bytes = b"4 0 R",
    box: bytes = b"[0 0 595 842]",
) -> bytes:
    """A document of one page, with a font F, by hand."""
    content = content if content.startswith(b"<<") else stream(content)
    entries = b"/Type/Page/Parent 2 0 R/MediaBox%s/Contents %s/Resources<</Font<</F 9 0 R>>%s>>%s"
    return raw(
        {
            1: b"<</Type/Catalog/Pages 2 0 R%s>>" % catalog,
            2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            3: b"<<" + entries % (box, contents, resources, page) + b">>",
            4: content,
            9: b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
            **(more or {}),
        }
    )


def pages_of(data: bytes, limits: Limits | None = None) -> Pages:
    with opened(data) as document:
        return read_pages(document, limits or Limits())


def sheet_of(data: bytes) -> Sheet:
    """The only sheet of a document."""
    (sheet,) = pages_of(data).sheets
    return sheet


def words_of(data: bytes) -> str:
    return "".join(word.text for word in sheet_of(data).words)
