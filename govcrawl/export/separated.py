"""CSV: UTF-8, commas, line feeds, the names of the variables in the first line; a text is never a formula."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import Any

from govcrawl.export.writing import Rows, Table, Written, writing

_FORMULA = re.compile(r"[=+\-@＝＋－＠'\t\r]")
"""How a text begins that a spreadsheet would take for a formula, or for the mark that it is none."""
_HARMLESS = re.compile(r"[+\-－]?[0-9０-９][0-9０-９,，.．]*|[-－+＋]+", re.ASCII)
"""Numbers as reports print them, and dashes: they mean the same as formulas."""
_UNPLACED = re.compile(r"-/\w+")
"""What identifies an agency of no known division: no spreadsheet can reckon it, and it is the same in every format."""


def write_csv(table: Table, rows: Rows, to: Path) -> Written:
    """Write a table as CSV."""
    texts = [place for place, each in enumerate(table.fields) if each.is_text]
    count = 0
    with writing(to), to.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file, lineterminator="\n")
        lines.writerow([each.name for each in table.fields])
        for row in rows:
            told = list(row)
            for place in texts:
                told[place] = plain(told[place])
            lines.writerow(told)
            count += 1
    return Written(count)


def plain(value: Any) -> Any:
    """A text that is no formula in any spreadsheet: with an apostrophe before it if it begins like one.

    Whoever takes off one leading apostrophe has the text again. NUL, which no reader of CSV bears, becomes U+FFFD.

    >>> plain("=cmd|' /C calc'!A0"), plain("-262"), plain("'quoted'")
    ("'=cmd|' /C calc'!A0", '-262', "''quoted'")
    """
    if not isinstance(value, str):
        return value
    if "\0" in value:
        value = value.replace("\0", "\ufffd")
    if _FORMULA.match(value) and not (_HARMLESS.fullmatch(value) or _UNPLACED.fullmatch(value)):
        return f"'{value}"
    return value
