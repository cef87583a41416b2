"""The report builder: any form and edition from known figures, with any of the quirks seen in the wild."""

from __future__ import annotations

from govcrawl.simulator.report.build import BuiltReport, ReportSpec, build_many, build_report, truth_of
from govcrawl.simulator.report.quirks import QUIRKS, Quirk, break_identity

__all__ = ["QUIRKS", "BuiltReport", "Quirk", "ReportSpec", "break_identity", "build_many", "build_report", "truth_of"]
