"""What a story is made of."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from govcrawl.forms.variables import Label

PARAMETER_KINDS = ("year", "place", "agency_kind", "number", "choice")
COLUMN_KINDS = (
    "key",
    "agency",
    "place",
    "report",
    "year",
    "day",
    "number",
    "percent",
    "errors",
    "code",
    "row",
    "applicant",
    "cell",
    "passage",
    "url",
    "text",
)
LIMIT = re.compile(r"\bLIMIT\s+(\d+)", re.IGNORECASE)
GROUPS = ("requests", "publication", "soundness", "prose", "remedies", "places")
"""Under which heading of the list a story stands."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A named parameter of a story's SQL."""

    name: str
    kind: str
    """`year`; `place` (a division's code, or nothing); `agency_kind` (or nothing); `number`; `choice`."""
    label: Label | None = None
    """None for those that every story has alike."""
    default: str = ""
    """Of a year nothing: the latest one that counts."""
    least: int = 0
    choices: Mapping[str, Label] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of an answer, and how it is shown."""

    name: str
    kind: str
    """`key` is not shown: others refer to it. `agency`, `place`, `report`, `cell` lead to their pages; `row` and
    `applicant` are codes of a form's part three; `errors` marks reports whose sums are broken."""
    label: Label | None = None
    """None where the kind of column says enough."""
    by: str = ""
    """The column with the number of the agency, or with the report of the cell."""
    values: Mapping[str, Label] = field(default_factory=dict)
    """Of codes what they mean."""


@dataclass(frozen=True, slots=True)
class Query:
    """SQL, and its columns in order."""

    sql: str
    columns: tuple[Column, ...]

    @property
    def most(self) -> int | None:
        """Rows that it gives at the most, the greatest of its limits; None where it has none."""
        return max(map(int, LIMIT.findall(self.sql)), default=None)


@dataclass(frozen=True, slots=True)
class ChartPlan:
    """Which columns of the answer are drawn, and how."""

    kind: str
    x: str
    y: str
    series: str = ""
    most: int = 1000
    """Rows that are drawn: the first ones."""
    flat: bool = False
    stack: bool = False


@dataclass(frozen=True, slots=True)
class Story:
    """A question that anybody may ask, with what has to be known to understand the answer."""

    id: str
    order: int
    group: str
    title: Label
    summary: Label
    explanation: Label
    caveats: tuple[Label, ...]
    parameters: tuple[Parameter, ...]
    answer: Query
    basis: Query
    """One row with what the answer was found among: the denominators, and what is missing."""
    chart: ChartPlan | None = None
