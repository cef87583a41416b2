"""The command line in the language of the locale: every message is translated, and nothing but messages changes."""

from __future__ import annotations

import ast
import inspect
import json
import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len

from govcrawl.cli import ExitCode, main
from govcrawl.cli.helping import EXAMPLE, folded, unfolded
from govcrawl.locale import catalogue, catalogue_files, read_catalogue
from govcrawl.locale.terminal import terminal_language
from govcrawl.lock import hold_lock
from govcrawl.refresh.text import page
from govcrawl.store import Store
from tests.refresh.builders import report as run_report

ROOT = Path(__file__).resolve().parents[2]
SPEAKING = (*sorted(ROOT.glob("govcrawl/cli/*.py")), *sorted(ROOT.glob("govcrawl/demo/*.py")))
"""Modules that print in the language of the terminal, beside the run report."""
GAP = re.compile(r"\{(\w+)[^}]*\}")
HAN = re.compile(r"[\u4e00-\u9fff]")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_CN.GB18030"}, "zh"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LC_ALL": "C", "LANG": "zh_CN.UTF-8"}, "en"),
        ({"LC_ALL": "", "LC_MESSAGES": "zh_CN.UTF-8", "LANG": "en_US.UTF-8"}, "zh"),
        ({"LC_MESSAGES": "en_US.UTF-8", "LANG": "zh_CN.UTF-8"}, "en"),
        ({"LANGUAGE": "en:zh", "LANG": "zh_CN.UTF-8"}, "en"),
        ({"LANGUAGE": "zh_CN", "LC_ALL": "C.UTF-8"}, "en"),
        ({"GOVCRAWL_LANG": "zh", "LC_ALL": "C"}, "zh"),
        ({"GOVCRAWL_LANG": "en", "LC_ALL": "zh_CN.UTF-8"}, "en"),
    ],
)
def test_the_language_is_that_of_messages_by_the_locale_unless_ours_is_set(
    environment: dict[str, str], language: str
) -> None:
    assert terminal_language(environment) == language


def spoken(paths: tuple[Path, ...]) -> Iterator[tuple[str, str]]:
    """(where, text) of every text that is written in a call of `_` or `marked`."""
    for path in paths:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"_", "marked"}:
                for text in literals(node.args[0]):
                    yield f"{path.relative_to(ROOT)}:{node.lineno}", text


def literals(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value


def commands(command: click.Command, name: str = "govcrawl") -> Iterator[tuple[str, click.Command]]:
    yield name, command
    if isinstance(command, click.Group):
        for each, inner in command.commands.items():
            yield from commands(inner, f"{name} {each}")


COMMANDS = dict(commands(main))
MESSAGES = [*spoken((*SPEAKING, *(ROOT / "govcrawl" / name for name in ("refresh/text.py", "locale/terms.py"))))]
HELPS = [
    (name, text)
    for name, command in COMMANDS.items()
    for text in (
        unfolded(inspect.cleandoc(command.help or "").partition(EXAMPLE)[0]),
        *([command.get_short_help_str(200)] if name != "govcrawl" else []),
        *(option.help or "" for option in command.params if isinstance(option, click.Option)),
    )
]


def test_messages_are_found() -> None:
    assert len(MESSAGES) > 200
    assert len(HELPS) > 100


@pytest.mark.parametrize("texts", [MESSAGES, HELPS], ids=["messages", "helps"])
def test_every_text_has_its_translation(texts: list[tuple[str, str]]) -> None:
    words = catalogue("zh")
    assert [(where, text) for where, text in texts if text not in words] == []


def test_nothing_is_translated_that_nobody_says() -> None:
    words = read_catalogue(ROOT / "govcrawl" / "locale" / "zh_CN" / "cli.po")
    assert set(words) - {text for _, text in (*MESSAGES, *HELPS)} == set()


@pytest.mark.parametrize(
    "path", [*catalogue_files("zh"), ROOT / "govcrawl" / "locale" / "retold" / "zh_CN.po"], ids=lambda path: path.name
)
def test_a_translation_has_the_gaps_of_its_text(path: Path) -> None:
    words = read_catalogue(path)
    assert [text for text, told in words.items() if sorted(GAP.findall(text)) != sorted(GAP.findall(told))] == []


@pytest.mark.parametrize("path", catalogue_files("zh"), ids=lambda path: path.name)
def test_no_catalogue_of_the_site_says_otherwise_what_the_command_line_says(path: Path) -> None:
    ours = read_catalogue(ROOT / "govcrawl" / "locale" / "zh_CN" / "cli.po")
    theirs = read_catalogue(path)
    assert {text: theirs[text] for text in ours.keys() & theirs if theirs[text] != ours[text]} == {}


@pytest.mark.usefixtures("chinese")
@pytest.mark.parametrize("name", COMMANDS)
def test_a_help_page_is_chinese_and_has_the_same_example(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    chinese = run(*name.split()[1:], "--help")
    monkeypatch.setenv("GOVCRAWL_LANG", "en")
    english = run(*name.split()[1:], "--help")
    assert chinese.exit_code == english.exit_code == ExitCode.FINE
    assert re.match("用法：\\S", chinese.output)
    example = re.compile(r"^    (govcrawl .*)$", re.MULTILINE)
    assert example.findall(chinese.output) == example.findall(english.output)
    option = re.compile(r"^  (--?\S+)", re.MULTILINE)
    assert option.findall(chinese.output.partition("选项：")[2]) == option.findall(
        english.output.partition("Options:")[2]
    )
    for word in ("Usage", "Options", "Example", "Show this", "default:"):
        assert word not in chinese.output
    assert HAN.search(english.output.replace("教育局", "").replace("秦安县", "")) is None


@pytest.mark.usefixtures("chinese")
@pytest.mark.parametrize("name", COMMANDS)
def test_a_chinese_help_page_fits_a_terminal(name: str) -> None:
    lines = run(*name.split()[1:], "--help").output.splitlines()
    assert [line for line in lines if cell_len(line) > 80 and HAN.search(line)] == []


@pytest.mark.usefixtures("chinese")
@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["crawl", "--yaer", "2020"], "没有选项 '--yaer'。是不是 '--year'？"),
        (["crawl", "--year", "3"], "'--year' 的值无效：3 不在范围 2008<=x<=2100 之内。"),
        (["crawl", "--year", "x"], "不是整数"),
        (["crawl", "--year"], "选项 '--year' 须有值。"),
        (["crawl", "nowhere"], "nowhere：没有这个省份"),
        (["extract"], "缺少参数 'PATH...'。"),
        (["merge", "no-such.db", "--into", "x.db"], "路径 'no-such.db' 不存在。"),
        (["relate", "too", "many"], "多出几个参数：too many"),
        (["schedule", "--format", "windows"], "'windows' 不是下列之一：'cron', 'systemd'。"),
        (["refresh", "--budget", "soon"], "不是预算"),
        (["nonsense"], "没有命令 'nonsense'。"),
        (["--nonsense"], "没有选项 '--nonsense'。"),
    ],
)
def test_a_usage_error_is_chinese_and_ends_as_in_english(arguments: list[str], told: str) -> None:
    result = run(*arguments)
    assert result.exit_code == ExitCode.USAGE
    assert told in result.stderr.partition("错误：")[2]
    assert result.stderr.startswith(("用法：", "错误："))


