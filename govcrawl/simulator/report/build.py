"""Builds a report from its specification: draws it, lets the quirks at it, renders it, and says what is true of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from random import Random
from typing import Any

from govcrawl.forms.schema import Form, form_by_code
from govcrawl.model import Severity
from govcrawl.simulator.figures import Figures, broken_identities, cell_paths, draw_figures
from govcrawl.simulator.page import STANDALONE, article, page
from govcrawl.simulator.report.draft import Draft, Paragraph
from govcrawl.simulator.report.files import FORMATS, check, write_files
from govcrawl.simulator.report.html import render_html
from govcrawl.simulator.report.prose import body_of, chinese_date, default_title, preface
from govcrawl.simulator.report.quirks import QUIRKS
from govcrawl.simulator.report.quirks.registry import CELLS, Quirk
from govcrawl.simulator.report.tables import draw_sheets, plain
from govcrawl.simulator.report.text import SHAPES, render_text


@dataclass(frozen=True, slots=True)
class ReportSpec:
    """What a report is, before it is written. Places and agencies must be invented."""

    agency: str = "云砚县教育局"
    year: int = 2020
    form: str = "form2019"
    short_agency: str = "教育局"
    seed: int | str = 0
    size: str = "small"
    blanks: float = 0.0
    quirks: tuple[str, ...] = ()
    shape: str = "html"
    """`html`, a key of `report.text.SHAPES` (flattened text) or of `report.files.FORMATS` (a file)."""
    published_on: date | None = None
    division_code: str | None = None
    figures: Figures | None = None
    """Figures to print instead of drawn ones; they are copied."""


@dataclass(frozen=True, slots=True)
class BuiltReport:
    """A written report and the truth about it."""

    spec: ReportSpec
    title: str
    """The page's title."""
    body: str
    """The article body alone: HTML, or the whole text; empty for a file."""
    metadata: dict[str, str]
    charset: str
    declared: str
    header_charset: str | None
    bom: bool
    truth: dict[str, Any] = field(default_factory=dict)
    """Expected subset of `Report.to_dict()`: see `govcrawl.simulator.truth`."""
    file: bytes = b""

    @property
    def kind(self) -> str:
        """`html`, `text` or `file`."""
        if self.spec.shape in FORMATS:
            return "file"
        return "html" if self.spec.shape == "html" else "text"

    @property
    def suffix(self) -> str:
        """Of a file's name, with its dot."""
        return FORMATS[self.spec.shape].suffix if self.kind == "file" else {"html": ".html", "text": ".txt"}[self.kind]

    @property
    def data(self) -> bytes:
        """The document: the text, the file, or the body in a whole page of a portal."""
        if self.kind == "file":
            return self.file
        if self.kind == "text":
            return self.body.encode()
        main = article(self.title, self.body, self.metadata)
        text = page(STANDALONE, self.title, main, metadata=self.metadata, charset=self.declared or " ")
        return (b"\xef\xbb\xbf" if self.bom else b"") + text.encode(self.charset, errors="xmlcharrefreplace")

    @property
    def content_type(self) -> str | None:
        """What a server would say: a charset only where a quirk wants a (wrong) one."""
        if self.kind == "file":
            return FORMATS[self.spec.shape].content_type
        if self.kind == "text":
            return "text/plain; charset=utf-8"
        return f"text/html; charset={self.header_charset}" if self.header_charset else "text/html"


def build_report(spec: ReportSpec) -> BuiltReport:
    """Write a report.

    Raises:
        KeyError: an unknown form, shape or quirk.
        ValueError: a quirk that makes no sense for the form or the shape.
        WriterMissingError: what a file is written with is not installed.
    """
    return build_many((spec,))[0]


