"""What can be said of a block of Stata without Stata."""

from __future__ import annotations

import re
from pathlib import Path

from pandas.io.stata import StataReader

WORDS = {
    *("use", "clear", "keep", "if", "in", "list", "sort", "gsort", "by", "generate", "collapse", "tabstat", "tabulate"),
    *("statistics", "columns", "count", "sum", "round", "abs", "cond", "missing", "inrange", "label", "language", "en"),
    *("describe", "egen", "group", "xtset"),
}
"""The words of Stata that the documents use."""


def unknown_in(block: str, place: Path) -> set[str]:
    """What neither Stata nor the file that the block begins with knows: names, and texts that are no value's label."""
    (path,) = re.findall(r"^use (\S+), clear$", block, re.MULTILINE)
    with StataReader(place / path) as reader:
        variables, labels = set(reader.variable_labels()), reader.value_labels()
    values = {
        value
        for value, label in re.findall(r'"([^"]*)":(\w+)', block)
        if value not in labels[label].values() or label.rpartition("_")[0] not in variables
    }
    made = set(re.findall(r"^(?:generate|egen) (\w+)", block, re.MULTILINE)) | set(re.findall(r"(\w+)=\w", block))
    names = set(re.findall(r"[A-Za-z]\w*", re.sub(r'use \S+|"[^"]*"(:\w+)?', "", block)))
    return values | (names - made - WORDS - variables)
