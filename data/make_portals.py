"""Merge a survey of portals into `data/portals/<spider>.csv`: `python data/make_portals.py SURVEY.csv`.

The survey has the columns division_code, path, level, homepage, reachable_2026_04, platform_hint. What is in the
registry already stays as it is, for people correct it: the script adds what is missing and tells the differences. A
hint from the shape of addresses is no fact, so it goes into the notes and `platform` stays empty until a crawl has
seen the site. Every row of the survey is accounted for in the counts that are printed.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from pathlib import Path

from govcrawl.divisions import Divisions, load_divisions
from govcrawl.model import Portal
from govcrawl.portals import load_portals, save_portals
from spiders.run import spider_names

FOLDER = Path(__file__).with_name("portals")
DIRECT = "direct"
ELSEWHERE = {"重庆市/两江新区": ("500000-liangjiang", "500171")}
"""Rows that the survey files under another division's code: their id here, which stays, and their division."""
GOVERNMENT, COMMISSION, CORPS = "人民政府", "行政公署", "660000"


def portal_of(row: dict[str, str], divisions: Divisions) -> Portal:
    """One portal of the registry from one row of the survey."""
    key, code = ELSEWHERE.get(row["path"], (row["division_code"], row["division_code"]))
    division = divisions.get(code)
    if division is None or division.valid_to is not None:
        raise SystemExit(f"{code} {row['path']}: no division in force; explain it in data/division_changes.csv")
    notes = []
    if row["platform_hint"]:
        notes.append(f"platform hint: {row['platform_hint']}")
    if row["reachable_2026_04"] != DIRECT:
        notes.append(f"reachable in April 2026: {row['reachable_2026_04'] or 'unknown'}")
    place = row["path"].split("/")[-1]
    if place != division.name and division.code == row["division_code"]:
        notes.append(f"the survey calls it {place}")
    body = COMMISSION if division.name.endswith(("地区", "盟")) else GOVERNMENT
    return Portal(
        id=key,
        name=division.name if code == CORPS else f"{division.name}{body}",
        division_code=code,
        homepage=row["homepage"].strip(),
        notes="; ".join(notes),
    )


def main(survey: Path) -> None:
    """Add what is missing to each registry file, sorted by id."""
    divisions = load_divisions()
    spider_of = {code: name for name, code in spider_names().items()}
    registered = {
        name: {portal.id: portal for portal in load_portals(FOLDER / f"{name}.csv")}
        for name in spider_of.values()
        if (FOLDER / f"{name}.csv").is_file()
    }
    counts: Counter[str] = Counter()
    with survey.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        if not row["homepage"].strip():
            counts["without a home page"] += 1
            sys.stderr.write(f"{row['division_code']} {row['path']}: no home page; left out\n")
            continue
        portal = portal_of(row, divisions)
        known = registered.setdefault(spider_of[divisions.province_code_of(portal.division_code)], {})
        if portal.id not in known:
            known[portal.id] = portal
            counts["added"] += 1
        elif known[portal.id].homepage == portal.homepage:
            counts["known"] += 1
        else:
            counts["known, with another home page"] += 1
            sys.stderr.write(f"{portal.id}: {known[portal.id].homepage}, in the survey {portal.homepage}\n")
    for name, known in sorted(registered.items()):
        save_portals(FOLDER / f"{name}.csv", tuple(known[key] for key in sorted(known)))
        sys.stdout.write(f"{name}: {len(known)} portals\n")
    told = ", ".join(f"{number} {what}" for what, number in counts.items())
    sys.stdout.write(f"{len(rows)} rows of the survey: {told}; {sum(map(len, registered.values()))} portals in all\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