def build_many(specs: Sequence[ReportSpec]) -> list[BuiltReport]:
    """Write reports as `build_report` does, those that need LibreOffice together, as it is slow to start."""
    drawn = [_drawn(spec) for spec in specs]
    filed = [index for index, spec in enumerate(specs) if spec.shape in FORMATS]
    orders = [(drawn[index][0], _seed(specs[index])) for index in filed]
    files = dict(zip(filed, write_files(orders), strict=True))
    return [
        _finished(spec, draft, truth, files.get(index, b""))
        for index, (spec, (draft, truth)) in enumerate(zip(specs, drawn, strict=True))
    ]


def truth_of(spec: ReportSpec) -> dict[str, Any]:
    """What is true of a report, told without writing it; errors are those of `build_report`."""
    return _drawn(spec)[1]


def _seed(spec: ReportSpec) -> str:
    return f"{spec.seed}/{spec.agency}/{spec.year}"


def _drawn(spec: ReportSpec) -> tuple[Draft, dict[str, Any]]:
    """The draft with all its quirks, and what is true of it."""
    form = form_by_code(spec.form)
    draft = _start(spec, form)
    quirks = _checked(spec)
    _apply(draft, (q for q in quirks if q.stage < CELLS))
    errors = broken_identities(form, draft.figures)
    _write(draft)
    _apply(draft, (q for q in quirks if q.stage >= CELLS))
    if spec.shape in FORMATS:
        try:
            check(draft)
        except ValueError as error:
            raise ValueError(f"the shape {spec.shape!r} cannot show {', '.join(spec.quirks)}: {error}") from error
    return draft, _truth(draft, errors, spec)


def _finished(spec: ReportSpec, draft: Draft, truth: dict[str, Any], file: bytes) -> BuiltReport:
    body = ""
    if spec.shape not in FORMATS:
        body = render_html(draft) if spec.shape == "html" else render_text(draft)
    style = draft.style
    return BuiltReport(
        spec,
        draft.page_title,
        body,
        draft.metadata,
        style.charset,
        style.declared,
        style.header_charset,
        style.bom,
        truth,
        file,
    )


def _checked(spec: ReportSpec) -> list[Quirk]:
    if spec.shape != "html" and spec.shape not in SHAPES and spec.shape not in FORMATS:
        raise KeyError(spec.shape)
    quirks = [QUIRKS[name] for name in spec.quirks]
    for quirk in quirks:
        if spec.form not in quirk.forms:
            raise ValueError(f"the quirk {quirk.name!r} is for {', '.join(quirk.forms)}, not for {spec.form}")
        if quirk.html_only and spec.shape != "html":
            raise ValueError(f"the quirk {quirk.name!r} is one of markup; the shape {spec.shape!r} has none")
    return sorted(quirks, key=lambda quirk: quirk.stage)


def _apply(draft: Draft, quirks: Iterable[Quirk]) -> None:
    for quirk in quirks:
        try:
            quirk.apply(draft)
        except StopIteration as error:
            raise ValueError(f"the quirk {quirk.name!r} finds nothing left to change") from error


def _start(spec: ReportSpec, form: Form) -> Draft:
    drawn = spec.figures or draw_figures(
        form, f"{spec.agency}/{spec.year}/{spec.seed}", size=spec.size, blanks=spec.blanks
    )
    figures = Figures(**json.loads(json.dumps(drawn.to_dict())))
    random = Random(f"{spec.seed}/{spec.agency}/{spec.year}/{'+'.join(spec.quirks)}")
    published = spec.published_on or date(spec.year + 1, 1, random.randint(8, 30))
    title = default_title(spec.agency, spec.year)
    metadata = {
        "ArticleTitle": title,
        "PubDate": f"{published.isoformat()} 09:{random.randint(10, 59)}",
        "ContentSource": spec.agency,
        "ColumnName": "政府信息公开年报",
        "Keywords": "政府信息公开,年度报告",
    }
    draft = Draft(spec.agency, spec.short_agency, spec.year, form, figures, random, published, title, metadata=metadata)
    draft.shape = spec.shape
    return draft


