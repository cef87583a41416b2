"""The history of the schema: each change is one function, applied once, in a transaction with its own record.

The tables change only here. The views hold no data and follow the program: `govcrawl.store.views` writes them anew
whenever their text differs from what the database has.
"""

from __future__ import annotations

from sqlite_utils import Database, Migrations

from govcrawl.store.agencies import AGENCIES, migrate_agencies
from govcrawl.store.captures import CAPTURES_LINKS
from govcrawl.store.corrections import CORRECTIONS
from govcrawl.store.coverage_rows import COVERAGE_ROWS
from govcrawl.store.cross import CROSS_CHECKS
from govcrawl.store.divisions import DIVISION_HISTORY
from govcrawl.store.history import HISTORY
from govcrawl.store.hosts import HOSTS
from govcrawl.store.indexes import ERRORS, INDEXES
from govcrawl.store.indicators import INDICATORS
from govcrawl.store.related import RELATED
from govcrawl.store.rereadings import REREADINGS
from govcrawl.store.schema import REDIRECTS, REMEMBERED_COLUMNS, REVISITS, TABLES, UNREAD_REPORTS
from govcrawl.store.search import SEARCH
from govcrawl.store.tables import REPORT_TABLES
from govcrawl.store.year_sums import YEAR_SUMS

migrations = Migrations("govcrawl")


@migrations()
def m001_tables(db: Database) -> None:
    """The tables of the first release."""
    for statement in _statements(TABLES):
        db.conn.execute(statement)


@migrations()
def m002_redirects(db: Database) -> None:
    """Where an address that is listed sends those who ask for it."""
    for statement in _statements(REDIRECTS):
        db.conn.execute(statement)


@migrations()
def m003_columns(db: Database) -> None:
    """The columns that reports were found in, so that a portal need not be searched again."""
    for statement in _statements(REMEMBERED_COLUMNS):
        db.conn.execute(statement)


@migrations()
def m004_hosts(db: Database) -> None:
    """How hosts are reached, and which of them rest after a block."""
    for statement in _statements(HOSTS):
        db.conn.execute(statement)


@migrations()
def m005_revisits(db: Database) -> None:
    """When portals were visited, and which reports are gone from where they were found."""
    for statement in _statements(REVISITS):
        db.conn.execute(statement)


@migrations()
def m006_unread(db: Database) -> None:
    """Whose reports those are that could not be read, so that they count as unreadable and not as missing."""
    for statement in _statements(UNREAD_REPORTS):
        db.conn.execute(statement)


@migrations()
def m007_report_tables(db: Database) -> None:
    """Where the tables of a report were read, what their sums prove, and how sure recognised cells are."""
    for statement in _statements(REPORT_TABLES):
        db.conn.execute(statement)


@migrations()
def m008_links(db: Database) -> None:
    """What led to a capture, so that it can be read again without the network."""
    for statement in _statements(CAPTURES_LINKS):
        db.conn.execute(statement)


@migrations()
def m009_agencies(db: Database) -> None:
    """One row for each body, under whatever names it reported; the divisions over time, and their heirs."""
    for statement in _statements(DIVISION_HISTORY + AGENCIES):
        db.conn.execute(statement)
    migrate_agencies(db.conn)


@migrations()
def m010_history(db: Database) -> None:
    """What versions changed, and which reports are nearly the same or copy each other's prose."""
    for statement in _statements(HISTORY):
        db.conn.execute(statement)


@migrations()
def m011_cross_checks(db: Database) -> None:
    """What comparing reports with each other says of their cells."""
    for statement in _statements(CROSS_CHECKS):
        db.conn.execute(statement)


@migrations()
def m012_rereadings(db: Database) -> None:
    """What a newer extractor reads otherwise, and which answers confirmed a body."""
    for statement in _statements(REREADINGS):
        db.conn.execute(statement)


@migrations()
def m013_corrections(db: Database) -> None:
    """Figures that reviewers corrected, beside the printed ones."""
    for statement in _statements(CORRECTIONS):
        db.conn.execute(statement)


@migrations()
def m014_related_steps(db: Database) -> None:
    """What the steps of relating were last given."""
    for statement in _statements(RELATED):
        db.conn.execute(statement)


@migrations()
def m015_search(db: Database) -> None:
    """The full-text index."""
    for statement in _statements(SEARCH):
        db.conn.execute(statement)


@migrations()
def m016_indicators(db: Database) -> None:
    """Of each row of the panel what questions are asked about."""
    for statement in _statements(INDICATORS):
        db.conn.execute(statement)


@migrations()
def m017_indexes(db: Database) -> None:
    """What the site asks of the whole corpus, by indexes."""
    for statement in _statements(INDEXES):
        db.conn.execute(statement)


@migrations()
def m018_coverage(db: Database) -> None:
    """What is owed and what was found of it, as it was when reports were last related."""
    for statement in _statements(COVERAGE_ROWS):
        db.conn.execute(statement)


@migrations()
def m019_year_sums(db: Database) -> None:
    """The figures of the whole corpus by year."""
    for statement in _statements(YEAR_SUMS):
        db.conn.execute(statement)


@migrations()
def m020_errors(db: Database) -> None:
    """Reports with errors and unreadable ones are few, and counted apart."""
    for statement in _statements(ERRORS):
        db.conn.execute(statement)


def registered_names() -> list[str]:
    """Names of every migration of this program, oldest first."""
    return [migration.name for migration in migrations.pending(Database(memory=True))]


def unknown_names(db: Database) -> list[str]:
    """Names of migrations the database has had and this program does not know: it was made by a newer program."""
    registered = set(registered_names())
    return [migration.name for migration in migrations.applied(db) if migration.name not in registered]


def _statements(script: str) -> list[str]:
    """The single statements of a script; `executescript` would commit the migration's transaction."""
    return [part.strip() for part in script.split(";\n") if part.strip()]
