"""The audit finds what is wrong with a corpus, and nothing in one that is whole."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest

from govcrawl.audit import CHECKS, Audited, Scope, audit
from govcrawl.audit.expectations import Expected, load_expectations
from govcrawl.lookups import data_folder
from govcrawl.model import RegistryError
from govcrawl.store import open_corpus
from tests.audit.corpora import crawled, spec
from tests.merging.shards import Shard, page


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two reports, one of them in two versions, made by hand."""
    folder = tmp_path_factory.mktemp("whole")
    shard = Shard(folder)
    shard.sees("文一", 1, 2, agency="云山市教育局")
    for day, text in ((2, "第一版"), (3, "第二版")):
        shard.sees(text, 2, day, agency="云山市财政局")
    shard.close()
    return folder


@pytest.fixture
def corpus(tmp_path: Path, whole: Path) -> Path:
    return Path(shutil.copytree(whole, tmp_path / "corpus"))


@pytest.fixture(scope="module")
def readable(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same, read from pages."""
    return crawled(tmp_path_factory.mktemp("readable"), (1, spec(1)), (2, spec(2)), (2, spec(2, seed=7)))


@pytest.fixture
def read(tmp_path: Path, readable: Path) -> Path:
    return Path(shutil.copytree(readable, tmp_path / "read"))


def audited(folder: Path, *expected: Expected, deep: bool = False) -> Audited:
    with open_corpus(folder / "govcrawl.db") as opened:
        return audit(Scope(opened, folder / "warc", expected, workers=1), deep=deep)


def spoil(folder: Path, sql: str) -> None:
    connection = sqlite3.connect(folder / "govcrawl.db")
    connection.execute(sql)
    connection.commit()
    connection.close()


def failed(found: Audited) -> dict[str, int]:
    return {name: counts["fail"] for name, counts in found.counts.items() if counts["fail"]}


@pytest.mark.slow
def test_every_cell_of_a_whole_corpus_is_read_again_as_it_is_stored(read: Path) -> None:
    found = audited(read, deep=True)
    assert found.right
    assert found.faults == []
    assert found.looked_at["captures"] == 3
    assert found.looked_at["reports"] == 3
    assert found.looked_at["cells"] > 600
    assert set(found.counts) == {*CHECKS, "again"}
    assert "not_stored" not in found.looked_at


@pytest.mark.slow
def test_a_report_that_is_read_and_not_stored_is_counted(read: Path) -> None:
    spoil(read, "DELETE FROM reports WHERE id = (SELECT min(id) FROM reports)")
    assert audited(read, deep=True).looked_at["not_stored"] == 1


def test_a_corpus_is_read_again_with_its_own_divisions_or_not_at_all(read: Path) -> None:
    spoil(
        read,
        """INSERT INTO divisions (code, name, full_name, level, parent_code, province_code)
        VALUES ('970000', '云岭省', '云岭省', 'province', NULL, '970000')""",
    )
    spoil(read, "UPDATE agencies SET division_code = '970000'")
    found = audited(read, deep=True)
    assert failed(found) == {"again": 1}
    assert found.faults[0].where == "divisions"
    assert "1 of its divisions, as 970000 云岭省" in found.faults[0].message
    assert "cells" not in found.looked_at


def test_a_whole_corpus_has_no_fault(corpus: Path) -> None:
    found = audited(corpus)
    assert found.faults == []
    assert found.right
    assert found.looked_at["captures"] == 3
    assert list(found.counts) == list(CHECKS)


@pytest.mark.parametrize(
    ("sql", "check"),
    [
        ("UPDATE report_sources SET portal_id = 'none'", "references"),
        ("UPDATE reports SET id = 'x' || substr(id, 2) WHERE state = 'superseded'", "reports"),
        ("UPDATE reports SET findings_count = findings_count + 1 WHERE state = 'superseded'", "reports"),
        ("UPDATE reports SET state = 'superseded' WHERE agency_name = '云山市教育局'", "states"),
        ("UPDATE reports SET state = 'current'", "states"),
        ("UPDATE report_sources SET capture_id = NULL", "sources"),
        ("DELETE FROM report_sources", "sources"),
        ("UPDATE captures SET body_sha256 = 'x' WHERE id = 1", "archive"),
        ("UPDATE captures SET warc_offset = warc_offset + 1 WHERE id = 2", "archive"),
        ("UPDATE captures SET warc_file = 'gone.warc.gz' WHERE id = 3", "archive"),
        ("UPDATE captures SET warc_file = NULL WHERE id = 3", "archive"),
        ("UPDATE reports SET template_evidence = '{', table_forms = '{'", None),
    ],
)
def test_a_fault_is_found_by_its_check(corpus: Path, sql: str, check: str | None) -> None:
    spoil(corpus, sql)
    found = audited(corpus)
    assert found.right is (check is None)
    assert check is None or check in failed(found)


def test_a_view_that_cannot_be_computed_is_found(corpus: Path) -> None:
    spoil(corpus, "DROP VIEW duplicates")
    found = audited(corpus)
    assert failed(found) == {"views": 1}
    assert [(fault.where, fault.message) for fault in found.faults] == [("duplicates", "no such table: duplicates")]


def test_a_damaged_file_is_found(corpus: Path) -> None:
    database = corpus / "govcrawl.db"
    data = bytearray(database.read_bytes())
    connection = sqlite3.connect(database)
    (size,) = connection.execute("PRAGMA page_size").fetchone()
    (leaf,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'captures_url'").fetchone()
    connection.close()
    data[size * (leaf - 1) + 40 : size * leaf] = bytes(size - 40)
    database.write_bytes(data)
    assert "file" in failed(audited(corpus))


def test_a_real_without_a_row_id_is_no_damage(corpus: Path) -> None:
    ids = "(SELECT min(id) FROM reports), (SELECT max(id) FROM reports)"
    spoil(
        corpus,
        f"INSERT INTO report_links (report_id, other_id, kind, position, score) SELECT {ids}, 'copied_prose', 1, 0.9",
    )
    assert audited(corpus).right


def test_a_damaged_archive_is_found(corpus: Path) -> None:
    (file,) = (corpus / "warc").glob("*.warc.gz")
    file.write_bytes(file.read_bytes()[:-40])
    found = audited(corpus)
    assert failed(found) == {"archive": 1}
    assert {fault.where for fault in found.faults} == {page(2)}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("sql", "where"),
    [
        (
            "UPDATE applications SET total = coalesce(total, 0) + 1 WHERE row_code = 'new_received'",
            "new_received/total",
        ),
        ("UPDATE disclosure SET value = 77", "disclosure/"),
        ("UPDATE review_litigation SET pending = pending + 1", "pending"),
        ("UPDATE sections SET text = text || '。'", "sections"),
        ("UPDATE reports SET report_year = 2021", "report_year"),
    ],
)
def test_a_cell_that_is_not_what_the_bytes_say_is_found_by_reading_them_again(read: Path, sql: str, where: str) -> None:
    with sqlite3.connect(read / "govcrawl.db") as connection:
        assert connection.execute(sql).rowcount
    connection.close()
    found = audited(read, deep=True)
    assert failed(found)["again"] == 3
    assert all(where in fault.message for fault in found.faults if fault.check == "again")


@pytest.mark.slow
def test_what_another_release_read_otherwise_is_a_warning(read: Path) -> None:
    spoil(read, "UPDATE reports SET extractor_version = '0.0.1', title = 'as it was'")
    found = audited(read, deep=True)
    assert found.right
    assert found.counts["again"] == {"warn": 3}
    assert "it was read by 0.0.1" in found.faults[0].message


@pytest.mark.slow
def test_a_report_that_nothing_is_read_as_is_found(read: Path) -> None:
    spoil(read, "UPDATE reports SET content_hash = 'ff' || content_hash, id = substr('ff' || content_hash, 1, 20)")
    found = audited(read, deep=True)
    assert found.counts["again"] == {"fail": 2, "warn": 1}


@pytest.mark.parametrize(
    ("expected", "fails", "warns"),
    [
        (Expected("970000", 2020, least=2, most=2), 0, 0),
        (Expected(None, 2020, least=3), 1, 0),
        (Expected(None, None, most=1), 0, 1),
        (Expected("990000", 2020, least=1), 1, 0),
        (Expected(None, 2021, most=0), 0, 0),
    ],
)
def test_fewer_reports_than_expected_fail_and_more_warn(
    corpus: Path, expected: Expected, fails: int, warns: int
) -> None:
    counts = audited(corpus, expected).counts["expectations"]
    assert (counts["fail"], counts["warn"]) == (fails, warns)


def test_many_faults_are_counted_and_some_are_told(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("govcrawl.audit.run.MOST_TOLD", 2)
    spoil(corpus, "UPDATE captures SET body_sha256 = 'x'")
    found = audited(corpus)
    assert found.counts["archive"]["fail"] == 3
    assert len(found.faults) == 2


@pytest.mark.slow
def test_an_audit_changes_nothing(read: Path) -> None:
    before = (read / "govcrawl.db").read_bytes()
    audited(read, deep=True)
    assert (read / "govcrawl.db").read_bytes() == before


def written(folder: Path, text: str) -> Path:
    path = folder / "expect.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_expectations_are_read_from_a_file(tmp_path: Path) -> None:
    text = '[[expected]]\nprovince = "620000"\nyear = 2020\nmin = 3\n[[expected]]\nmax = 9\n'
    assert load_expectations(written(tmp_path, text)) == (
        Expected("620000", 2020, least=3),
        Expected(None, None, most=9),
    )


def test_the_file_that_is_shipped_can_be_read() -> None:
    assert all(isinstance(each, Expected) for each in load_expectations(data_folder() / "expectations.toml"))


@pytest.mark.parametrize(
    "text", ["year = 2020", 'province = "gansu"\nmin = 1', "min = 3\nmax = 2", "min = 1.5", "min = 1\nmax_ = 2"]
)
def test_an_expectation_that_cannot_be_understood_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(RegistryError, match="expectation 1"):
        load_expectations(written(tmp_path, f"[[expected]]\n{text}\n"))


def test_every_check_is_documented() -> None:
    text = (Path(__file__).parents[2] / "docs" / "operating.md").read_text(encoding="utf-8")
    table = text.split("| check | fails where |")[1].split("\n\n")[0]
    assert [name for name in (*CHECKS, "again") if f"| `{name}` |" not in table] == []
