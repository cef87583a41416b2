"""What a look at a portal found: whether it answers, its platform, its report column."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

NOT_ASKED = "not asked"
ANSWERS = "answers"
"""The state of a portal whose home page could be read; any other state is a kind of problem."""


@dataclass(frozen=True, slots=True)
class Checked:
    """One portal, looked at."""

    portal_id: str
    name: str
    homepage: str
    state: str = NOT_ASKED
    """`answers`, or the kind of problem that kept the home page away (`docs/problems.md`)."""
    detail: str = ""
    """Why, or what is doubtful about the column."""
    platform: str | None = None
    """The platform of the report column where one was found, else of the home page."""
    column: str | None = None
    """The report column: the first page seen that lists two reports or more, or two columns of reports."""
    reports: int = 0
    """Reports listed on its first page."""
    registered: bool = False
    """The column is one the registry knows."""
    requests: int = 0
    """What the look cost, without robots.txt."""

    def to_dict(self) -> dict[str, Any]:
        """The fields by name, as `--json` prints them."""
        return {name: getattr(self, name) for name in self.__slots__}
