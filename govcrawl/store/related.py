"""What the steps of relating were last given: a step whose inputs are the same need not be taken again."""

from __future__ import annotations

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
