"""Documents that are there in English and in Chinese."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
CHINESE = ".zh-CN.md"
PAIRS = [
    (str(path.relative_to(ROOT)).replace(CHINESE, ".md"), str(path.relative_to(ROOT)))
    for path in sorted([*ROOT.glob(f"*{CHINESE}"), *ROOT.glob(f"docs/*{CHINESE}")])
]
"""(English, Chinese) of each document that is in both languages."""

_COMMENTS = {"sh": r"\s*#.*", "python": r"\s*#.*", "sql": r"\s*--.*", "stata": r"\s*(?://|\*).*|label language .*"}
"""What may differ: comments, and in which language Stata shows its labels."""


def code_in(text: str) -> list[tuple[str, list[str]]]:
    """(language, lines) of every block that is given to a program; blocks of no language are what it prints."""
    found = re.findall(r"^```(\w+)\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    lines = ((language, re.sub(rf"(?m)(?:{_COMMENTS.get(language, '$^')})$", "", code)) for language, code in found)
    return [(language, [line for line in code.splitlines() if line.strip()]) for language, code in lines]
