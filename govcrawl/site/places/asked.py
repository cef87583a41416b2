"""What is asked for in an address."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


def chosen_year(request: Any, years: Sequence[int], otherwise: int | None) -> int | None:
    """The year of `?year=` where the corpus has it; else the given one, or the last."""
    asked = request.args.get("year") or ""
    year = int(asked) if asked.isascii() and asked.isdigit() and len(asked) == 4 else None
    return year if year in years else otherwise or (years[-1] if years else None)


def chosen(request: Any, name: str, among: Sequence[str]) -> str:
    """One of several words; the first where none of them is asked for."""
    asked = request.args.get(name)
    return asked if asked in among else among[0]
