"""What the documents name exists, and what exists is named."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import click
import pytest

from govcrawl.cli import COMMANDS, ExitCode
from govcrawl.model import ProblemKind, Report
from govcrawl.platforms import PLATFORMS
from govcrawl.store import Store
from tests.project.languages import PAIRS, code_in

ROOT = Path(__file__).resolve().parents[2]
READMES = ("README.md", "README.zh-CN.md")
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def commands_in(text: str) -> set[str]:
    return set(re.findall(r"`govcrawl (\w+)", text)) | set(re.findall(r"^govcrawl (\w+)", text, re.MULTILINE))


@pytest.mark.parametrize("name", READMES)
def test_a_readme_names_every_command_and_no_other(name: str) -> None:
    assert commands_in(read(name)) == {command.name for command in COMMANDS}


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_no_document_names_a_command_that_is_not_there(path: Path) -> None:
    if path.name not in {"DESIGN.md", "STYLE.md"}:
        assert commands_in(path.read_text(encoding="utf-8")) <= {command.name for command in COMMANDS}


@pytest.mark.parametrize("name", READMES)
def test_options_in_a_readme_exist(name: str) -> None:
    options = {
        option for command in COMMANDS for param in command.params for option in param.opts if option.startswith("--")
    }
    assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", read(name))) <= options | {"--help"}


@pytest.mark.parametrize("name", READMES)
def test_a_readme_lists_every_exit_code(name: str) -> None:
    codes = {int(code) for code in re.findall(r"^\| (\d+) \|", read(name), re.MULTILINE)}
    assert codes == {int(code) for code in ExitCode}


@pytest.mark.parametrize("name", READMES)
def test_make_targets_in_a_readme_exist(name: str) -> None:
    targets = set(re.findall(r"^([a-z]+):", read("Makefile"), re.MULTILINE))
    named = set(re.findall(r"(?:`|^)make ([a-z]+)", read(name), re.MULTILINE))
    assert {"demo", "test", "lint", "help"} <= named <= targets


@pytest.mark.parametrize(
    ("name", "head"), [("README.md", "| platform | module |"), ("README.zh-CN.md", "| 平台 | 模块 |")]
)
def test_a_readme_lists_every_platform(name: str, head: str) -> None:
    table = read(name).split(head)[1].split("\n\n")[0]
    modules = [module for row in table.splitlines()[2:] for module in re.findall(r"`(\w+)`", row.split(" | ")[-1])]
    assert sorted(modules) == sorted(platform.name for platform in PLATFORMS)


def test_both_readmes_have_the_same_tables() -> None:
    english, chinese = ([line.count("|") for line in read(name).splitlines()] for name in READMES)
    assert [cells for cells in english if cells] == [cells for cells in chinese if cells]


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_links_into_a_document_lead_to_one_of_its_headings(path: Path) -> None:
    for target, anchor in re.findall(r"\]\(([^)#]+)#([^)]+)\)", path.read_text(encoding="utf-8")):
        headings = re.findall(r"^#+ (.+)$", (path.parent / target).read_text(encoding="utf-8"), re.MULTILINE)
        assert anchor in {re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-") for heading in headings}


@pytest.mark.parametrize(("english", "chinese"), PAIRS)
def test_both_languages_show_the_same_code(english: str, chinese: str) -> None:
    assert code_in(read(english)) == code_in(read(chinese))


@pytest.mark.parametrize(("english", "chinese"), PAIRS)
def test_both_languages_lead_to_each_other(english: str, chinese: str) -> None:
    ours, theirs = Path(english).name, Path(chinese).name
    assert f"]({theirs})" in read(english).split("\n## ")[0]
    assert f"]({ours})" in read(chinese).split("\n## ")[0]


@pytest.mark.parametrize(("english", "chinese"), PAIRS)
def test_a_chinese_document_leads_to_chinese_ones_where_there_are_any(english: str, chinese: str) -> None:
    links = re.findall(r"\]\(([^)#:]+)", read(chinese))
    targets = {str((ROOT / chinese).parent.joinpath(link).resolve().relative_to(ROOT)) for link in links}
    assert targets & {each for each, _ in PAIRS} == {english}


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_links_between_documents_lead_somewhere(path: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", path.read_text(encoding="utf-8")):
        assert target.startswith("http") or (path.parent / target).exists(), target


def test_every_kind_of_problem_is_documented() -> None:
    kinds = re.findall(r"^\| `(\w+)` \|", read("docs/problems.md"), re.MULTILINE)
    assert sorted(kinds) == sorted(ProblemKind)


def test_every_kind_of_problem_says_what_happened_what_to_do_and_whether_it_is_tried_again() -> None:
    rows = re.findall(r"^\| `\w+` \|.*$", read("docs/problems.md"), re.MULTILINE)
    assert [row for row in rows if len([cell for cell in row.strip("| ").split(" | ") if cell.strip()]) != 4] == []


def test_every_key_of_the_json_is_documented() -> None:
    report = Report("", None, None, None, None, None, "none", None, None, "")
    keys = re.findall(r"^\| `(\w+)` \|", read("docs/json.md"), re.MULTILINE)
    assert sorted(keys) == sorted({"path", *report.to_dict()})


def test_every_table_view_and_column_is_documented(tmp_path: Path) -> None:
    parts = re.split(r"^### `(\w+)`\n", read("docs/database.md"), flags=re.MULTILINE)
    documented = dict(zip(parts[1::2], parts[2::2], strict=True))
    with Store.open(tmp_path / "govcrawl.db") as store:
        names = [
            name
            for (name,) in store.connection.execute("select name from sqlite_master where type in ('table', 'view')")
            if not name.startswith(("_", "sqlite_", "search_names_", "search_prose_"))  # parts of an index
        ]
        assert sorted(names) == sorted(documented)
        for name, text in documented.items():
            if name in {"panel", "panel_corrected"}:
                continue  # a rule is documented, not their 200 columns
            columns = {row[1] for row in store.connection.execute(f"pragma table_info({name})")}
            assert columns <= set(re.findall(r"`(\w+)`", text)), name


@pytest.mark.parametrize("name", ["docs/database.md", "docs/problems.md"])
def test_the_queries_of_a_document_are_understood(name: str, tmp_path: Path) -> None:
    queries = re.findall(r"^    select (?:.|\n    )*?;$", read(name), re.MULTILINE)
    assert queries
    with Store.open(tmp_path / "govcrawl.db") as store:
        for query in queries:
            assert store.connection.execute(query).fetchall() == []


def finding_codes() -> set[str]:
    """The codes of findings in the source: first arguments of `Finding(…)` and of the readers' own short forms."""
    codes: set[str] = set()
    rooms = ("forms", "checks", "reading")
    for path in [path for room in rooms for path in (ROOT / "govcrawl" / room).rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
                if name in {"Finding", "tell", "find", "say", "note"} and isinstance(node.args[0].value, str):
                    codes.add(node.args[0].value)
    for path in ROOT.glob("data/forms/*.toml"):
        codes |= set(re.findall(r'\[\[identity\]\]\ncode = "(\w+)"', path.read_text(encoding="utf-8")))
    return codes


def test_every_finding_is_documented() -> None:
    documented = set(re.findall(r"^\| `(\w+)` \|", read("docs/findings.md"), re.MULTILINE))
    assert finding_codes() <= documented


def test_every_option_of_every_command_says_what_it_does() -> None:
    for command in COMMANDS:
        for param in command.params:
            if isinstance(param, click.Option):
                assert param.help, f"{command.name} {param.name}"
