"""What the steps of relating were last given: a step whose inputs are the same need not be taken again."""

from __future__ import annotations

import hashlib
import sqlite3

RELATED = """
CREATE TABLE related_steps (
    step TEXT PRIMARY KEY,
    inputs TEXT NOT NULL  -- SHA-256 of all that its rows follow from
) WITHOUT ROWID;
"""


def last_inputs(connection: sqlite3.Connection, step: str) -> str | None:
    """The inputs that a step's rows were written from; None where it was never taken."""
    found = connection.execute("SELECT inputs FROM related_steps WHERE step = ?", (step,)).fetchone()
    return found[0] if found else None


def note_inputs(connection: sqlite3.Connection, step: str, inputs: str) -> None:
    """Remember, in the transaction that writes a step's rows, what they follow from."""
    connection.execute("INSERT OR REPLACE INTO related_steps (step, inputs) VALUES (?, ?)", (step, inputs))


def forget_inputs(connection: sqlite3.Connection) -> None:
    """Let every step be taken the next time, whatever it was last given."""
    connection.execute("DELETE FROM related_steps")


WHOLE = "whole"
"""Stands for all steps together."""


def note_whole(connection: sqlite3.Connection) -> None:
    """Remember, when all steps were taken, of which reports they knew."""
    note_inputs(connection, WHOLE, _reports(connection))


def is_pending(connection: sqlite3.Connection) -> bool:
    """Whether reports were stored or read anew since all steps were taken."""
    return last_inputs(connection, WHOLE) != _reports(connection)


def _reports(connection: sqlite3.Connection) -> str:
    """Of what relating follows from, what changes whenever a report comes, is found elsewhere, or is read anew."""
    found = connection.execute("SELECT count(*), max(extracted_at) FROM reports").fetchone()
    (sources,) = connection.execute("SELECT count(*) FROM report_sources").fetchone()
    return hashlib.sha256(repr((*found, sources)).encode()).hexdigest()
