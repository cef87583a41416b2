"""A Datasette that serves one corpus with our pages, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from datasette.app import Datasette
from datasette.database import Database, connections
from datasette.plugins import pm

from govcrawl.model import SiteError
from govcrawl.store.asking.connection import connect_for_asking, refuse_unfit, table_names

HERE = Path(__file__).parent
NAME = "corpus"
"""What the database is called in addresses, whatever its file is called."""

SETTINGS: dict[str, int | bool] = {
    "sql_time_limit_ms": 3000,
    "max_returned_rows": 2000,
    "default_page_size": 50,
    "num_sql_threads": 3,
    "default_facet_size": 30,
    "facet_time_limit_ms": 500,
    "facet_suggest_time_limit_ms": 20,
    "suggest_facets": False,
    "allow_download": False,
    "max_csv_mb": 200,
    "truncate_cells_html": 1000,
    "default_cache_ttl": 0,
}
"""Datasette's settings as the site has them; docs/site.md says what each one limits."""


WIDE = ("panel", "panel_corrected")
"""Views of hundreds of columns: fewer of their rows stand on a page."""


@dataclass(frozen=True, slots=True)
class Site:
    """What our pages know about the site that they are part of."""

    db: Path
    data_dir: Path


def make_site(db: Path, data_dir: Path, *, settings: Mapping[str, int | bool] | None = None) -> Datasette:
    """Make the site of a corpus.

    Args:
        db: the database.
        data_dir: the folder with its archive.
        settings: other values for some of `SETTINGS`.

    Raises:
        StoreError: there is no such database, or it cannot be used as it is.
    """
    from govcrawl.site import plugin

    refuse_unfit(db)
    if not pm.is_registered(plugin):
        pm.register(plugin, name="govcrawl")
    site = _Served(
        Site(db, data_dir),
        template_dir=str(HERE / "templates"),
        static_mounts=[("static", str(HERE / "static"))],
        metadata={"title": "govcrawl", "databases": {NAME: {"tables": {name: {"size": 20} for name in WIDE}}}},
        settings={**SETTINGS, **(settings or {})},
    )
    site.remove_database("_memory")
    site.add_database(_Corpus(site, path=str(db), is_mutable=True), name=NAME)
    return site


def site_of(datasette: Any) -> Site | None:
    """What is known of a site of ours; None for anybody else's Datasette in the same process."""
    return getattr(datasette, "govcrawl", None)


def current(datasette: Any) -> Site:
    """What is known of the site that a page of ours is asked of.

    Raises:
        SiteError: it is no site of ours.
    """
    site = site_of(datasette)
    if site is None:
        raise SiteError("this Datasette was not made by govcrawl")
    return site


class _Served(Datasette):  # type: ignore[misc]  # Datasette has no types
    """A Datasette that knows that it is ours before it asks plugins for anything."""

    def __init__(self, govcrawl: Site, **named: Any) -> None:
        self.govcrawl = govcrawl
        super().__init__(**named)


class _Corpus(Database):  # type: ignore[misc]  # Datasette has no types
    """The database as Datasette sees it, with connections that can do nothing but read."""

    _counted: tuple[tuple[int, ...], dict[str, int | None]] | None = None

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self._files: dict[int, tuple[int, int] | None] = {}
        """Which file each connection reads, by the connection's id."""

    def connect(self, write: bool = False) -> Any:
        if write:
            raise AssertionError("the site never writes")
        file = _file(Path(self.path))
        connection = connect_for_asking(Path(self.path))
        self._all_file_connections.append(connection)
        self._files[id(connection)] = file
        return connection

    async def execute_fn(self, fn: Callable[[Any], Any]) -> Any:
        return await super().execute_fn(lambda connection: fn(self._up_to_date(connection)))

    def _up_to_date(self, connection: Any) -> Any:
        """The thread's connection, or another one where a new file was put in the place of the one that it reads."""
        if _file(Path(self.path)) in {None, self._files.get(id(connection))}:
            return connection
        fresh = self.connect()
        self.ds._prepare_connection(fresh, self.name)
        setattr(connections, self.name, fresh)
        self._all_file_connections.remove(connection)
        self._files.pop(id(connection), None)
        connection.close()
        return fresh

    async def table_names(self) -> list[str]:
        """Without full-text indexes, which are asked by their own page and hold nothing to look at."""
        names: list[str] = await self.execute_fn(table_names)
        return names

    async def fts_table(self, table: str) -> None:
        """None of a table's own, and not looked for: the full-text index has a page of its own."""
        return

    async def table_counts(self, limit: int = 10) -> dict[str, int | None]:
        """Rows by table, counted once for each state of the files: a page would wait for 40 counts."""
        state = _state(Path(self.path))
        if self._counted is None or self._counted[0] != state:
            self._counted = state, await super().table_counts(limit)
        return self._counted[1]

    async def attached_databases(self) -> list[Any]:
        """None: the connections cannot attach any, nor name their own file."""
        return []


def _file(db: Path) -> tuple[int, int] | None:
    """Which file stands under a name; None while there is none, as while one is put in another's place."""
    try:
        found = db.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _state(db: Path) -> tuple[int, ...]:
    """Which file a database is, and when it and its write-ahead log were last written."""
    files = [each for each in (db, db.with_name(f"{db.name}-wal")) if each.is_file()]
    return (*(_file(db) or ()), *(each.stat().st_mtime_ns for each in files))
