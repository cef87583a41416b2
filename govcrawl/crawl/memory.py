"""What a run remembers of one portal: what it asked for, what it found, and when enough is enough."""

from __future__ import annotations

from dataclasses import dataclass, field

from govcrawl.crawl.items import Bundle
from govcrawl.crawl.settings import RunSettings
from govcrawl.discovery.hosts import same_page_key, same_row_key
from govcrawl.discovery.links import LinkKind
from govcrawl.discovery.pages import HomeMark
from govcrawl.model import Link, Portal, ProblemKind, Role
from govcrawl.platforms.base import ListRequest, Pager

HIDES_ROWS = frozenset(ProblemKind) - {ProblemKind.NOT_FOUND, ProblemKind.FOREIGN_HOST}
"""Problems of a column for which its rows may be missing without being gone."""


@dataclass(frozen=True, slots=True)
class Visit:
    """Why a page was asked for."""

    portal: Portal
    role: Role
    inside: LinkKind | None = None
    """What a column page is; None for the home page and for reports."""
    link: Link | None = None
    """The link that led here."""
    depth: int = 0
    """Columns above this one."""
    barren: int = 0
    """Pages just before this one, on the same path, that listed nothing."""
    hops: int = 0
    """Shells that sent us on."""
    pager: Pager | None = None
    """How the list is numbered, on its second page alone."""
    renumbered: bool = False
    """The second page was looked for under the platform's own number before."""
    first_rows: frozenset[str] = frozenset()
    """The rows of page one, to compare page two with."""
    further: bool = False
    """Not the first page of its list."""
    of_list: str = ""
    """The first page of its list, where it is not that itself."""
    platform: str | None = None
    """The platform that said how to ask for the page, and reads it."""
    request: ListRequest | None = None
    """How the platform said to ask for it."""
    parent_url: str | None = None
    """The page that led to a column."""
    entry: bool = False
    """A column that no other column leads to."""
    remembered: bool = False
    """A column that was right in an earlier run, or that the registry names."""
    rendered: bool = False
    """The page was asked for with a browser."""
    bundle: Bundle | None = None
    """The page that waits for this attachment."""


@dataclass(slots=True)
class ListTally:
    """How many rows a list says that it has, and which were seen."""

    expected: int | None = None
    rows: set[str] = field(default_factory=set)

    @property
    def missing(self) -> int:
        """Rows that were stated and not seen; a list that states too few misses none."""
        return max(0, (self.expected or 0) - len(self.rows))


@dataclass(slots=True)
class PortalMemory:
    """One portal's crawl."""

    portal: Portal
    limits: RunSettings
    seen: set[str] = field(default_factory=set)
    requests: int = 0
    pending: int = 0
    columns: int = 0
    listed: int = 0
    """Report links seen on columns, whatever became of them."""
    sampled: int = 0
    """Report pages asked for."""
    hoped_for: int = 0
    """Of those due, the ones that are not known to be gone."""
    answered: int = 0
    """Report pages had, or confirmed."""
    home: HomeMark | None = None
    home_asked: bool = False
    left_alone: str | None = None
    """Why the rest of the portal is not asked for in this run."""
    blocked: bool = False
    looked_after: bool = False
    """The known reports that no list shows any more were asked for."""
    no_files: str = ""
    """Why the portal's files are not asked for in this run, though its pages are."""
    failure: str = ""
    """Why the home page could not be had the first way, while it is tried the other way."""
    skipped: int = 0
    """Pages not asked for, since the portal was given up or its budget used up."""
    cut_short: bool = False
    """The run ended, by its budget or for want of a network, before the portal did."""
    hides_rows: bool = False
    """A column was not read in full."""
    told: set[tuple[ProblemKind, str]] = field(default_factory=set)
    rows: set[str] = field(default_factory=set)
    lists: dict[str, ListTally] = field(default_factory=dict)
    """The lists of the portal's columns, by the address of their first page."""
    broken: dict[str, tuple[ProblemKind, str]] = field(default_factory=dict)
    """Columns that a walk began with and that are no longer right, and what became of them."""
    found: list[tuple[str, str]] = field(default_factory=list)
    """Columns that were not known before, with their titles."""

    def first_time(self, url: str, key: str = "") -> bool:
        """Whether the page was not asked for before in this run; it counts as asked for from now on.

        `key` tells apart what is posted to one address.
        """
        return _add(self.seen, f"{same_page_key(url)} {key}" if key else same_page_key(url))

    def first_listed(self, url: str) -> bool:
        """Whether the report was not listed before in this run; it counts as listed from now on."""
        return _add(self.rows, same_row_key(url))

    def other_scheme(self, url: str) -> str:
        """The same address by https instead of http, or the other way; it may be asked for again."""
        scheme, _, rest = url.partition("://")
        self.forget(url)
        return f"{'http' if scheme == 'https' else 'https'}://{rest}"

    def forget(self, url: str) -> None:
        """The page may be asked for again."""
        self.seen.discard(same_page_key(url))

    def release(self) -> None:
        """Forget what only a walk needs; a nation has more addresses than memory should hold."""
        self.seen.clear()
        self.rows.clear()
        self.lists.clear()
        self.told.clear()
        self.broken.clear()
        self.found.clear()
        self.home = None

    def leave(self, why: str, *, blocked: bool = False) -> None:
        """Give the portal up for this run."""
        self.left_alone = self.left_alone or why
        self.blocked = self.blocked or blocked

    def is_working(self) -> bool:
        """Whether reports were listed and, of those that were due and not known to be gone, any could be had."""
        return self.listed > 0 and (self.answered > 0 or not (self.sampled and self.hoped_for))

    def is_complete(self) -> bool:
        """Whether everything the portal lists was seen."""
        whole = not (self.hides_rows or self.skipped or self.cut_short or self.left_alone)
        return whole and self.listed > 0 and (not self.broken or bool(self.found))

    def is_spent(self) -> bool:
        """Whether no further request may be made."""
        return self.left_alone is not None or self.requests >= self.limits.requests


def _add(known: set[str], key: str) -> bool:
    before = len(known)
    known.add(key)
    return len(known) > before
