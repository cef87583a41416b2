"""Writes drafts as files."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from random import Random

from govcrawl.simulator.report.draft import Draft, Markup, Sheet
from govcrawl.simulator.report.files.containers import packed
from govcrawl.simulator.report.files.formats import FORMATS
from govcrawl.simulator.report.files.grid import grid_of
from govcrawl.simulator.report.files.look import draw_look
from govcrawl.simulator.report.files.ofd import measure_ofd, paint_ofd
from govcrawl.simulator.report.files.office import convert
from govcrawl.simulator.report.files.paper import print_pages
from govcrawl.simulator.report.files.pdf import measure_for, paint_pdf
from govcrawl.simulator.report.files.picture import encoded, measure_noto, paint_tall
from govcrawl.simulator.report.files.scan import paint_scan
from govcrawl.simulator.report.files.word import write_docx
from govcrawl.simulator.report.files.workbook import write_xlsx


def check(draft: Draft) -> None:
    """Refuse a draft that only markup can hold.

    Raises:
        ValueError: raw markup, hidden rows, wrong spans, or a table that is no rectangle.
    """
    for block in draft.blocks:
        if isinstance(block, Markup) and block.html and not block.rows:
            raise ValueError("raw markup cannot be printed")
        if not isinstance(block, Sheet):
            continue
        if block.before or block.after or block.head or any(line.ghost for line in block.lines):
            raise ValueError("hidden rows, captions and layout tables are things of markup")
        if any(cell.children or "span=" in cell.attributes for line in block.lines for cell in line.cells):
            raise ValueError("nested tables and wrong spans are things of markup")
        grid_of(block)


def write_files(orders: Sequence[tuple[Draft, str]]) -> list[bytes]:
    """Write drafts, each with the seed of its look; what LibreOffice has to convert, it converts together.

    Raises:
        WriterMissingError: a library of the extra `simulator`, a font or LibreOffice is missing.
    """
    bases = [FORMATS[draft.shape].base or draft.shape for draft, _ in orders]
    files = [_WRITERS[base](draft, Random(f"look/{seed}")) for base, (draft, seed) in zip(bases, orders, strict=True)]
    waiting: dict[tuple[str, str], list[int]] = defaultdict(list)
    for index, (draft, _) in enumerate(orders):
        form = FORMATS[draft.shape]
        if form.base:
            waiting[(form.base, form.filter)].append(index)
    for (base, target), indexes in waiting.items():
        converted = convert([files[index] for index in indexes], FORMATS[base].suffix, target)
        for index, data in zip(indexes, converted, strict=True):
            files[index] = data
    return files


def _pdf(draft: Draft, random: Random, *, ruled: bool = True) -> bytes:
    look = draw_look(random, ruled=ruled)
    return paint_pdf(print_pages(draft, look, measure_for(look.latin)), latin=look.latin, title=draft.page_title)


def _pdf_unruled(draft: Draft, random: Random) -> bytes:
    return _pdf(draft, random, ruled=False)


def _ofd(draft: Draft, random: Random) -> bytes:
    pages = print_pages(draft, draw_look(random), measure_ofd)
    day = draft.published_on.isoformat()
    return paint_ofd(pages, title=draft.page_title, author=draft.agency, day=day, random=random)


def _scan150(draft: Draft, random: Random) -> bytes:
    return paint_scan(print_pages(draft, draw_look(random), measure_noto), 150, random)


def _scan300(draft: Draft, random: Random) -> bytes:
    return paint_scan(print_pages(draft, draw_look(random), measure_noto), 300, random)


def _png(draft: Draft, random: Random) -> bytes:
    return _screenshot(draft, random, "PNG")


def _jpeg(draft: Draft, random: Random) -> bytes:
    return _screenshot(draft, random, "JPEG")


def _screenshot(draft: Draft, random: Random, kind: str) -> bytes:
    """All pages in one tall picture; a program that makes one prints no page numbers."""
    look = replace(draw_look(random), number=None, running_head=False, landscape=False)
    dpi = random.choice((150, 160, 180, 200))
    tall = paint_tall(print_pages(draft, look, measure_noto), dpi, margin=6.0)
    return encoded(tall, kind, dpi, random.choice((75, 85, 92)))


def _zip(draft: Draft, random: Random) -> bytes:
    """An archive of the report as a document, sometimes with what programs leave beside it."""
    shape = random.choice(("docx", "pdf", "xlsx"))
    name = f"{draft.page_title}{FORMATS[shape].suffix}"
    members = [(name, _WRITERS[shape](draft, random))]
    if random.random() < 0.3:
        members.insert(0, (f"__MACOSX/._{name}", b"\x00\x05\x16\x07\x00\x02\x00\x00Mac OS X        "))
    if random.random() < 0.2:
        members.append(("说明.txt", "本压缩包内为政府信息公开工作年度报告。".encode()))
    return packed(members)


_WRITERS: dict[str, Callable[[Draft, Random], bytes]] = {
    "pdf": _pdf,
    "pdf_unruled": _pdf_unruled,
    "docx": write_docx,
    "xlsx": write_xlsx,
    "ofd": _ofd,
    "scan150": _scan150,
    "scan300": _scan300,
    "png": _png,
    "jpeg": _jpeg,
    "zip": _zip,
}
