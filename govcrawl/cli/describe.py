"""A report in a few lines, for somebody at a terminal."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from govcrawl.locale import marked
from govcrawl.locale.terminal import _, retold
from govcrawl.model import Report, Severity

SEVERITIES = {
    Severity.ERROR: marked("error"),
    Severity.WARNING: marked("warning"),
    Severity.INFO: marked("info"),
}


def describe_report(path: Path, report: Report) -> str:
    """The summary `govcrawl extract` prints without --json; ends with an empty line."""
    lines = [f"{path}: {report.title or _('(no title)')}"]
    lines.append(
        _(
            "  agency    {agency}  division {division}  year {year}  published {published}",
            agency=report.agency or _("unknown"),
            division=report.division_code or _("unknown"),
            year=report.report_year or _("unknown"),
            published=report.published_on or _("unknown"),
        )
    )
    if report.form == "none":
        lines.append(_("  no form was read: {reason}", reason=retold(report.reason or _("no reason given"))))
    else:
        figures = [figure for _, figure in report.figures()]
        filled = sum(figure.value is not None for figure in figures)
        lines.append(
            _(
                "  form      {form}, version {version}  cells {cells}, {filled} with a figure, {extra} beside the form"
                "  confidence {confidence}",
                form=report.form,
                version=report.template_version or _("unknown"),
                cells=len(figures),
                filled=filled,
                extra=len(report.extra_cells),
                confidence=f"{report.confidence:.2f}",
            )
        )
        lines += [_("  tables    {line}", line=line) for line in _tables(report)]
    counts = Counter(finding.severity for finding in report.findings)
    listed = ", ".join(f"{counts[severity]} {_(SEVERITIES[severity])}" for severity in Severity)
    lines.append(_("  findings  {listed}", listed=listed))
    lines += [
        f"    {_(SEVERITIES[finding.severity])}: {finding.where}: {retold(finding.message)}"
        for finding in report.findings
        if finding.severity is not Severity.INFO
    ]
    return "\n".join(lines) + "\n"


def _tables(report: Report) -> list[str]:
    """A line for each source: what it is, and which tables were read from it with which proof."""
    by_source: dict[tuple[str, str], list[str]] = {}
    for table_id, facts in report.tables.items():
        where = facts.member or facts.source or _("the document")
        what = _("{kind}, recognised", kind=facts.kind) if facts.recognised else str(facts.kind)
        by_source.setdefault((where, what), []).append(f"{table_id} {facts.proof}")
    return [f"{', '.join(tables)}  ({where}: {what})" for (where, what), tables in by_source.items()]
