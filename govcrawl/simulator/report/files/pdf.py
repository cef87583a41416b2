"""Paints pages as a PDF, with a font that is named and not embedded, as many government PDFs do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from io import BytesIO
from typing import Any

from govcrawl.simulator.report.files.extra import needed
from govcrawl.simulator.report.files.page import Measure, Page, Run

_SONG = "STSong-Light"
_LATIN = "Times-Roman"
_ASCII = re.compile(r"[\x20-\x7e]+|[^\x20-\x7e]+")


def measure_for(latin: bool) -> Measure:
    """Widths of the PDF's own fonts; `latin`: digits and letters are of a second font."""

    @lru_cache(maxsize=20_000)
    def measure(text: str, size: float, face: str) -> float:
        metrics = _metrics()
        return float(sum(metrics.stringWidth(part, font, size) for part, font in _parts(text, latin)))

    return measure


def paint_pdf(pages: list[Page], *, latin: bool, title: str) -> bytes:
    """The PDF; the same pages give the same bytes."""
    _metrics()
    canvas_of = needed("reportlab.pdfgen.canvas")
    out = BytesIO()
    canvas = canvas_of.Canvas(out, invariant=1, pageCompression=1)
    canvas.setTitle(title)
    for page in pages:
        canvas.setPageSize((page.width, page.height))
        for fill in page.fills:
            canvas.setFillColorRGB(*fill.colour)
            canvas.rect(fill.x0, page.height - fill.y1, fill.x1 - fill.x0, fill.y1 - fill.y0, stroke=0, fill=1)
        canvas.setFillColorRGB(0, 0, 0)
        for stroke in page.strokes:
            canvas.setLineWidth(stroke.width)
            canvas.line(stroke.x0, page.height - stroke.y0, stroke.x1, page.height - stroke.y1)
        for run in page.runs:
            _paint_run(canvas, page, run, latin)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _paint_run(canvas: Any, page: Page, run: Run, latin: bool) -> None:
    text = canvas.beginText(run.x, page.height - run.baseline)
    text.setTextRenderMode(2 if run.bold else 0)
    if run.spacing:
        text.setCharSpace(run.spacing)
    for part, font in _parts(run.text, latin):
        text.setFont(font, run.size)
        text.textOut(part)
    text.setTextRenderMode(0)
    if run.spacing:
        text.setCharSpace(0)
    canvas.drawText(text)


def _parts(text: str, latin: bool) -> Iterator[tuple[str, str]]:
    """Pieces with their fonts."""
    if not latin:
        yield text, _SONG
        return
    for part in _ASCII.findall(text):
        yield part, _LATIN if part.isascii() else _SONG


@lru_cache(maxsize=1)
def _metrics() -> Any:
    metrics = needed("reportlab.pdfbase.pdfmetrics")
    metrics.registerFont(needed("reportlab.pdfbase.cidfonts").UnicodeCIDFont(_SONG))
    return metrics
