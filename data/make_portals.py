"""Make `data/portals/<province>.csv` from a survey of portals: `python data/make_portals.py SURVEY.csv`.

The survey has the columns division_code, path, level, homepage, reachable_2026_04, platform_hint. A hint from the
shape of addresses is no fact, so it goes into the notes and `platform` stays empty until a crawl has seen the site.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

from govcrawl.model import Portal
from govcrawl.portals import load_portals, save_portals

PROVINCES = {"gansu": "62", "shandong": "37", "yunnan": "53", "beijing": "11"}
FOLDER = Path(__file__).with_name("portals")


def portal_of(row: dict[str, str]) -> Portal:
    """One portal of the registry from one row of the survey."""
    place = row["path"].split("/")[-1]
    notes = []
    if row["platform_hint"]:
        notes.append(f"platform hint: {row['platform_hint']}")
    if row["reachable_2026_04"] != "direct":
        notes.append(f"reachable in April 2026: {row['reachable_2026_04'] or 'unknown'}")
    return Portal(
        id=row["division_code"],
        name=f"{place}人民政府",
        division_code=row["division_code"],
        homepage=row["homepage"].strip(),
        notes="; ".join(notes),
    )


def main(survey: Path) -> None:
    """Write one registry file a province, sorted by division code."""
    rows = list(csv.DictReader(survey.read_text(encoding="utf-8").splitlines()))
    for name, prefix in PROVINCES.items():
        portals: dict[str, Portal] = {}
        for row in sorted(rows, key=lambda row: row["division_code"]):
            if row["division_code"].startswith(prefix) and row["homepage"].strip():
                portals[row["division_code"]] = portal_of(row)
        save_portals(FOLDER / f"{name}.csv", tuple(portals.values()))
        sys.stdout.write(f"{name}: {len(load_portals(FOLDER / f'{name}.csv'))} portals\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
