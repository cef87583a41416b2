"""What is remembered of a host from run to run: how it is reached, and how long it is left alone after a block."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from govcrawl.store.rows import stamp

HOSTS = """
CREATE TABLE hosts (
    host TEXT PRIMARY KEY,
    scheme TEXT CHECK (scheme IN ('http', 'https')),  -- which one answers, where the other failed
    tls TEXT NOT NULL DEFAULT 'modern' CHECK (tls IN ('modern', 'legacy', 'none')),
    failures INTEGER NOT NULL DEFAULT 0,
    last_error TEXT NOT NULL DEFAULT '',
    blocked_at TEXT,
    blocked_times INTEGER NOT NULL DEFAULT 0,  -- in a row
    rest_until TEXT,                           -- before this the host is not asked
    updated_at TEXT NOT NULL
) WITHOUT ROWID;
"""
"""How a host is reached, and how long it is left alone."""

LONGEST_REST = 30
"""Days: a rest is one day, and doubled with every further block in a row."""
STUBBORN = 3
"""Blocks in a row after which nothing but the home page is tried, once a rest."""
COLUMNS = "host, scheme, tls, failures, last_error, blocked_at, blocked_times, rest_until"


@dataclass(frozen=True, slots=True)
class HostMemory:
    """One host, by name without port. Hosts of which there is nothing to remember have none."""

    host: str
    scheme: str | None = None
    """`http` or `https`, where the other one failed; None where either may be used."""
    tls: str = "modern"
    """`modern`, `legacy` (old ciphers, key sizes and renegotiation were needed), `none` (https cannot be had)."""
    failures: int = 0
    """Runs in a row in which the host was given up since it failed."""
    last_error: str = ""
    blocked_at: datetime | None = None
    blocked_times: int = 0
    """Blocks in a row, over the runs."""
    rest_until: datetime | None = None
    """Before this moment the host is not asked at all."""

    def blocked(self, now: datetime, why: str) -> HostMemory:
        """After a block: it rests for a day, two, four, … up to thirty."""
        days = min(2**self.blocked_times, LONGEST_REST)
        return replace(
            self,
            blocked_at=now,
            blocked_times=self.blocked_times + 1,
            rest_until=now + timedelta(days=days),
            last_error=why,
        )

    def answered(self) -> HostMemory:
        """After a page was had: nothing is held against the host."""
        return replace(self, failures=0, blocked_times=0, rest_until=None)

    def rests(self, now: datetime) -> bool:
        """Whether the host is not to be asked yet."""
        return self.rest_until is not None and now < self.rest_until

    @property
    def is_stubborn(self) -> bool:
        """Whether it blocked so often that only its home page is tried."""
        return self.blocked_times >= STUBBORN


def read_host(connection: sqlite3.Connection, host: str) -> HostMemory | None:
    row = connection.execute(f"SELECT {COLUMNS} FROM hosts WHERE host = ?", (host,)).fetchone()
    return _memory(row) if row else None


def write_host(connection: sqlite3.Connection, memory: HostMemory, updated: str) -> None:
    connection.execute(
        f"""INSERT INTO hosts ({COLUMNS}, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (host) DO UPDATE SET scheme = excluded.scheme, tls = excluded.tls, failures = excluded.failures,
            last_error = excluded.last_error, blocked_at = excluded.blocked_at,
            blocked_times = excluded.blocked_times, rest_until = excluded.rest_until,
            updated_at = excluded.updated_at""",
        (
            memory.host,
            memory.scheme,
            memory.tls,
            memory.failures,
            memory.last_error,
            stamp(memory.blocked_at) if memory.blocked_at else None,
            memory.blocked_times,
            stamp(memory.rest_until) if memory.rest_until else None,
            updated,
        ),
    )


def _memory(row: tuple[object, ...]) -> HostMemory:
    host, scheme, tls, failures, last_error, blocked_at, blocked_times, rest_until = row
    return HostMemory(
        str(host),
        str(scheme) if scheme else None,
        str(tls),
        int(str(failures)),
        str(last_error),
        _moment(blocked_at),
        int(str(blocked_times)),
        _moment(rest_until),
    )


def _moment(text: object) -> datetime | None:
    return datetime.fromisoformat(str(text)) if text else None
