"""The agencies: one row for each identity, under whatever names it printed. Inside a transaction.

Which reports are of one agency is a function of their printed names, their divisions, the gazetteer and the reviewed
lookups. The writer gives each report its agency as it comes; `rekey` makes the whole anew, for databases and reports
that older rules have placed.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from dataclasses import dataclass

from govcrawl.agencies import Identity, agency_kind, identify
from govcrawl.divisions import Divisions, load_divisions
from govcrawl.store.bookkeeping import ensure_division
from govcrawl.store.divisions import refresh_divisions, stored_divisions
from govcrawl.store.rows import title_key, to_json
from govcrawl.store.versions import settle_all, settle_reports

AGENCIES = """
ALTER TABLE agencies ADD COLUMN key TEXT NOT NULL DEFAULT '';
ALTER TABLE agencies ADD COLUMN level TEXT;
DROP INDEX agencies_name_division_code;
ALTER TABLE unread_reports ADD COLUMN agency_name TEXT;
ALTER TABLE unread_reports ADD COLUMN division_code TEXT;
UPDATE unread_reports SET (agency_name, division_code) =
    (SELECT a.name, a.division_code FROM agencies AS a WHERE a.id = agency_id);
CREATE TABLE agency_names (
    agency_id INTEGER NOT NULL REFERENCES agencies (id),
    name TEXT NOT NULL,
    division_code TEXT REFERENCES divisions (code),  -- as its reports were read, under the code of their time
    first_year INTEGER,
    last_year INTEGER,
    reports INTEGER NOT NULL
);
CREATE UNIQUE INDEX agency_names_agency ON agency_names (agency_id, name, coalesce(division_code, ''));
CREATE INDEX agency_names_name ON agency_names (name);
CREATE TABLE agency_links (
    earlier_id INTEGER NOT NULL REFERENCES agencies (id),
    later_id INTEGER NOT NULL REFERENCES agencies (id),
    kind TEXT NOT NULL CHECK (kind IN ('renamed', 'merged')),
    year INTEGER NOT NULL,  -- the first report year of which nothing is expected from the earlier any more
    reason TEXT NOT NULL,
    evidence TEXT NOT NULL,
    PRIMARY KEY (earlier_id, later_id)
) WITHOUT ROWID;
CREATE INDEX agency_links_later ON agency_links (later_id);
CREATE TABLE agency_reviews (
    agency_id INTEGER NOT NULL REFERENCES agencies (id),
    other_id INTEGER NOT NULL REFERENCES agencies (id),
    reason TEXT NOT NULL,
    score REAL NOT NULL CHECK (score BETWEEN 0 AND 1),
    PRIMARY KEY (agency_id, other_id)
) WITHOUT ROWID;
"""

UNIQUE = "CREATE UNIQUE INDEX agencies_key_division_code ON agencies (key, coalesce(division_code, ''))"

PRINTED = """
SELECT agency_name, division_code, agency_id FROM reports WHERE agency_name IS NOT NULL AND agency_name <> ''
UNION
SELECT agency_name, division_code, agency_id FROM unread_reports WHERE agency_name IS NOT NULL AND agency_name <> ''
"""

LEFT = "SELECT id FROM reports WHERE agency_id IN (SELECT value FROM json_each(?)) ORDER BY id"

Key = tuple[str, str]
"""The key of an identity and its division, empty where nobody knows it."""


@dataclass(frozen=True, slots=True)
class Rekeyed:
    """What making the agencies anew changed."""

    agencies: int
    """Rows there are now."""
    moved: int
    """Reports that are another agency's now."""
    dropped: int
    """Rows that no report names any more."""


def migrate_agencies(connection: sqlite3.Connection) -> None:
    """Give the agencies of an older database their keys, and join the rows that are one body."""
    refresh_divisions(connection, load_divisions())
    rekey(connection, stored_divisions(connection))
    connection.execute(UNIQUE)
    titles = connection.execute("SELECT id, title, agency_name, title_key FROM reports").fetchall()
    keys = [(due, key) for key, title, agency, held in titles if (due := title_key(title, agency)) != held]
    connection.executemany("UPDATE reports SET title_key = ? WHERE id = ?", keys)
    settle_all(connection)


def agency_id(
    connection: sqlite3.Connection, divisions: Divisions, name: str, division_code: str | None, portal_id: str | None
) -> int:
    """The id of the agency that a printed name means, made where it is new."""
    identity = identify(name, division_code, divisions)
    found = connection.execute(
        "SELECT id, portal_id FROM agencies WHERE key = ? AND coalesce(division_code, '') = ?", _key(identity)
    ).fetchone()
    if found is None:
        return _make(connection, identity, portal_id)
    if found[1] is None and portal_id is not None:
        connection.execute("UPDATE agencies SET portal_id = ? WHERE id = ?", (portal_id, found[0]))
    return int(found[0])


