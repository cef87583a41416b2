"""A further portal for the registry: its id, what makes it a double, its place in the file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from govcrawl.divisions import Divisions
from govcrawl.model import Portal, RegistryError
from govcrawl.portals.registry import load_registry, portal_of, save_portals


def next_id(division_code: str, taken: Iterable[str]) -> str:
    """The id of a further portal of a division: its code, then `code-2`, `code-3` …"""
    known = set(taken)
    number, name = 1, division_code
    while name in known:
        number += 1
        name = f"{division_code}-{number}"
    return name


def add_portal(
    folder: Path,
    spider_of: Mapping[str, str],
    divisions: Divisions,
    *,
    name: str,
    division_code: str,
    homepage: str,
    columns: Iterable[str] = (),
    platform: str = "",
    notes: str = "",
) -> tuple[str, Portal]:
    """Write one more portal into the registry file of its province, which stays sorted.

    Args:
        folder: the registry.
        spider_of: code of a province → the spider that visits it.
        divisions: the gazetteer; a division out of force gets no new portal.
        name: the body whose portal it is, as it writes itself.
        division_code: the division it belongs to, 100000 for a department of the State Council.
        homepage: its home page; where no path is given, `/` is added.
        columns: report columns that are known already.

    Returns:
        The spider, and the portal with its new id.

    Raises:
        RegistryError: a field is no good, the division is unknown or abolished, its province has no spider, or the
            home page or a column is registered already.
    """
    division = divisions.get(division_code)
    if division is None or division.valid_to is not None:
        what = (
            "no division" if division is None else f"{division.full_name}, which was in force until {division.valid_to}"
        )
        raise RegistryError(f"{division_code!r} is {what}; data/divisions.csv lists them by code")
    spider = spider_of.get(division.province_code)
    if spider is None:
        raise RegistryError(f"{division_code}: there is no spider for province {division.province_code}")
    registered = load_registry(folder)
    every = [portal for portals in registered.values() for portal in portals]
    fields = {
        "id": next_id(division_code, (portal.id for portal in every)),
        "name": name.strip(),
        "division_code": division_code,
        "homepage": homepage.strip() if urlsplit(homepage.strip()).path else f"{homepage.strip()}/",
        "platform": platform.strip(),
        "columns": " ".join(columns),
        "notes": notes.strip(),
    }
    portal = portal_of(fields, "the new portal")
    known = {_key(address): each for each in every for address in (each.homepage, *each.columns)}
    for address in (portal.homepage, *portal.columns):
        if _key(address) in known:
            raise RegistryError(f"{address} is registered already, for {known[_key(address)].id}")
    portals = tuple(sorted((*registered.get(spider, ()), portal), key=lambda each: each.id))
    save_portals(folder / f"{spider}.csv", portals)
    return spider, portal


def _key(url: str) -> str:
    """One key for the addresses that differ in scheme, in `www.` and in a closing slash only."""
    parts = urlsplit(url)
    query = f"?{parts.query}" if parts.query else ""
    return parts.netloc.lower().removeprefix("www.") + parts.path.rstrip("/") + query
