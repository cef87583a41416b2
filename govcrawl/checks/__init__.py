"""Checks turn a report into findings. They never change a value."""

from govcrawl.checks.identities import check_identities
from govcrawl.checks.plausibility import check_plausibility
from govcrawl.checks.proof import proven
from govcrawl.model import Finding, Report

__all__ = ["check_identities", "check_plausibility", "check_report", "prove"]


def check_report(report: Report) -> tuple[Finding, ...]:
    """Every finding the form's own rules give about one report.

    `error`: arithmetic broken as printed. `warning`: likely a misfilling.
    """
    return (*check_identities(report), *check_plausibility(report))


def prove(report: Report) -> Report:
    """The report with the findings of every check, and with what its sums prove of each sub-table."""
    return proven(report.with_findings(check_report(report)))
