"""`govcrawl export` as its user meets it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from govcrawl.cli import ExitCode, main
from govcrawl.cli.export import FORMATS
from govcrawl.merging import Place, merge
from tests.merging.shards import make_shards


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpus")
    into = Place.of(folder / "merged" / "govcrawl.db")
    merge(make_shards(folder / "in"), into)
    return into.db


def run(*arguments: str | Path) -> tuple[int, str]:
    done = CliRunner().invoke(main, ["export", *(str(each) for each in arguments)])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.output
    return done.exit_code, done.output


def told(*arguments: str | Path) -> dict[str, Any]:
    code, output = run(*arguments, "--json")
    assert code == ExitCode.FINE, output
    found: dict[str, Any] = json.loads(output)
    return found


def test_the_panel_is_written_as_csv_where_nothing_else_is_said(db: Path, tmp_path: Path) -> None:
    code, output = run("--to", tmp_path / "out", "--db", db)
    assert code == ExitCode.FINE
    assert f"{tmp_path / 'out'}: 2 rows of 1 tables and views" in output
    assert "version of the corpus: 20210309-" in output
    files = ["CITATION.cff", "codebook.md", "datapackage.json", "panel.csv"]
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == files


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_can_be_asked_for(db: Path, tmp_path: Path, form: str) -> None:
    made = told("--format", form, "--table", "panel", "--table", "reports", "--to", tmp_path / "out", "--db", db)
    assert (made["format"], made["rows"]) == (form, {"panel": 2, "reports": 4})
    assert (tmp_path / "out" / "datapackage.json").is_file()


def test_the_name_of_the_target_may_tell_the_format(db: Path, tmp_path: Path) -> None:
    assert "format" not in told("--to", tmp_path / "x.jsonl", "--db", db)
    assert (tmp_path / "x.jsonl").is_file()
    assert told("--to", tmp_path / "x.dta", "--db", db)["format"] == "dta"


def test_json_lines_are_the_canonical_dump_unless_tables_or_filters_are_named(db: Path, tmp_path: Path) -> None:
    whole = told("--format", "jsonl", "--to", tmp_path / "x.jsonl", "--db", db)
    assert len(whole["rows"]) > 40
    assert told("--format", "jsonl", "--all", "--to", tmp_path / "y.jsonl", "--db", db)["rows"] == whole["rows"]
    assert (tmp_path / "x.jsonl").read_bytes() == (tmp_path / "y.jsonl").read_bytes()
    assert told("--format", "jsonl", "--year", "2020", "--to", tmp_path / "z", "--db", db)["rows"] == {"panel": 2}
    assert (tmp_path / "z" / "panel.jsonl").is_file()


def test_everything_may_be_asked_for_without_some(db: Path, tmp_path: Path) -> None:
    made = told("--all", "--without", "evidence", "--without", "edits", "--to", tmp_path / "out", "--db", db)
    assert not {"evidence", "edits"} & set(made["rows"])
    assert len(made["rows"]) > 40


def test_filters_may_be_names(db: Path, tmp_path: Path) -> None:
    arguments = ("--place", "云山市", "--kind", "department", "--year", "2020", "--form", "form2019")
    assert told(*arguments, "--to", tmp_path / "out", "--db", db)["rows"] == {"panel": 2}
    assert told("--province", "云岭省", "--to", tmp_path / "all", "--db", db)["rows"] == {"panel": 2}
    assert told("--place", "云山市", "--kind", "office", "--to", tmp_path / "no", "--db", db)["rows"] == {"panel": 0}


def test_tables_that_filters_say_nothing_of_are_written_whole_and_told(db: Path, tmp_path: Path) -> None:
    _, output = run("--all", "--year", "2020", "--to", tmp_path / "out", "--db", db)
    assert "hosts: not chosen by year, by which its rows cannot be told apart" in output


def test_a_table_is_chosen_by_those_of_the_filters_that_it_knows(db: Path, tmp_path: Path) -> None:
    filters = ("--year", "1999", "--kind", "department")
    _, output = run("--all", *filters, "--to", tmp_path / "out", "--db", db)
    assert "year_sums: not chosen by kind, by which its rows cannot be told apart" in output
    assert (tmp_path / "out" / "year_sums.csv").read_text(encoding="utf-8").count("\n") == 1


def test_filters_that_nothing_answers_to_are_told(db: Path, tmp_path: Path) -> None:
    code, output = run("--year", "1999", "--to", tmp_path / "out", "--db", db)
    assert code == ExitCode.FINE
    assert "nothing in the corpus is of what was asked for" in output
    assert "nothing in the corpus" not in run("--to", tmp_path / "all", "--db", db)[1]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--table", "nonsense"), "nonsense: no table or view"),
        (("--without", "nonsense"), "nonsense: no table or view"),
        (("--format", "jsonl", "--without", "nonsense"), "nonsense: no table or view"),
        (("--table", "reports", "--all"), "exclude each other"),
        (("--table", "reports", "--without", "reports"), "leaves nothing to export"),
        (("--form", "form1999"), "form1999: not known; there are prose, stat2014"),
        (("--kind", "army"), "army: not known; there are government, office"),
        (("--place", "无处县"), "the corpus knows no such place"),
        (("--province", "无处省"), "no such province"),
        (("--format", "ods"), "ods"),
        (("--year", "20200"), "20200 is not in the range"),
        (("--table", "hosts", "--year", "2020"), "hosts: its rows cannot be told apart by year"),
    ],
)
def test_what_cannot_be_meant_is_wrong_usage(
    db: Path, tmp_path: Path, arguments: tuple[str, ...], message: str
) -> None:
    code, output = run(*arguments, "--to", tmp_path / "out", "--db", db)
    assert code == ExitCode.USAGE
    assert message in " ".join(output.split())
    assert not (tmp_path / "out").exists()


def test_a_folder_with_something_else_is_left_alone(db: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("x", encoding="utf-8")
    code, output = run("--to", tmp_path, "--db", db)
    assert code == ExitCode.USAGE
    assert "holds something else than an export" in output


@pytest.mark.parametrize("name", ["mine.txt", "mine.jsonl"])
def test_a_dump_takes_the_place_of_a_dump_alone(db: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text('{"mine": 1}\n', encoding="utf-8")
    code, output = run("--format", "jsonl", "--to", tmp_path / name, "--db", db)
    assert code == ExitCode.USAGE
    assert "holds something else than a dump; name a new file or folder" in " ".join(output.split())
    assert (tmp_path / name).read_text(encoding="utf-8") == '{"mine": 1}\n'
    (tmp_path / name).write_text("", encoding="utf-8")
    for _ in range(2):
        assert run("--format", "jsonl", "--to", tmp_path / name, "--db", db)[0] == ExitCode.FINE


def test_a_dump_does_not_mix_with_an_export_of_tables(db: Path, tmp_path: Path) -> None:
    told("--to", tmp_path / "out", "--db", db)
    before = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert run("--format", "jsonl", "--to", tmp_path / "out", "--db", db)[0] == ExitCode.USAGE
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == before


def test_a_dump_tells_the_version_that_tables_have(db: Path, tmp_path: Path) -> None:
    version = told("--to", tmp_path / "out", "--db", db)["version"]
    assert told("--to", tmp_path / "x.jsonl", "--db", db)["version"] == version
    assert f"version of the corpus: {version}" in run("--to", tmp_path / "y.jsonl", "--db", db)[1]


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_an_interrupted_export_says_that_nothing_was_changed(
    db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("govcrawl.export.package.codebook", interrupted)
    monkeypatch.setattr("govcrawl.export.jsonl.dump_rows", interrupted)
    code, output = run("--format", form, "--to", tmp_path / "out", "--db", db)
    assert code == ExitCode.INTERRUPTED
    assert f"interrupted; {tmp_path / 'out'} is as it was" in output
    assert list(tmp_path.iterdir()) == []


def test_it_speaks_chinese_where_the_locale_does(db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOVCRAWL_LANG", "zh_CN")
    _, output = run("--all", "--year", "2020", "--without", "evidence", "--to", tmp_path / "out", "--db", db)
    assert "语料库版本：20210309-" in output
    assert "hosts：" in output
    assert "govcrawl export --to panel" in run("--help")[1]
