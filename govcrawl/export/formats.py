"""What an export can be written as."""

from __future__ import annotations

from govcrawl.export.lines import write_lines
from govcrawl.export.parquet import write_parquet
from govcrawl.export.separated import write_csv
from govcrawl.export.stata import write_stata
from govcrawl.export.workbook import write_workbook
from govcrawl.export.writing import Format

FORMATS = {
    "csv": Format(write_csv, ".csv", "text/csv"),
    "parquet": Format(write_parquet, ".parquet", "application/vnd.apache.parquet", "pyarrow"),
    "xlsx": Format(
        write_workbook, ".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsxwriter"
    ),
    "jsonl": Format(write_lines, ".jsonl", "application/jsonl"),
    "dta": Format(write_stata, ".dta", "application/x-stata-dta"),
}
"""Formats with a file for each table."""
DATABASE = "corpus.db"
"""The one file of the format `sqlite`."""
NAMES = (*FORMATS, "sqlite")
