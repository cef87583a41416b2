"""The files of the registry: read, checked, written."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from pathlib import Path

from govcrawl.lookups import data_folder
from govcrawl.model import Portal, RegistryError

COLUMNS = ("id", "name", "division_code", "homepage", "platform", "columns", "notes")
_ID = re.compile(r"^[a-z0-9][a-z0-9-]*$")
_HINT = re.compile(r"\bplatform hint: (\w+)")
_CODE = re.compile(r"^\d{6}$")
_LABEL = r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?"
_ADDRESS = re.compile(rf"^https?://{_LABEL}(?:\.{_LABEL})*(?::\d{{1,5}})?(?:[/?#]\S*)?$")
"""An address with a well-formed host in small letters; names in other scripts stand in their `xn--` form."""


def registry_folder() -> Path:
    """The registry that comes with the project."""
    return data_folder() / "portals"


def load_portals(path: Path) -> tuple[Portal, ...]:
    """Load one registry file, in the order of the file.

    Raises:
        RegistryError: the file is missing, has other columns, repeats an id, or a row is broken; the message names
            the file and the line.
    """
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            if tuple(reader.fieldnames or ()) != COLUMNS:
                raise RegistryError(f"{path}: the columns must be {','.join(COLUMNS)}, not {reader.fieldnames}")
            portals = tuple(_portal(row, f"{path}:{line}") for line, row in enumerate(reader, 2))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise RegistryError(f"{path}: {error}") from error
    seen: set[str] = set()
    for portal in portals:
        if portal.id in seen:
            raise RegistryError(f"{path}: the id {portal.id!r} stands twice")
        seen.add(portal.id)
    return portals


def platform_hint(portal: Portal) -> str:
    """The platform that the notes of a portal hint at, empty where they do not."""
    found = _HINT.search(portal.notes)
    return found[1] if found else ""


def load_registry(folder: Path, spiders: Iterable[str] | None = None) -> dict[str, tuple[Portal, ...]]:
    """The portals of a registry folder by spider: of those spiders, or of every file in it.

    Raises:
        RegistryError: a file is missing or broken, or an id stands in two files.
    """
    names = sorted(path.stem for path in folder.glob("*.csv")) if spiders is None else list(spiders)
    loaded = {name: load_portals(folder / f"{name}.csv") for name in names}
    where: dict[str, str] = {}
    for name, portals in loaded.items():
        for portal in portals:
            if portal.id in where:
                raise RegistryError(f"{folder}: the id {portal.id!r} stands in {where[portal.id]}.csv and {name}.csv")
            where[portal.id] = name
    return loaded


def save_portals(path: Path, portals: tuple[Portal, ...]) -> None:
    """Write a registry file that `load_portals` reads back, whole or not at all."""
    part = path.with_suffix(".csv.part")
    with part.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        for each in portals:
            row = (each.id, each.name, each.division_code, each.homepage, each.platform or "", " ".join(each.columns))
            writer.writerow((*row, each.notes))
    part.replace(path)


def _portal(row: dict[str | None, str | None], where: str) -> Portal:
    if None in row or None in row.values():
        raise RegistryError(f"{where}: {len(COLUMNS)} fields are needed")
    return portal_of({str(key): (value or "").strip() for key, value in row.items()}, where)


def portal_of(fields: dict[str, str], where: str) -> Portal:
    """A portal from the fields of a row, `COLUMNS` by name; `where` is told in the complaint.

    Raises:
        RegistryError: a field is not what it has to be.
    """
    if not _ID.match(fields["id"]):
        raise RegistryError(f"{where}: the id {fields['id']!r} may hold small letters, digits and hyphens only")
    if not fields["name"]:
        raise RegistryError(f"{where}: the portal {fields['id']} has no name")
    if not _CODE.match(fields["division_code"]):
        raise RegistryError(f"{where}: {fields['division_code']!r} is no division code of six digits")
    columns = tuple(fields["columns"].split())
    for address in (fields["homepage"], *columns):
        if not _ADDRESS.match(address):
            raise RegistryError(f"{where}: {address!r} is no http address")
    return Portal(
        id=fields["id"],
        name=fields["name"],
        division_code=fields["division_code"],
        homepage=fields["homepage"],
        platform=fields["platform"] or None,
        columns=columns,
        notes=fields["notes"],
    )
