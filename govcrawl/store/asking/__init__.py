"""What the site asks of a corpus: a module for each page, plain functions of a connection.

    def years(connection: sqlite3.Connection, agency_id: int) -> list[dict[str, Any]]:
        return rows(connection, "SELECT … WHERE agency_id = ?", agency_id)

They only read, know no Datasette, and are fast on 200,000 reports.
"""

from __future__ import annotations

from govcrawl.store.asking.rows import row, rows, value

__all__ = ["row", "rows", "value"]
