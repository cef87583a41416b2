"""What a chronicle yields: captures, and the truth about them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from govcrawl.simulator.chronicle.bodies import Body
from govcrawl.simulator.chronicle.places import Place
from govcrawl.simulator.chronicle.prose import Text
from govcrawl.simulator.chronicle.series import Row


@dataclass(frozen=True, slots=True)
class Captured:
    """One answer of a portal."""

    url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    fetched_at: datetime
    content: str = ""
    """The key of the content that is printed there; empty for a refusal."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, and that a corpus should notice.

    | kind | details |
    |---|---|
    | `edit` | `silent`, `changes` (list of [where, old, new]), `sections` (whose words changed), `url`, `other` |
    | `repost` | `urls`: the same content at two addresses |
    | `near_duplicate` | `other` content: the same report elsewhere, a slip of the pen mended, other chrome |
    | `vanished` | `url`, `last_seen_at`, `gone_at`, `status` |
    | `copied` | `other` content, `section`, `other_section`, `how`: see `copying.SHARES` |
    | `carry_over` | `where`, `printed`, `expected` (last year's), `other` content |
    | | `doubtful`: nobody can know that both years are one agency's |
    | `last_year`, `stock` | the same |
    | `narrative` | `stated` (key of `prose.CELLS`), `where`, `printed` (in the table), `said` |
    | `area_total` | `where`, `printed`, `expected` (at least, of the members found), `found`, `members` |
    """

    kind: str
    content: str
    details: Mapping[str, Any] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        return {"kind": self.kind, "content": self.content, **self.details}


@dataclass(slots=True, eq=False)
class Content:
    """One state of a report: what a reader of its page reads."""

    key: str
    """`<body>/<year>`; with `/edited` or `/mended` behind it for the states that are not the first."""
    body: Body
    year: int
    agency: str
    """As printed."""
    way: str
    """Of writing the name, see `names`."""
    signature: str
    title: str
    form: str
    row: Row
    text: Text
    published_on: date
    style: str
    extra: str = ""
    tail: str = ""
    whole_area: bool = False
    """It says that it counts for the whole area."""

    @property
    def report(self) -> str:
        """The key of the first state."""
        return f"{self.body.id}/{self.year}"


@dataclass(frozen=True, slots=True)
class Address:
    """Where a content stands, and when it was fetched there."""

    content: Content
    url: str
    portal: Place
    moments: tuple[datetime, ...]
    restless: bool = False
    """The portal's chrome is another at every moment; the content is the same."""


@dataclass(frozen=True, slots=True)
class Truth:
    """What is so, and what happened."""

    events: tuple[Event, ...]
    contents: Mapping[str, Content]
    addresses: tuple[Address, ...]
    current: frozenset[str]
    """The contents that count at the end."""

    def of(self, kind: str) -> list[Event]:
        return [event for event in self.events if event.kind == kind]

    def same(self, one: str, other: str) -> bool | None:
        """Whether two contents are of one agency; None where nobody can know: a local renaming lies between."""
        first, second = self.contents[one], self.contents[other]
        if first.body is not second.body:
            return False
        return None if self._between("doubtful", first, second) else True

    def reformed(self, one: str, other: str) -> bool:
        """Whether the reform lies between two contents of a body: it may count as one agency, or as two with a link."""
        return self._between("reformed", self.contents[one], self.contents[other])

    def _between(self, change: str, first: Content, second: Content) -> bool:
        low, high = sorted((first.year, second.year))
        return any(kind == change and low < year <= high for kind, year in first.body.changes)
