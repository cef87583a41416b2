"""Checks turn a report into findings. They never change a value."""

from govcrawl.checks.identities import check_identities
from govcrawl.checks.plausibility import check_plausibility
from govcrawl.model import Finding, Report

__all__ = ["check_identities", "check_plausibility", "check_report"]


def check_report(report: Report) -> tuple[Finding, ...]:
    """Every finding the form's own rules give about one report.

    `error`: arithmetic broken as printed. `warning`: likely a misfilling.
    """
    return (*check_identities(report), *check_plausibility(report))