def rekey(connection: sqlite3.Connection, divisions: Divisions) -> Rekeyed:
    """Place every report with the agency that its printed name means now, and settle which versions count.

    A row keeps its id where it can: where it bears the key already, else the oldest of those whose reports are joined.
    """
    used: dict[Key, set[int]] = defaultdict(set)
    identities: dict[Key, Identity] = {}
    names: dict[tuple[str, str | None], Key] = {}
    for name, code, agency in connection.execute(PRINTED).fetchall():
        identity = identify(name, code, divisions)
        key = names[name, code] = _key(identity)
        # Of several names the first in order, so that which one comes first does not matter.
        if key not in identities or identity.shown < identities[key].shown:
            identities[key] = identity
        if agency is not None:
            used[key].add(agency)
    ids = _ids(connection, identities, used)
    before = dict(connection.execute("SELECT id, agency_id FROM reports").fetchall())
    moved = _move(connection, {name: ids[key] for name, key in names.items()})
    left = connection.execute(LEFT, (to_json(sorted({before[key] for key in moved} - {None})),))
    settle_reports(connection, [*moved, *(row[0] for row in left.fetchall())])
    dropped = _drop_unused(connection)
    return Rekeyed(len(ids), len(moved), dropped)


def _ids(connection: sqlite3.Connection, identities: dict[Key, Identity], used: dict[Key, set[int]]) -> dict[Key, int]:
    """A row for each identity, with its key."""
    rows = {
        number: ((key, code or ""), level)
        for number, key, code, level in connection.execute("SELECT id, key, division_code, level FROM agencies")
    }
    ids: dict[Key, int] = {key: number for number, (key, _) in rows.items() if key[0] and key in identities}
    free = set(rows) - set(ids.values())
    for key in sorted(set(identities) - set(ids), key=lambda key: (min(used[key], default=0), key)):
        own = sorted(used[key] & free)
        if own:
            ids[key] = own[0]
            free.discard(own[0])
    for key, identity in sorted(identities.items()):
        number = ids.get(key)
        if number is None:
            ids[key] = _make(connection, identity, None)
        elif rows[number] != (key, identity.level):
            ensure_division(connection, identity.division_code)
            # An agency of no key yet does not stand in the way of the one that takes its key.
            connection.execute(
                "UPDATE agencies SET key = ?, division_code = ?, level = ? WHERE id = ?",
                (identity.key, identity.division_code, identity.level, number),
            )
    return ids


def _move(connection: sqlite3.Connection, due: dict[tuple[str, str | None], int]) -> list[str]:
    """Give the reports their agencies; gives the ids of those that had another, in order."""
    held = connection.execute("SELECT id, agency_name, division_code, agency_id FROM reports ORDER BY id").fetchall()
    moved = [(due[name, code], key) for key, name, code, agency in held if name and agency != due[name, code]]
    connection.executemany("UPDATE reports SET agency_id = ? WHERE id = ?", moved)
    unread = connection.execute("SELECT url, agency_name, division_code FROM unread_reports").fetchall()
    connection.executemany(
        "UPDATE unread_reports SET agency_id = ? WHERE url = ?",
        [(due[name, code], url) for url, name, code in unread if name],
    )
    return [key for _, key in moved]


def _drop_unused(connection: sqlite3.Connection) -> int:
    """Delete the agencies that no report is of, with what was derived of them."""
    unused = """
    SELECT a.id FROM agencies AS a
    WHERE NOT EXISTS (SELECT 1 FROM reports AS r WHERE r.agency_id = a.id)
        AND NOT EXISTS (SELECT 1 FROM unread_reports AS u WHERE u.agency_id = a.id)
    """
    connection.execute(f"DELETE FROM agency_names WHERE agency_id IN ({unused})")
    connection.execute(f"DELETE FROM agency_links WHERE earlier_id IN ({unused}) OR later_id IN ({unused})")
    connection.execute(f"DELETE FROM agency_reviews WHERE agency_id IN ({unused}) OR other_id IN ({unused})")
    return connection.execute(f"DELETE FROM agencies WHERE id IN ({unused})").rowcount


def _make(connection: sqlite3.Connection, identity: Identity, portal_id: str | None) -> int:
    ensure_division(connection, identity.division_code)
    made = connection.execute(
        "INSERT INTO agencies (name, division_code, kind, portal_id, key, level) VALUES (?, ?, ?, ?, ?, ?)",
        (
            identity.shown,
            identity.division_code,
            agency_kind(identity.shown),
            portal_id,
            identity.key,
            identity.level,
        ),
    )
    return int(made.lastrowid or 0)


def _key(identity: Identity) -> Key:
    return identity.key, identity.division_code or ""