def _write(draft: Draft) -> None:
    """Lay out title, preface, sections with their tables, signature."""
    sheets = draw_sheets(draft.form, draft.figures)
    by_section = dict(zip((2, 3, 4), sheets, strict=False)) if len(sheets) > 1 else {}
    blocks = draft.blocks
    blocks.append(Paragraph(draft.page_title, "title"))
    blocks.append(Paragraph(preface(draft.agency, draft.year, draft.form), "preface"))
    for section in draft.form.sections:
        blocks.append(Paragraph(section.heading, "heading", section.number))
        blocks += body_of(section.number, draft.form, draft.agency, draft.year, draft.random)
        if section.number in by_section:
            blocks.append(by_section[section.number])
    blocks.append(Paragraph(draft.agency, "signature"))
    blocks.append(Paragraph(chinese_date(draft.published_on), "date"))
    if len(sheets) == 1:
        table = draft.form.tables[0]
        blocks.append(Paragraph(f"附件：{table.title}（{draft.year}年度）", "heading"))
        blocks.append(sheets[0])


def _truth(draft: Draft, errors: list[tuple[str, str]], spec: ReportSpec) -> dict[str, Any]:
    form, year = draft.form, draft.year
    given = draft.truth
    truth: dict[str, Any] = {
        "agency": draft.agency,
        "report_year": year,
        "published_on": draft.published_on.isoformat(),
        "period": [f"{year}-01-01", f"{year}-12-31"],
        "form": form.code,
        "template_version": _version(form, year),
    }
    if form.code == "form2019":
        truth["template_evidence"] = "period"
    if spec.division_code:
        truth["division_code"] = spec.division_code
    truth |= {key: value for key, value in given.items() if key in truth or key in {"table_forms", "template_evidence"}}
    truth |= _cell_truth(draft, truth["form"])
    if "sections" not in draft.forget and truth["form"] not in {"none"}:
        headings = [p for p in draft.paragraphs("heading") if p.number]
        truth["sections"] = [{"number": p.number, "heading": p.text} for p in headings]
    if not any(cell.text for cell in draft.values()):
        errors = []
    grave = {identity.code for identity in form.identities if identity.severity is Severity.ERROR}
    truth["errors"] = sorted([code, where] for code, where in errors if code in grave)
    low, high = form.report_years
    findings = set(draft.findings) | {code for code, _ in errors}
    if not low <= year <= high and truth["form"] == form.code:
        findings.add("form_year")
    truth["findings"] = sorted(findings)
    for key in draft.forget:
        truth.pop(key, None)
    if "period" in draft.forget:
        truth.pop("template_evidence", None)
    truth["quirks"] = list(spec.quirks)
    return truth


def _version(form: Form, year: int) -> str:
    """The edition of the year, or the nearest one."""
    editions = [known for known in form.versions if known]
    return form.versions[min(editions, key=lambda known: abs(known - year), default=0)]


def _cell_truth(draft: Draft, form_code: str) -> dict[str, Any]:
    """What every cell must be read as: the nested values, raws and units where they are told, and extra cells."""
    figures = Figures()
    raw: dict[str, str] = {}
    units: dict[str, str] = {}
    if form_code == draft.form.code:
        for where in cell_paths(draft.form):
            figures.set(where, None)
    for cell in draft.values():
        assert cell.where is not None
        figures.set(cell.where, cell.value)
        text = cell.text.strip()
        if text != plain(cell.value):
            raw[cell.where] = text
        if cell.unit:
            units[cell.where.split("/", 1)[1]] = cell.unit
    for where, value in draft.truth.get("cells", {}).items():
        figures.set(where, value)
    extra = [
        {"table": cell.extra[0], "row": cell.extra[1], "column": cell.extra[2], "value": cell.value}
        for cell in draft.cells("value")
        if cell.extra
    ]
    unknown = {key for key in draft.forget if "/" in key}
    for where in unknown:
        part, _, code = where.partition("/")
        getattr(figures, part).pop(code, None)
    return {**figures.to_dict(), "raw": raw, "units": units, "extra_cells": extra}
