"""How large the database is, by what is in it."""

from __future__ import annotations

import sqlite3
from collections import Counter
from pathlib import Path

BYTES = """
SELECT coalesce(m.tbl_name, s.name), sum(s.pgsize), sum(iif(m.type = 'index', s.pgsize, 0))
FROM dbstat AS s LEFT JOIN sqlite_master AS m ON m.name = s.name
WHERE s.aggregate = TRUE GROUP BY 1 ORDER BY 2 DESC
"""
OF_SEARCH = "search_"


def bytes_by_table(database: Path) -> tuple[dict[str, int], int]:
    """Table → bytes with its indexes, the largest first, those of the full-text index as one; and bytes of all
    indexes."""
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    try:
        rows = connection.execute(BYTES).fetchall()
    finally:
        connection.close()
    sizes: Counter[str] = Counter()
    for name, size, _ in rows:
        sizes["full-text index" if name.startswith(OF_SEARCH) else name] += size
    return dict(sizes.most_common()), sum(index for *_, index in rows)
