"""The sources of one report to that report: each sub-table from its best source, the facts from who knows them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace

from govcrawl.forms import form_by_code
from govcrawl.forms.title import agency_in_title, is_report_title, title_year
from govcrawl.model import Evidence, Proof, Report, TableFacts
from govcrawl.reading.cells import filled, with_table
from govcrawl.reading.differences import differences
from govcrawl.reading.sources import Source

_COMPLETE = 0.9
"""A source that has at least this share of the cells the fullest one has is as good as that."""


def joined(group: Sequence[Source]) -> Report:
    """One report of all its sources.

    Args:
        group: the sources, the best first (`Source.order`). All are of one report.

    Each sub-table is taken whole from the page if the page has it, else from the most exact attachment. A source that
    differs in a cell is told in a `sources_differ`. The report of a single source is that of the source.
    """
    if len(group) == 1:
        return group[0].report
    chosen = _chosen(group)
    base = _base(group, chosen)
    prose = max(group, key=lambda source: source.prose)
    report = base.report
    for table_id, source in chosen.items():
        if source is not base:
            report = with_table(report, source.report, table_id)
    report = _with_facts(report, group)
    if prose is not base and prose.prose > base.prose:
        report = replace(report, sections=prose.report.sections)
    contributors = sorted({*chosen.values(), base, prose if prose.prose > base.prose else base}, key=lambda s: s.order)
    report = replace(
        report,
        form=_form(report, base),
        confidence=_confidence(report),
        content_hash=_content_hash(report, contributors),
        reason=report.reason if not report.tables else None,
    )
    return report.with_findings(tuple(differences(chosen, group)))


def _chosen(group: Sequence[Source]) -> dict[str, Source]:
    """Sub-table → the source it is taken from."""
    table_ids = sorted({table_id for source in group for table_id in source.report.tables})
    return {table_id: _best([s for s in group if table_id in s.report.tables], table_id) for table_id in table_ids}


def _best(sources: Sequence[Source], table_id: str) -> Source:
    counts = {source: filled(source.report, table_id) for source in sources}
    fullest = max(counts.values())

    def worth(source: Source) -> tuple[bool, int, bool, int]:
        proven = source.report.tables[table_id].proof is Proof.PROVEN
        poor = counts[source] < _COMPLETE * fullest or not counts[source]
        return poor, source.rank, not proven, -counts[source]

    return min(sources, key=worth)


def _base(group: Sequence[Source], chosen: dict[str, Source]) -> Source:
    """The source that gives most cells: its form, its version, its findings."""
    given = dict.fromkeys(group, 0)
    for table_id, source in chosen.items():
        given[source] += form_by_code(source.report.tables[table_id].form).table(table_id).size
    return max(group, key=lambda source: (given[source], source.report.form != "none", source.prose, -source.rank))


def _with_facts(report: Report, group: Sequence[Source]) -> Report:
    """What the report says of itself: the page's word first, then that of the most exact attachment that has one."""
    titles = [source.report.title for source in group if is_report_title(source.report.title)]
    who = _who(group)
    year = next((source.year for source in group if source.year is not None), report.report_year)
    title = max(titles, key=_says) if titles else group[0].report.title or report.title
    known = {
        "agency": who.report.agency is not None,
        "division_code": who.report.division_code is not None,
        "report_year": any(source.year is not None for source in group),
    }
    asked = [f for f in report.findings if f.code == "derived" and known.get(f.where) and f not in who.report.findings]
    days = [source.report.published_on for source in group]
    periods = [source.report.period for source in group]
    report = replace(
        report,
        title=title,
        agency=who.report.agency,
        division_code=who.report.division_code,
        province_code=who.report.province_code,
        scope=who.report.scope,
        report_year=year,
        published_on=next((day for day in days if day), None),
        period=next((period for period in periods if period), None),
        findings=tuple(finding for finding in report.findings if finding not in asked),
    )
    return _with_version(report, [source.report for source in group])


def _says(title: str) -> int:
    """How much a title says: an agency and a year; of two that say the same the first is taken."""
    return 2 * (agency_in_title(title) is not None) + (title_year(title) is not None)


def _who(group: Sequence[Source]) -> Source:
    """The source that names the agency: in its title, with its place; else under it; else whoever guesses."""
    for named in (
        [s for s in group if s.agency and s.report.division_code and not _derived_division(s)],
        [s for s in group if s.agency],
        [s for s in group if s.signed],
        [s for s in group if s.report.agency],
    ):
        if named:
            longest = max(len(source.report.agency or "") for source in named)
            first = named[0]
            fuller = [s for s in named if len(s.report.agency or "") == longest]
            ends = fuller[0].report.agency or ""
            return fuller[0] if ends.endswith(first.report.agency or "") else first
    return group[0]


def _derived_division(source: Source) -> bool:
    return any(finding.where == "division_code" for finding in source.report.findings)


def _with_version(report: Report, reports: Iterable[Report]) -> Report:
    """The template version, where the tables' own source knows neither period nor title to tell it by."""
    evidence = report.template_evidence
    if evidence is None or evidence.kind != "form" or report.report_year is None or not report.tables:
        return report
    for other in reports:
        told = other.template_evidence
        if told is not None and told.kind != "form" and other.form == report.form:
            return replace(report, template_version=other.template_version, template_evidence=told)
    try:
        versions = form_by_code(report.form).versions
    except KeyError:
        return report
    version = versions.get(report.report_year)
    if version is None:
        return report
    return replace(report, template_version=version, template_evidence=Evidence("title", report.title))


def _form(report: Report, base: Source) -> str:
    codes = set(report.table_forms.values())
    if not codes:
        return report.form
    return base.report.form if codes == set(base.report.table_forms.values()) else _common(codes, base)


def _common(codes: set[str], base: Source) -> str:
    own = base.report.form
    return codes.pop() if len(codes) == 1 else own if codes <= {own} else "hybrid"


def _confidence(report: Report) -> float:
    """Share of the form's cells that were placed without a repair, over all sources."""
    try:
        form = form_by_code(report.form)
    except KeyError:
        return report.confidence
    tables: dict[str, TableFacts] = dict(report.tables)
    if not form.size:
        return report.confidence
    placed = sum(tables[t.id].confidence * t.size for t in form.tables if t.id in tables)
    return min(1.0, placed / form.size)


def _content_hash(report: Report, contributors: Sequence[Source]) -> str:
    """The content of the sources that gave something; of a page that gave all of it, whatever hangs on it, its own."""
    first = contributors[0]
    if len(contributors) == 1 and (first.is_page or _names_itself(first, report)):
        return first.report.content_hash
    return hash_of(report, sorted(source.report.content_hash for source in contributors))


def hash_of(report: Report, parts: Sequence[str]) -> str:
    """The hash of a report whose sources have these, and do not all say whose it is."""
    key = [report.agency or "", report.division_code or "", str(report.report_year or ""), *parts]
    return hashlib.sha256("\x1d".join(key).encode("utf-8", "surrogatepass")).hexdigest()


def _names_itself(source: Source, report: Report) -> bool:
    """Whether a file alone says whose report it is, so that it is the same report wherever it lies."""
    same = source.report.agency == report.agency and source.report.division_code == report.division_code
    return same and source.agency is not None and source.year is not None
