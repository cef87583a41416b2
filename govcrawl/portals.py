"""The registry: which portals exist, one CSV file a province (`data/portals/<spider>.csv`)."""

from __future__ import annotations

import csv
import re
from pathlib import Path

from govcrawl.lookups import data_folder
from govcrawl.model import Portal, RegistryError

COLUMNS = ("id", "name", "division_code", "homepage", "platform", "columns", "notes")
_ID = re.compile(r"^[a-z0-9][a-z0-9-]*$")
_CODE = re.compile(r"^\d{6}$")
_ADDRESS = re.compile(r"^https?://[^\s/]+\S*$")


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


def save_portals(path: Path, portals: tuple[Portal, ...]) -> None:
    """Write a registry file that `load_portals` reads back."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        for each in portals:
            row = (each.id, each.name, each.division_code, each.homepage, each.platform or "", " ".join(each.columns))
            writer.writerow((*row, each.notes))


def _portal(row: dict[str | None, str | None], where: str) -> Portal:
    if None in row or None in row.values():
        raise RegistryError(f"{where}: {len(COLUMNS)} fields are needed")
    fields = {str(key): (value or "").strip() for key, value in row.items()}
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
