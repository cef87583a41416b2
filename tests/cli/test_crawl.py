"""`govcrawl crawl`: what it refuses, what it does, and how it ends."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from govcrawl.cli import ExitCode, main
from govcrawl.cli.counters import outcome_lines, problems
from govcrawl.demo.judging import judge
from govcrawl.demo.processes import Nation, serve_nation
from govcrawl.lock import hold_lock
from govcrawl.model import RegistryError, StoreError
from govcrawl.store import open_corpus
from spiders.run import share_out, spider_names, split_registry

ROOT = Path(__file__).resolve().parents[2]
REGISTRY_HEAD = "id,name,division_code,homepage,platform,columns,notes\n"


@pytest.fixture(scope="module")
def nation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nation]:
    with serve_nation(tmp_path_factory.mktemp("nation"), provinces=1, seed=2) as nation:
        yield nation


def command(nation: Nation, data_dir: Path, *arguments: str, **settings: str) -> list[str]:
    options = [f"--set={name}={value}" for name, value in {**nation.settings(), **settings}.items()]
    return [sys.executable, "-m", "govcrawl", "crawl", "gansu", f"--data-dir={data_dir}", *options, *arguments]


def crawl(nation: Nation, data_dir: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(nation, data_dir, *arguments), cwd=ROOT, capture_output=True, text=True, timeout=300, check=False
    )


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["atlantis"], "no such province; there are anhui, beijing, bingtuan, central,"),
        (["gansu", "--portal", "nowhere"], "nowhere: no such portal"),
        (["gansu", "--year", "1999"], "1999"),
        (["gansu", "--sample", "0"], "0"),
        (["gansu", "--set", "DOWNLOAD_DELAY"], "NAME=VALUE"),
        (["--portals", "/nonexistent.csv"], "/nonexistent.csv"),
    ],
)
def test_wrong_usage_ends_with_status_2(tmp_path: Path, arguments: list[str], complaint: str) -> None:
    result = CliRunner().invoke(main, ["crawl", "--data-dir", str(tmp_path), *arguments])
    assert result.exit_code == ExitCode.USAGE
    assert complaint in result.output


def test_a_second_crawl_on_one_database_ends_with_status_3(tmp_path: Path) -> None:
    with hold_lock(tmp_path / "govcrawl.db"):
        result = CliRunner().invoke(main, ["crawl", "gansu", "--data-dir", str(tmp_path)])
    assert result.exit_code == ExitCode.LOCKED
    assert str(os.getpid()) in result.output


def test_a_database_that_cannot_be_used_ends_with_status_4(tmp_path: Path) -> None:
    (tmp_path / "govcrawl.db").write_text("this is no database, only a text of some length", encoding="utf-8")
    result = CliRunner().invoke(main, ["crawl", "gansu", "--data-dir", str(tmp_path)])
    assert result.exit_code == ExitCode.UNUSABLE
    assert "not an SQLite database" in result.output


def test_every_province_of_the_registry_has_a_spider() -> None:
    assert {path.stem for path in ROOT.glob("data/portals/*.csv")} == set(spider_names())


def test_a_registry_file_is_shared_out_by_province(tmp_path: Path) -> None:
    file = tmp_path / "mine.csv"
    file.write_text(REGISTRY_HEAD + "a,甲,620423,http://a.test/,,,\nb,乙,370303,http://b.test/,,,\n", encoding="utf-8")
    assert split_registry(file, tmp_path) == ("gansu", "shandong")
    assert share_out(["a"], ["gansu", "shandong"], tmp_path) == {"gansu": ("a",)}
    assert share_out([], ["gansu", "shandong"], tmp_path) == {"gansu": (), "shandong": ()}


def test_a_registry_file_is_shared_out_by_where_a_division_is_counted(tmp_path: Path) -> None:
    file = tmp_path / "mine.csv"
    rows = ("a,甲,659001,http://a.test/,,,", "b,乙,650100,http://b.test/,,,", "c,丙,100000,http://c.test/,,,")
    file.write_text(REGISTRY_HEAD + "\n".join(rows) + "\n", encoding="utf-8")
    assert split_registry(file, tmp_path) == ("bingtuan", "central", "xinjiang")


def test_a_portal_of_a_province_without_a_spider_is_told(tmp_path: Path) -> None:
    file = tmp_path / "mine.csv"
    file.write_text(REGISTRY_HEAD + "a,甲,970001,http://a.test/,,,\n", encoding="utf-8")
    with pytest.raises(RegistryError, match="970000"):
        split_registry(file, tmp_path)


def test_the_outcome_is_told_in_words() -> None:
    counts = {
        "downloader/request_count": 40,
        "govcrawl/store/new": 12,
        "govcrawl/store/revised": 1,
        "govcrawl/store/problem/blocked": 2,
        "govcrawl/read/empty": 1,
        "govcrawl/read/html": 13,
    }
    assert problems(counts) == {"blocked": 2, "empty": 1}
    text = "\n".join(outcome_lines(counts, 8.2))
    assert "40 requests in 8 s" in text
    assert "12 new, 1 new versions of known reports" in text
    assert "2 blocked, 1 empty" in text


@pytest.mark.slow
def test_a_sample_is_a_sample(nation: Nation, tmp_path: Path) -> None:
    done = crawl(nation, tmp_path, "--sample", "3", "--portal", "960121-qiaoyuan")
    assert done.returncode == ExitCode.FINE, done.stderr
    assert f"next: govcrawl status --db {tmp_path}/govcrawl.db" in done.stdout
    with open_corpus(tmp_path / "govcrawl.db") as corpus:
        assert 1 <= len(list(corpus.reports())) <= 3  # one of the links leads nowhere


@pytest.mark.slow
def test_years_choose_the_reports(nation: Nation, tmp_path: Path) -> None:
    done = crawl(nation, tmp_path, "--year", "2019", "--year", "2021")
    assert done.returncode == ExitCode.FINE, done.stderr
    with open_corpus(tmp_path / "govcrawl.db") as corpus:
        assert {row["report_year"] for row in corpus.reports()} == {2019, 2021}


@pytest.mark.slow
def test_ctrl_c_ends_with_status_130_and_the_same_command_goes_on(nation: Nation, tmp_path: Path) -> None:
    slowly = command(nation, tmp_path, DOWNLOAD_DELAY="0.3")
    process = subprocess.Popen(slowly, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    wait_for_a_report(tmp_path / "govcrawl.db", process)
    process.send_signal(signal.SIGINT)
    output, _ = process.communicate(timeout=300)
    assert process.returncode == ExitCode.INTERRUPTED, output
    assert "goes on from here" in output
    done = crawl(nation, tmp_path, "--json")
    assert done.returncode == ExitCode.FINE, done.stderr
    assert json.loads(done.stdout)["reasons"] == {"gansu": "finished"}
    result = judge(tmp_path / "govcrawl.db", nation.truth())
    assert result.right, result.wrong


def wait_for_a_report(db: Path, process: subprocess.Popen[str]) -> None:
    """Until the crawl has stored something and is far from done."""
    for _ in range(3000):
        assert process.poll() is None, process.communicate()
        with contextlib.suppress(StoreError), open_corpus(db) as corpus:  # it may not be made yet
            if list(corpus.reports()):
                return
        time.sleep(0.1)
    pytest.fail("five minutes went by without a report")


def test_a_misspelt_setting_is_refused_with_the_nearest_one(tmp_path: Path) -> None:
    asked = ["crawl", "gansu", "--data-dir", str(tmp_path), "--set", "GOVCRAWL_BUGDET_PAGES=3"]
    result = CliRunner().invoke(main, asked)
    assert result.exit_code == ExitCode.USAGE
    assert "did you mean GOVCRAWL_BUDGET_PAGES?" in result.output
