"""Pages of reports, printed fast: the tables of each form are drawn once, with a place for every figure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from govcrawl.forms.schema import form_by_code
from govcrawl.model import Number
from govcrawl.simulator.chronicle.series import places_of
from govcrawl.simulator.figures import Figures
from govcrawl.simulator.page import Frame, article, page
from govcrawl.simulator.report.draft import Paragraph, Style
from govcrawl.simulator.report.html import render_block
from govcrawl.simulator.report.prose import chinese_date, preface
from govcrawl.simulator.report.tables import draw_sheets, plain

STYLES = ("plain", "div", "word", "wps")
_MARK = 7_000_000_000
_MARKED = re.compile(rf"{_MARK // 1000}(\d{{3}})")
_OFFICIAL = (2, 3, 4)
"""The sections that hold the three tables of the forms since 2019."""


@dataclass(frozen=True, slots=True)
class Printing:
    """A report as it is put on a page."""

    title: str
    agency: str
    """As the report names it."""
    signature: str
    year: int
    form: str
    row: Sequence[Number]
    """Its figures, aligned with `places_of(form)`."""
    sections: dict[int, list[str]]
    published_on: date
    extra: str = ""
    """A sentence behind the preface."""
    style: str = "plain"
    tail: str = ""
    """What the page prints below the report, in the same container."""


@cache
def _tables(form_code: str, style: str) -> list[list[str]]:
    """The tables as markup, cut where the figures stand: between two pieces the index of one."""
    form = form_by_code(form_code)
    figures = Figures()
    for index, where in enumerate(places_of(form_code)):
        figures.set(where, _MARK + index)
    made = Style(paragraphs=style)
    return [_MARKED.split(render_block(sheet, made)) for sheet in draw_sheets(form, figures)]


def _filled(pieces: list[str], row: Sequence[Number]) -> str:
    printed = list(pieces)
    printed[1::2] = [plain(row[int(index)]) for index in pieces[1::2]]
    return "".join(printed)


def body_of(printing: Printing) -> str:
    """The markup of the article."""
    form = form_by_code(printing.form)
    style = Style(paragraphs=printing.style)
    tables = [_filled(pieces, printing.row) for pieces in _tables(printing.form, printing.style)]
    placed = dict(zip(_OFFICIAL, tables, strict=True)) if len(tables) > 1 else {}
    opening = preface(printing.agency, printing.year, form) + printing.extra
    blocks = [render_block(Paragraph(printing.title, "title"), style), render_block(Paragraph(opening), style)]
    for section in form.sections:
        blocks.append(render_block(Paragraph(section.heading, "heading", section.number), style))
        blocks += [render_block(Paragraph(text), style) for text in printing.sections.get(section.number, ())]
        if section.number in placed:
            blocks.append(placed[section.number])
    blocks.append(render_block(Paragraph(printing.signature, "signature"), style))
    blocks.append(render_block(Paragraph(chinese_date(printing.published_on), "date"), style))
    if not placed:
        annex = f"附件：{form.tables[0].title}（{printing.year}年度）"
        blocks += [render_block(Paragraph(annex, "heading"), style), *tables]
    if printing.tail:
        blocks.append(render_block(Paragraph(printing.tail), style))
    return "\n".join(blocks)


def page_of(printing: Printing, frame: Frame, seen: int) -> bytes:
    """The whole page of a portal; `seen` moves its clock and counter, and nothing of the report."""
    metadata = {
        "ArticleTitle": printing.title,
        "PubDate": f"{printing.published_on.isoformat()} 09:{seen % 60:02d}",
        "ContentSource": printing.signature,
        "ColumnName": "政府信息公开年报",
    }
    crumbs = (("首页", "/"), ("政府信息公开", "/zfxxgk/"), ("年报", "/zfxxgk/nb/"))
    main = article(printing.title, body_of(printing), metadata)
    return page(frame, printing.title, main, metadata=metadata, crumbs=crumbs).encode()
