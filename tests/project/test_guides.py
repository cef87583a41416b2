"""The pages to start from: what they print works as printed, on the demo's corpus."""

from __future__ import annotations

import asyncio
import re
import shlex
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import click
import duckdb
import pytest
from click.testing import CliRunner

from govcrawl.cli import ExitCode, main
from govcrawl.locale import catalogue
from govcrawl.site import make_site
from tests.project.asked import as_markdown, questions_in, told
from tests.project.languages import CHINESE, PAIRS
from tests.project.stata import unknown_in

ROOT = Path(__file__).parents[2]
GUIDES = (
    "README.md",
    "docs/journalist.md",
    "docs/journalist.zh-CN.md",
    "docs/researcher.md",
    "docs/researcher.zh-CN.md",
    "docs/operator.md",
    "docs/operator.zh-CN.md",
    "docs/exports.md",
    "docs/site.md",
)
ASKING = {"crawl", "refresh", "demo", "serve"}
"""Commands that ask portals, take minutes, or run until they are stopped: they are parsed."""


def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def blocks(name: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", text_of(name), re.MULTILINE | re.DOTALL)


def lines(name: str) -> list[str]:
    return [line for block in blocks(name, "sh") for line in block.splitlines()]


def both(language: str) -> Iterator[tuple[str, str]]:
    return ((name, block) for name in GUIDES for block in blocks(name, language))


def language_of(name: str) -> str:
    return "zh" if name.endswith(CHINESE) else "en"


@pytest.fixture(scope="session")
def place(demo_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which every command of the guides was given, in order; the demo's corpus is the usual one, too."""
    folder = Path(shutil.copytree(demo_folder, tmp_path_factory.mktemp("guides") / "place", symlinks=True))
    shutil.copytree(folder / "data" / "corpus" / "demo" / "warc", folder / "data" / "corpus" / "warc")
    shutil.copy(folder / "data" / "corpus" / "demo" / "govcrawl.db", folder / "data" / "corpus" / "govcrawl.db")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        for name in GUIDES[1:]:
            for line in lines(name):
                words = shlex.split(line)
                if words[0] == "govcrawl" and words[1] not in ASKING:
                    patch.setenv("GOVCRAWL_LANG", language_of(name))
                    done = CliRunner().invoke(main, words[1:])
                    assert done.exit_code in {ExitCode.FINE, ExitCode.BELOW}, (line, done.output)
                    assert done.exit_code == ExitCode.FINE or words[1] == "check", (line, done.output)
    return folder


@pytest.mark.slow
def test_the_commands_work_as_printed(place: Path) -> None:
    assert {path.name for path in (place / "out").iterdir()} == {
        *("panel", "stata", "departments", "tables", "everything.jsonl"),
    }


@pytest.mark.parametrize("name", GUIDES)
def test_what_is_not_run_is_understood(name: str) -> None:
    targets = set(re.findall(r"^([a-z]+):", text_of("Makefile"), re.MULTILINE))
    for line in lines(name):
        words = shlex.split(line)
        if words[0] == "make":
            assert words[1] in targets, line
            given = [word.removeprefix("ARGS=") for word in words[2:] if word.startswith("ARGS=")]
            words = ["govcrawl", "demo", *shlex.split(given[0])] if words[1] == "demo" and given else words
        if words[0] == "govcrawl" and words[1] in ASKING:
            command: click.Command = main.commands[words[1]]
            with command.make_context(words[1], words[2:]):
                pass
        else:
            assert words[0] in {"make", "govcrawl", "export", "."}, line


@pytest.mark.slow
@pytest.mark.parametrize(("name", "code"), [pair for pair in both("python") if pair[0] != "README.md"])
def test_python_runs(name: str, code: str, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(place)
    printed: list[object] = []
    exec(code, {"print": lambda *each: printed.extend(each)})
    assert printed


@pytest.mark.slow
@pytest.mark.parametrize(("name", "block"), list(both("stata")))
def test_stata_names_what_is_there(name: str, block: str, place: Path) -> None:
    assert unknown_in(block, place) == set()


@pytest.mark.slow
@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md", "docs/researcher.md", "docs/researcher.zh-CN.md"])
def test_a_query_has_the_answer_that_is_shown(name: str, place: Path) -> None:
    (sql,) = blocks(name, "sql")
    after = "## \n" + text_of(name)[text_of(name).index("```sql") :].split("\n## ")[0]
    (question,) = questions_in(after)
    with closing(sqlite3.connect(place / "data" / "corpus" / "demo" / "govcrawl.db")) as connection:
        cursor = connection.execute(sql)
        found = told([each for each, *_ in cursor.description], cursor.fetchall())
    assert as_markdown(found) == as_markdown(question.answer)


@pytest.mark.slow
def test_duckdb_reads_what_was_exported(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(place)
    (sql,) = blocks("docs/exports.md", "sql")
    rows = duckdb.sql(sql).fetchall()
    assert [year for year, _, _ in rows] == sorted({year for year, _, _ in rows})
    assert all(denied for _, _, denied in rows)


@pytest.mark.slow
def test_the_addresses_of_the_site_answer(place: Path) -> None:
    folder = place / "data" / "corpus" / "demo"
    site = make_site(folder / "govcrawl.db", folder)
    addresses = [url for name in GUIDES for url in re.findall(r"<http://127\.0\.0\.1:8001(/[^>]*)>", text_of(name))]
    assert len(addresses) >= 3

    async def answers() -> list[tuple[str, int]]:
        return [(url, (await site.client.get(url)).status_code) for url in addresses]

    assert {url: status for url, status in asyncio.run(answers()) if status != 200} == {}


def told_as(quoted: str) -> str:
    """What the program says in Chinese for words of its own that an English page quotes."""
    (told,) = {
        told.partition("，")[0]
        for text, told in catalogue("zh").items()
        if text.strip() == quoted or text.startswith(f"{quoted}, ")
    }
    return told


@pytest.mark.parametrize("quoted", ["All is right", "ok", "note", "Stories", "Sources"])
def test_words_of_the_program_are_quoted_in_the_language_of_the_page(quoted: str) -> None:
    marked = re.compile(rf"[“`(]{quoted}[”`)]")
    quoting = [pair for pair in PAIRS if marked.search(text_of(pair[0]))]
    assert quoting
    assert [chinese for _, chinese in quoting if f"“{told_as(quoted)}”" not in text_of(chinese)] == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("docs/journalist.md", r"of 2021, (?P<who>\S+) is first: (?P<denied>[\d,]+) of (?P<handled>[\d,]+)"),
        (
            "docs/journalist.zh-CN.md",
            r"2021 年度排在第一位的是(?P<who>\w+)：办理 (?P<handled>[\d,]+) 件，其中不予公开 (?P<denied>[\d,]+) 件",
        ),
    ],
)
def test_the_journalists_find_is_the_first_of_its_story(name: str, sentence: str, place: Path) -> None:
    (told_of,) = re.finditer(sentence, text_of(name))
    with closing(sqlite3.connect(place / "data" / "corpus" / "demo" / "govcrawl.db")) as connection:
        first = connection.execute(
            "SELECT agency_name, denied_total, handled_total FROM indicators"
            " WHERE report_year = 2021 AND handled_total >= 20 ORDER BY 1.0 * denied_total / handled_total DESC LIMIT 1"
        ).fetchone()
    assert told_of.group("who", "denied", "handled") == (first[0], f"{first[1]:,}", f"{first[2]:,}")
