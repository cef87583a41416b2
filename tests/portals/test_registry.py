"""The registry files: read as written, refused with file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from govcrawl.model import Portal, RegistryError
from govcrawl.portals import COLUMNS, load_portals, save_portals

HEAD = ",".join(COLUMNS)
GOOD = "990101,云砚县,990101,http://www.yunyan.test/,trs,http://www.yunyan.test/nb/ http://www.yunyan.test/nb2/,note"


def write(folder: Path, *rows: str) -> Path:
    path = folder / "gansu.csv"
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def test_a_row_is_read_and_written_back(tmp_path: Path) -> None:
    path = write(tmp_path, HEAD, GOOD)
    portals = load_portals(path)
    columns = ("http://www.yunyan.test/nb/", "http://www.yunyan.test/nb2/")
    assert portals == (Portal("990101", "云砚县", "990101", "http://www.yunyan.test/", "trs", columns, "note"),)
    save_portals(tmp_path / "again.csv", portals)
    assert load_portals(tmp_path / "again.csv") == portals


@pytest.mark.parametrize(
    "rows",
    [
        (),
        ("id,name",),
        (HEAD, GOOD, GOOD),
        (HEAD, "990101,云砚县"),
        (HEAD, GOOD + ",more"),
        (HEAD, GOOD.replace("990101,云砚县", "A B,云砚县")),
        (HEAD, GOOD.replace("云砚县", "")),
        (HEAD, GOOD.replace("县,990101", "县,9901")),
        (HEAD, GOOD.replace("http://www.yunyan.test/,", "www.yunyan.test,")),
        (HEAD, GOOD.replace("http://www.yunyan.test/nb2/", "/nb2/")),
        (HEAD, GOOD.replace("http://www.yunyan.test/,", "http://www.yunyan..test./,")),
        (HEAD, GOOD.replace("http://www.yunyan.test/,", "http://WWW.yunyan_.test/,")),
    ],
)
def test_a_broken_file_is_refused_by_name(tmp_path: Path, rows: tuple[str, ...]) -> None:
    with pytest.raises(RegistryError, match=r"gansu\.csv"):
        load_portals(write(tmp_path, *rows))


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RegistryError):
        load_portals(tmp_path / "gansu.csv")