@pytest.mark.usefixtures("chinese")
def test_an_error_is_chinese_and_ends_as_in_english(tmp_path: Path) -> None:
    result = run("status", "--data-dir", str(tmp_path))
    assert result.exit_code == ExitCode.UNUSABLE
    assert "没有数据库；请先运行 `govcrawl crawl`" in result.stderr
    assert "运行 `govcrawl doctor`" in result.stderr


@pytest.mark.usefixtures("chinese")
def test_a_held_lock_is_told_in_chinese_and_ends_as_in_english(tmp_path: Path) -> None:
    db = tmp_path / "govcrawl.db"
    with Store.open(db), hold_lock(db):
        result = run("relate", "--data-dir", str(tmp_path))
    assert result.exit_code == ExitCode.LOCKED
    assert "正在写入这个数据库" in result.stderr


@pytest.mark.usefixtures("chinese")
def test_the_doctor_speaks_chinese(tmp_path: Path) -> None:
    result = run("doctor", "--data-dir", str(tmp_path))
    assert result.exit_code == ExitCode.FINE
    assert "本机可以爬取。" in result.output
    english = [line for line in result.output.splitlines() if not HAN.search(line.partition("：")[0])]
    assert english == []


@pytest.mark.usefixtures("chinese")
def test_a_run_report_is_chinese() -> None:
    lines = [*page(run_report())]
    assert [line for line in lines if not HAN.search(line)] == []


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A data folder with the reports of the documents."""
    run("extract", "--save", "--data-dir", str(tmp_path), str(ROOT / "docs" / "example.html"))
    run("relate", "--data-dir", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize(
    "arguments",
    [
        ["extract", "--json", str(ROOT / "docs" / "example.html")],
        ["status", "--json"],
        ["status", "--review", "--json"],
        ["check", "--json"],
        ["relate", "--json"],
        ["schedule", "--json"],
    ],
    ids=" ".join,
)
def test_json_is_the_same_in_every_language(
    corpus: Path, arguments: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    english = run(*arguments, "--data-dir", str(corpus))
    monkeypatch.setenv("GOVCRAWL_LANG", "zh")
    chinese = run(*arguments, "--data-dir", str(corpus))
    assert json.loads(chinese.stdout.splitlines()[0]) == json.loads(english.stdout.splitlines()[0])
    assert chinese.exit_code == english.exit_code


@pytest.mark.usefixtures("chinese")
def test_what_a_corpus_holds_is_told_in_chinese(corpus: Path) -> None:
    output = run("status", "--data-dir", str(corpus)).output
    assert "1 个机关的现行年报 1 份" in output
    assert "没有遇到问题。" in output


@pytest.mark.usefixtures("chinese")
def test_a_report_is_described_in_chinese() -> None:
    lines = run("extract", str(ROOT / "docs" / "example.html")).output.splitlines()
    assert [line[:10].split()[0] for line in lines[1:5]] == ["机关", "格式", "表格", "核查结论"]


WORDS = st.text("政府信息公开年报，。（）“” abc-/'12", max_size=120)


@given(WORDS, st.integers(20, 60))
def test_folding_changes_nothing_but_blanks(text: str, width: int) -> None:
    assert "".join("".join(folded(text, width)).split()) == "".join(text.split())


@example("aa。信。信。信。信。信。信。信。信。信 ，a")
@given(st.text("政府信息公开，。ab ", max_size=120).filter(lambda text: not re.search(r"[，。]{2}|\w{15}", text)))
def test_no_line_begins_with_a_closing_mark_or_is_too_wide(text: str) -> None:
    lines = folded(text.strip("，。 "), 40)
    assert [line for line in lines[1:] if line[0] in "，。"] == []
    assert [line for line in lines if cell_len(line) > 40] == []
