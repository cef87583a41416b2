"""What became of a replay."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from govcrawl.model import ProblemKind

AGAIN = frozenset(
    {
        ProblemKind.UNREADABLE,
        ProblemKind.EXTRACTION_FAILED,
        ProblemKind.WRONG_TYPE,
        ProblemKind.NO_TABLE,
        ProblemKind.TOO_LARGE,
        ProblemKind.ENCRYPTED,
        ProblemKind.EMPTY,
    }
)
"""What another reader may be able to read."""

MOST_VALUES = 100
"""Changed values that are told one by one."""


@dataclass(slots=True)
class Replayed:
    """What became of a replay."""

    pages: int = 0
    """Pages with their attachments, and files alone, each as often as it was seen with another content."""
    captures: int = 0
    reports: Counter[str] = field(default_factory=Counter)
    """By outcome."""
    problems: Counter[str] = field(default_factory=Counter)
    """Why pages and files still give nothing, by kind."""
    damaged: list[str] = field(default_factory=list)
    """What of the archive could not be read back."""
    skipped: int = 0
    """Answers of the files given that lead to no report: lists, home pages, refusals."""
    gone: int = 0
    """Reports whose page was missing later."""
    changed_reports: int = 0
    """Known reports of which something is read otherwise than before."""
    changes: Counter[str] = field(default_factory=Counter)
    """How many of their values, by part."""
    values: list[tuple[str, str, Any, Any]] = field(default_factory=list)
    """(report, place, old, new) of the first of them; the table `rereadings` has all."""
    lost: int = 0
    """Reports that their captures are no longer read as: they are superseded, and stay."""
    related: dict[str, dict[str, int]] = field(default_factory=dict)
    """What holding all reports against each other counted afterwards."""

    def note(self, report_id: str, found: Sequence[tuple[str, Any, Any]]) -> None:
        """A known report is read otherwise than before in some places."""
        if not found:
            return
        self.changed_reports += 1
        self.changes.update(where.partition("/")[0] for where, _, _ in found)
        self.values += [(report_id, *each) for each in found[: max(0, MOST_VALUES - len(self.values))]]

    @property
    def right(self) -> bool:
        """Whether everything was read; a page that is no report is read too."""
        return not self.damaged and not set(self.problems) & {str(kind) for kind in AGAIN}

    def to_dict(self) -> dict[str, Any]:
        return {
            "right": self.right,
            "pages": self.pages,
            "captures": self.captures,
            "reports": dict(self.reports),
            "problems": dict(self.problems),
            "damaged": self.damaged,
            "skipped": self.skipped,
            "gone": self.gone,
            "changed_reports": self.changed_reports,
            "changes": dict(self.changes),
            "values": [list(each) for each in self.values],
            "lost": self.lost,
            "related": self.related,
        }
