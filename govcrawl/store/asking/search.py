"""What the search page asks: which reports say something, those that are called so first, the newest first."""

from __future__ import annotations

import re
import sqlite3
from dataclasses import dataclass

from govcrawl.store.asking.excerpts import Excerpt, excerpts
from govcrawl.store.search.index import missing_rows
from govcrawl.store.search.words import words

MOST_PHRASES = 8
MOST_WORDS = 80
"""Of a question; what is longer is cut, and the page says so."""
AT_ONCE = 20
MOST_COUNTED = 1000
_CURSOR = re.compile(r"([np])(\d{1,18})")

NAMES = """
SELECT s.id FROM search_names AS f CROSS JOIN search_reports AS s ON s.id = f.rowid
WHERE search_names MATCH :names AND f.rowid > :after AND s.report_id IS NOT NULL
ORDER BY f.rowid LIMIT :most
"""

PROSE = """
SELECT s.id FROM search_prose AS f CROSS JOIN search_reports AS s ON s.id = f.rowid
WHERE search_prose MATCH :prose AND f.rowid > :after AND s.report_id IS NOT NULL
AND f.rowid NOT IN (SELECT rowid FROM search_names WHERE search_names MATCH :names)
ORDER BY f.rowid LIMIT :most
"""

HIT = """
SELECT r.id, r.title, coalesce(r.agency_name, a.name), coalesce(a.division_code, r.division_code), a.key, d.full_name,
    r.report_year, r.published_on, r.state, a.kind
FROM search_reports AS s
JOIN reports AS r ON r.id = s.report_id
LEFT JOIN agencies AS a ON a.id = r.agency_id
LEFT JOIN divisions AS d ON d.code = coalesce(a.division_code, r.division_code)
WHERE s.id = ?
"""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for: words (all of them, apart by spaces), and which reports are looked at."""

    text: str = ""
    place: str | None = None
    """Code of a division; reports of all that lie in it."""
    year: int | None = None
    kind: str | None = None
    """Of agency."""
    superseded: bool = False
    """Whether earlier versions are looked at, too."""

    @property
    def phrases(self) -> tuple[tuple[str, ...], ...]:
        """The words as the index has them, without those that are too many."""
        return tuple(dict.fromkeys(each[:MOST_WORDS] for each in self._asked))[:MOST_PHRASES]

    @property
    def cut(self) -> bool:
        """Whether the phrases are less than what was asked for."""
        return self.phrases != tuple(dict.fromkeys(self._asked))

    @property
    def _asked(self) -> list[tuple[str, ...]]:
        return [told for each in self.text.split() if (told := tuple(words(each)))]


@dataclass(frozen=True, slots=True)
class Hit:
    """A report that was found."""

    report_id: str
    title: str
    agency_name: str | None
    division_code: str | None
    agency_key: str | None
    place: str | None
    report_year: int | None
    published_on: str | None
    state: str
    kind: str | None
    by_name: bool
    """Whether all words stand in its title or in the names of its agency and place."""
    excerpts: tuple[Excerpt, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A page of hits."""

    hits: tuple[Hit, ...]
    after: str | None
    """What the next page follows; None where there is none."""
    count: int
    """Of all hits; no more than `MOST_COUNTED` are counted."""
    more: bool
    """Whether there are more than were counted."""
    missing: int
    """Reports that the index does not have yet."""


def search(connection: sqlite3.Connection, wanted: Wanted, after: str = "") -> Found:
    """Look for reports.

    Args:
        connection: for reading.
        wanted: what is looked for; without words, all reports of a place, a year, a kind.
        after: `Found.after` of the page before; anything else begins at the first.
    """
    matches = {"names": _match(wanted, "names"), "prose": _match(wanted, "names prose")}
    counted = _rows(connection, wanted, matches, ("n", 0), MOST_COUNTED + 1)
    cursor = _CURSOR.fullmatch(after)
    rows = counted
    if cursor is not None:
        rows = _rows(connection, wanted, matches, (cursor[1], int(cursor[2])), AT_ONCE + 1)
    hits = tuple(_hit(connection, wanted, phase, row) for phase, row in rows[:AT_ONCE])
    going_on = "{}{}".format(*rows[AT_ONCE - 1]) if len(rows) > AT_ONCE else None
    count = min(len(counted), MOST_COUNTED)
    return Found(hits, going_on, count, len(counted) > MOST_COUNTED, missing_rows(connection))


def _rows(
    connection: sqlite3.Connection, wanted: Wanted, matches: dict[str, str], start: tuple[str, int], most: int
) -> list[tuple[str, int]]:
    """(phase, row) of hits behind a place: first those by name, then those by prose."""
    phase, after = start
    found: list[tuple[str, int]] = []
    if phase == "n":
        named = connection.execute(NAMES, matches | {"after": after, "most": most})
        found = [("n", row) for (row,) in named]
        after = 0
    if len(found) < most and wanted.phrases:
        told = connection.execute(PROSE, matches | {"after": after, "most": most - len(found)})
        found += [("p", row) for (row,) in told]
    return found


def _match(wanted: Wanted, columns: str) -> str:
    """The question in FTS5's language. Nothing of it but letters, digits and Chinese characters comes from outside."""
    filters = ["all" if wanted.superseded else "scurrent"]
    filters += [f"p{each}" for each in words(wanted.place or "")[:1]]
    filters += [f"y{wanted.year}"] if wanted.year is not None else []
    filters += [f"k{each}" for each in words(wanted.kind or "")[:1]]
    terms = [f"filters : ({' AND '.join(_quoted((each,)) for each in filters)})"]
    if wanted.phrases:
        terms.append(f"{{{columns}}} : ({' AND '.join(map(_quoted, wanted.phrases))})")
    return " AND ".join(terms)


def _quoted(phrase: tuple[str, ...]) -> str:
    return '"' + " ".join(phrase) + '"'


def _hit(connection: sqlite3.Connection, wanted: Wanted, phase: str, row: int) -> Hit:
    told = connection.execute(HIT, (row,)).fetchone()
    return Hit(*(*told, phase == "n", excerpts(connection, told[0], wanted.phrases)))


YEARS = """
WITH RECURSIVE years (year) AS (
    SELECT max(report_year) FROM reports
    UNION ALL
    SELECT (SELECT max(report_year) FROM reports WHERE report_year < years.year) FROM years WHERE years.year IS NOT NULL
)
SELECT year FROM years WHERE year IS NOT NULL
"""

PROVINCES = "SELECT code, name FROM divisions WHERE level IN ('province', 'corps') AND valid_to IS NULL ORDER BY code"


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be chosen among."""

    years: tuple[int, ...]
    provinces: tuple[tuple[str, str], ...]
    """(code, name)"""


def choices(connection: sqlite3.Connection) -> Choices:
    """The years of reports, the last one first, and the provinces."""
    years = tuple(year for (year,) in connection.execute(YEARS))
    return Choices(years, tuple(connection.execute(PROVINCES)))
