"""The files a report is published as: every format from the same draft, with the same truth."""

from __future__ import annotations

from govcrawl.simulator.report.files.extra import WriterMissingError
from govcrawl.simulator.report.files.formats import FORMATS, Format
from govcrawl.simulator.report.files.write import check, write_files

__all__ = ["FORMATS", "Format", "WriterMissingError", "check", "write_files"]
