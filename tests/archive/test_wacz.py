"""WACZ files give the WARC files in them."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest

from govcrawl.archive import Archive, read_warc, warcs_of
from govcrawl.model import ArchiveError

AT = datetime(2021, 3, 1, 8, tzinfo=UTC)


def warc(folder: Path, name: str) -> Path:
    with Archive(folder / name, name) as archive:
        archive.write(f"http://www.yunshan.test/{name}", 200, {}, name.encode(), AT)
    return next((folder / name).iterdir())


def wacz(path: Path, members: dict[str, Path], digest: str | None = None, how: int = ZIP_STORED) -> Path:
    resources = [
        {"path": name, "hash": digest or f"sha256:{hashlib.sha256(file.read_bytes()).hexdigest()}"}
        for name, file in members.items()
    ]
    with ZipFile(path, "w", how) as made:
        for name, file in members.items():
            made.write(file, name)
        made.writestr("pages/pages.jsonl", "{}")
        made.writestr("datapackage.json", json.dumps({"profile": "data-package", "resources": resources}))
    return path


@pytest.mark.parametrize("how", [ZIP_STORED, ZIP_DEFLATED])
def test_the_warc_files_of_a_wacz_file_are_read_like_others(tmp_path: Path, how: int) -> None:
    packed = wacz(tmp_path / "a.wacz", {f"archive/{n}.warc.gz": warc(tmp_path, n) for n in ("one", "two")}, how=how)
    damaged: list[str] = []
    paths = [packed, warc(tmp_path, "three")]
    bodies = [each.body for path in warcs_of(paths, tmp_path / "to", damaged.append) for each in read_warc(path)]
    assert (bodies, damaged) == ([b"one", b"two", b"three"], [])


def test_a_wacz_file_of_wacz_files_is_opened_too(tmp_path: Path) -> None:
    inner = wacz(tmp_path / "a.wacz", {"archive/one.warc.gz": warc(tmp_path, "one")})
    outer = wacz(tmp_path / "b.wacz", {"a.wacz": inner})
    (path,) = warcs_of([outer], tmp_path / "to", pytest.fail)
    assert [each.body for each in read_warc(path)] == [b"one"]


def test_a_file_that_is_not_what_its_description_says_is_told_and_read(tmp_path: Path) -> None:
    packed = wacz(tmp_path / "a.wacz", {"archive/one.warc.gz": warc(tmp_path, "one")}, f"sha256:{'0' * 64}")
    damaged: list[str] = []
    assert len(list(warcs_of([packed], tmp_path / "to", damaged.append))) == 1
    assert len(damaged) == 1
    assert "archive/one.warc.gz" in damaged[0]


def test_a_zip_without_warc_files_or_a_broken_one_is_refused(tmp_path: Path) -> None:
    text = tmp_path / "text"
    text.write_text("x")
    with pytest.raises(ArchiveError, match="no WARC file"):
        list(warcs_of([wacz(tmp_path / "a.wacz", {"x.txt": text})], tmp_path / "to", pytest.fail))
    good = wacz(tmp_path / "b.wacz", {"archive/one.warc.gz": warc(tmp_path, "one")})
    data = bytearray(good.read_bytes())
    data[60:90] = bytes(30)
    good.write_bytes(data)
    with pytest.raises(ArchiveError, match=r"b\.wacz"):
        list(warcs_of([good], tmp_path / "to2", pytest.fail))
