"""A report's prose and tables in the order in which the notice wants them printed. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from govcrawl.site.reports.tables import SECTIONS, Sheet
from govcrawl.store.asking.proofs import IN_PROSE


@dataclass(frozen=True, slots=True)
class Block:
    """A section of the prose, and the tables that belong there."""

    section: dict[str, Any] | None
    """Its row of `sections`; None for tables that no section of the report holds."""
    sheets: list[Sheet] = field(default_factory=list)


def blocks(sheets: Iterable[Sheet], sections: Sequence[dict[str, Any]]) -> list[Block]:
    """Put each part's tables behind the prose of its section; those without one come last."""
    found = [Block(section) for section in sections]
    loose: list[Sheet] = []
    for sheet in sheets:
        number = SECTIONS.get(sheet.part)
        home = next((block for block in found if block.section and number and block.section["number"] == number), None)
        (home.sheets if home else loose).append(sheet)
    return [*found, Block(None, loose)] if loose else found


def cells_and_passages(changes: Iterable[dict[str, Any]]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Changes of a version: what fits into a table, and passages of prose, which would make its columns too wide."""
    told = list(changes)
    passages = [each for each in told if each["where"].startswith(IN_PROSE)]
    return [each for each in told if each not in passages], passages
