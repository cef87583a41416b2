"""A report in a few lines, for somebody at a terminal."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from govcrawl.model import Report, Severity


def describe_report(path: Path, report: Report) -> str:
    """The summary `govcrawl extract` prints without --json; ends with an empty line."""
    lines = [f"{path}: {report.title or '(no title)'}"]
    lines.append(
        f"  agency    {report.agency or 'unknown'}  division {report.division_code or 'unknown'}"
        f"  year {report.report_year or 'unknown'}  published {report.published_on or 'unknown'}"
    )
    if report.form == "none":
        lines.append(f"  no form was read: {report.reason or 'no reason given'}")
    else:
        figures = [figure for _, figure in report.figures()]
        filled = sum(figure.value is not None for figure in figures)
        lines.append(
            f"  form      {report.form}, version {report.template_version or 'unknown'}"
            f"  cells {len(figures)}, {filled} with a figure, {len(report.extra_cells)} beside the form"
            f"  confidence {report.confidence:.2f}"
        )
        lines += [f"  tables    {line}" for line in _tables(report)]
    counts = Counter(finding.severity for finding in report.findings)
    lines.append("  findings  " + ", ".join(f"{counts[severity]} {severity}" for severity in Severity))
    lines += [f"    {f.severity}: {f.where}: {f.message}" for f in report.findings if f.severity is not Severity.INFO]
    return "\n".join(lines) + "\n"


def _tables(report: Report) -> list[str]:
    """A line for each source: what it is, and which tables were read from it with which proof."""
    by_source: dict[tuple[str, str], list[str]] = {}
    for table_id, facts in report.tables.items():
        where = facts.member or facts.source or "the document"
        what = f"{facts.kind}, recognised" if facts.recognised else str(facts.kind)
        by_source.setdefault((where, what), []).append(f"{table_id} {facts.proof}")
    return [f"{', '.join(tables)}  ({where}: {what})" for (where, what), tables in by_source.items()]
