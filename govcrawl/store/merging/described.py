"""What each table of the corpus is to a merge and to an export: its natural key, and how two rows of one key join.

Every way of joining is commutative, associative and idempotent: the greatest row by a total order, the least or the
greatest value of a column. So it does not matter in which order, in which groups or how often corpora are merged.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """Where the rows of a table come from."""

    JOINED = "joined"
    """From all corpora; rows of one key become one."""
    REPORTS = "reports"
    """The reports themselves: of two readings of one content the newer counts, with all its parts."""
    PART = "part"
    """A part of a report, which goes with it."""
    DERIVED = "derived"
    """Written anew by relating, from the other tables."""


@dataclass(frozen=True, slots=True)
class Described:
    """A table."""

    kind: Kind
    key: tuple[str, ...]
    """Columns (or expressions of them) that say which row is meant, whatever database it stands in."""
    newest: tuple[str, ...] = ()
    """Columns that say which of two rows of one key gives what is not combined: the greatest, null the least."""
    least: tuple[str, ...] = ()
    """Columns of which the least value is kept; null only where all are."""
    greatest: tuple[str, ...] = ()
    """Columns of which the greatest value is kept."""
    together: Mapping[tuple[str, ...], tuple[str, ...]] = field(default_factory=dict)
    """Columns that come from one row, which need not be the newest → what says which row that is, as in `newest`."""
    refers: Mapping[str, str] = field(default_factory=dict)
    """Columns that hold the number of a row of another table."""
    within: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """Column of JSON → the path inside it that holds a number of a row, and the table of that row."""
    files: tuple[str, ...] = ()
    """Columns that hold the name of a file of the archive."""
    numbered: tuple[str, ...] = ()
    """Of tables whose rows have a number (`id`): the order of the numbers, before the key."""

    @property
    def combined(self) -> frozenset[str]:
        """The columns that do not simply come from the newest row."""
        groups = (column for columns in self.together for column in columns)
        return frozenset((*self.least, *self.greatest, *groups))


def _latest(always: str, perhaps: str) -> str:
    """The later of two moments, of which the second may be null."""
    return f"max({always}, coalesce({perhaps}, {always}))"


def _part(*key: str) -> Described:
    return Described(Kind.PART, ("report_id", *key))


def _derived(*key: str, refers: Mapping[str, str] | None = None) -> Described:
    return Described(Kind.DERIVED, key, refers=refers or {})


TABLES: dict[str, Described] = {
    "divisions": Described(Kind.JOINED, ("code",), newest=("level <> 'unknown'",)),
    "division_successions": Described(Kind.JOINED, ("code", "successor_code")),
    "portals": Described(
        Kind.JOINED, ("id",), newest=("visited_at",), greatest=("last_success_at", "visited_at", "discovered_at")
    ),
    "columns": Described(
        Kind.JOINED,
        ("portal_id", "url"),
        newest=("last_seen_at",),
        least=("first_seen_at",),
        greatest=("entry", "last_seen_at", "last_right_at"),
    ),
    "hosts": Described(Kind.JOINED, ("host",), newest=("updated_at",)),
    "redirects": Described(Kind.JOINED, ("asked_url",), newest=("last_seen_at",)),
    "listings": Described(
        Kind.JOINED, ("url",), newest=("last_seen_at",), least=("first_seen_at",), greatest=("last_seen_at",)
    ),
    "agencies": Described(
        Kind.JOINED,
        ("key", "division_code"),
        least=("portal_id",),
        together={("name", "kind"): ("name",)},
        numbered=("division_code",),
    ),
    "captures": Described(
        Kind.JOINED,
        ("url", "fetched_at", "body_sha256"),
        newest=("warc_file", "warc_offset"),
        greatest=("portal_id", "page_url", "checked_at", "read_at"),
        together={("link_text", "link_date"): ()},
        files=("warc_file",),
        numbered=("fetched_at",),
    ),
    "crawl_runs": Described(
        Kind.JOINED,
        ("command", "started_at", "json_remove(arguments, '$.refresh')"),
        newest=("finished_at",),
        within={"arguments": ("$.refresh", "crawl_runs")},
        numbered=("started_at",),
    ),
    "problems": Described(
        Kind.JOINED,
        ("url", "kind"),
        newest=("last_seen_at",),
        least=("first_seen_at",),
        greatest=("last_seen_at", "count"),
        together={("mended_at",): (_latest("last_seen_at", "mended_at"),)},
        numbered=("first_seen_at",),
    ),
    "reports": Described(Kind.REPORTS, ("id",), refers={"agency_id": "agencies"}),
    "report_sources": Described(
        Kind.JOINED,
        ("report_id", "url"),
        newest=("last_seen_at",),
        least=("first_seen_at",),
        greatest=("last_seen_at",),
        together={("vanished_at", "vanished"): (_latest("last_seen_at", "vanished_at"),)},
        refers={"capture_id": "captures"},
    ),
    "revisits": Described(
        Kind.JOINED, ("capture_id", "seen_at"), refers={"capture_id": "captures"}, files=("warc_file",)
    ),
    "rereadings": Described(Kind.JOINED, ("report_id", '"where"', "reread_at")),
    "report_tables": _part("table_id"),
    "disclosure": _part("code"),
    "statistics": _part("code"),
    "applications": _part("row_code"),
    "review_litigation": _part("channel"),
    "extra_cells": _part("position"),
    "sections": _part("position"),
    "findings": _part("position"),
    "unread_reports": Described(Kind.JOINED, ("url",), newest=("last_seen_at",), refers={"agency_id": "agencies"}),
    "cross_checks": _derived("report_id", "code", '"where"', "other_report_id", "other_where"),
    "agency_names": _derived("agency_id", "name", "division_code", refers={"agency_id": "agencies"}),
    "agency_links": _derived("earlier_id", "later_id", refers={"earlier_id": "agencies", "later_id": "agencies"}),
    "agency_reviews": _derived("agency_id", "other_id", refers={"agency_id": "agencies", "other_id": "agencies"}),
    "corrections": _derived("report_id", '"where"'),
    "corrected_disclosure": _derived("report_id", "code"),
    "corrected_statistics": _derived("report_id", "code"),
    "corrected_applications": _derived("report_id", "row_code"),
    "corrected_review_litigation": _derived("report_id", "channel"),
    "report_versions": _derived("report_id", "earlier_id"),
    "report_changes": _derived("report_id", "earlier_id", '"where"'),
    "related_steps": _derived("step"),
    "coverage_rows": _derived("portal_id", "report_year", "agency_id", refers={"agency_id": "agencies"}),
    "coverage_counts": _derived("portal_id", "report_year", "duty", "state"),
    "indicators": _derived("report_year", "report_id", refers={"agency_id": "agencies"}),
    "year_sums": _derived("report_year", "who"),
    "report_links": _derived("report_id", "other_id", "kind", "position"),
}
"""Every table of the schema, what others refer to first."""

_INDEX = re.compile(r"search_(?:reports|(?:names|prose)(?:_\w+)?)")


def is_index(table: str) -> bool:
    """Whether a table is of the full-text index: relating makes it anew, so it is neither joined nor written out."""
    return _INDEX.fullmatch(table) is not None
