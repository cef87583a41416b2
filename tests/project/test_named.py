"""What the documents name exists, and what exists is named: options, settings, variables, stories, formats, routes."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from govcrawl import settings as defaults
from govcrawl.cli import COMMANDS
from govcrawl.export.formats import NAMES
from govcrawl.export.package import CITATION, CODEBOOK, DESCRIPTION
from govcrawl.forms.schema import load_forms
from govcrawl.forms.variables import variables
from govcrawl.model import AgencyKind, Proof, Scope, Severity
from govcrawl.portals.registry import COLUMNS
from govcrawl.site.plugin import routes
from govcrawl.site.stories.loading import stories
from govcrawl.store import Store
from govcrawl.store.coverage import STATES
from tests.project.languages import CHINESE, PAIRS
from tools.write_docs import variables_page

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted([*ROOT.glob("README*.md"), *ROOT.glob("docs/*.md")])
TOLD = "\n".join(path.read_text(encoding="utf-8") for path in DOCUMENTS)
SOURCES = [
    *(path for room in ("govcrawl", "spiders", "pipelines") for path in (ROOT / room).rglob("*.py")),
    *(ROOT / "tools").glob("*.sh"),
]
ABOUT_DATA = (
    *("comparability", "faq", "questions", "researcher", "journalist", "exports"),
    *("faq.zh-CN", "researcher.zh-CN", "journalist.zh-CN"),
)
FOREIGN = {"--now", "--user"}
"""Options of systemctl; `--user` is one of `govcrawl schedule`, too."""
SAID = {"ok", "note", "label language en"}
"""In one language only: words of the program, and the switch that a block of the other page holds."""


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def commands(command: click.Command, name: str = "") -> Iterator[tuple[str, click.Command]]:
    """Every command with its name, those of groups within their group."""
    full = f"{name} {command.name}".strip()
    if isinstance(command, click.Group):
        for each in command.commands.values():
            yield from commands(each, full)
    else:
        yield full, command


ALL = dict(pair for command in COMMANDS for pair in commands(command))


def options(command: click.Command) -> set[str]:
    return {option for param in command.params for option in (*param.opts, *param.secondary_opts) if option[:2] == "--"}


def table(name: str, head: str) -> list[list[str]]:
    """The rows of the table with this head."""
    rows = read(name).split(f"\n| {head} |")[1].split("\n\n")[0].splitlines()[2:]
    return [[cell.strip() for cell in row.strip("|").split(" | ")] for row in rows]


def in_code(text: str) -> list[str]:
    return re.findall(r"`([^`]+)`", text)


def options_in(text: str) -> set[str]:
    return set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", re.sub(r"<!--.*?-->", "", text)))


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_option_that_is_named_exists(path: Path) -> None:
    known = {option for command in ALL.values() for option in options(command)} | {"--help", "--version"} | FOREIGN
    if path.name == "benchmarks.md":
        sources = (each.read_text(encoding="utf-8") for each in ROOT.glob("tests/benchmarks/**/*.py"))
        known |= {option for text in sources for option in re.findall(r'"(--[a-z-]+)"', text)}
    assert options_in(path.read_text(encoding="utf-8")) - known == set()


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_module_that_is_to_be_run_exists(path: Path) -> None:
    for name in re.findall(r"python -m (tests[\w.]+)", path.read_text(encoding="utf-8")):
        base = ROOT.joinpath(*name.rstrip(".").split("."))
        assert base.with_suffix(".py").is_file() or (base / "__main__.py").is_file(), name


@pytest.mark.parametrize("name", sorted(ALL))
def test_every_option_is_named(name: str) -> None:
    assert {option for option in options(ALL[name]) if not re.search(rf"{option}(?![\w-])", TOLD)} == set()


def test_the_options_that_nearly_every_command_has_are_those_of_the_readmes() -> None:
    for option, without in {"--json": {"serve"}, "--db": {"portals", "merge"}}.items():
        assert {name.split()[0] for name, command in ALL.items() if option not in options(command)} == without


def test_an_option_is_one_of_the_commands_it_is_said_to_be_of() -> None:
    rows = table("docs/operating.md", "option | of | does")
    assert rows
    for told, of, _ in rows:
        for option in re.findall(r"--[a-z-]+", told):
            assert [name for name in in_code(of) if option in options(ALL[name])], option


def test_every_setting_and_variable_of_the_environment_is_named_and_exists() -> None:
    used = {name for path in SOURCES for name in re.findall(r"\bGOVCRAWL_[A-Z_]+\b", path.read_text(encoding="utf-8"))}
    used |= {name for name in dir(defaults) if name.startswith("GOVCRAWL_")}
    assert set(re.findall(r"\bGOVCRAWL_[A-Z_]+\b", TOLD)) - {"GOVCRAWL_NOTIFY"} == used  # its plan's own


def test_every_story_is_named_with_its_title() -> None:
    told = {in_code(name)[0]: title for name, title, _ in table("docs/site.md", "story | title | answers")}
    assert told == {story.id: f"{story.title.zh} {story.title.en}" for story in stories().values()}


def test_every_format_of_export_and_every_file_beside_the_tables_is_named() -> None:
    told = {in_code(name)[0] for name, *_ in table("docs/exports.md", "format | is | needs")}
    assert told == set(NAMES)
    assert {in_code(name)[0] for name, _ in table("docs/exports.md", "file | is")} == {DESCRIPTION, CODEBOOK, CITATION}


def test_every_address_of_the_site_is_named() -> None:
    told = [address for name, _ in table("docs/site.md", "address | shows") for address in in_code(name)]
    paths = [re.sub(r"<\w+>", "0", address).partition("?")[0] for address in told]
    assert [regex for regex, _ in routes() if not any(re.match(regex, path) for path in paths)] == []


def test_the_variables_are_those_of_the_forms() -> None:
    assert read("docs/variables.md") == variables_page(), "make docs"


def test_the_forms_are_named_with_their_years_and_instruments() -> None:
    rows = table("docs/comparability.md", "form | of report years | instrument | prints")
    told = {
        in_code(code)[0]: (int(re.findall(r"\d{4}", years)[0]), means, prints) for code, years, means, prints in rows
    }
    forms = {str(form.code): form for form in load_forms()}
    assert told.keys() == forms.keys()
    for code, (first, means, prints) in told.items():
        form = tomllib.loads(read(f"data/forms/{code}.toml"))
        number = re.findall(r"国办\S+号|\d{3}(?=号）)", form["instrument"])[0]
        assert first == form["report_years"][0]
        assert number in means
        assert not forms[code].size or str(forms[code].size) in prints


def test_the_columns_of_the_registry_are_named() -> None:
    assert [in_code(name)[0] for name, _ in table("docs/adding-a-province.md", "column | says")] == list(COLUMNS)


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """Of tables, views, columns, variables, findings, and of the values of closed lists."""
    with Store.open(tmp_path_factory.mktemp("corpus") / "govcrawl.db") as store:
        tables = [row[0] for row in store.connection.execute("SELECT name FROM sqlite_master WHERE type <> 'index'")]
        columns = {row[1] for each in tables for row in store.connection.execute(f"PRAGMA table_info({each})")}
    findings = set(re.findall(r"^\| `(\w+)` \|", read("docs/findings.md"), re.MULTILINE))
    closed = {str(value) for kind in (AgencyKind, Proof, Scope, Severity) for value in kind} | set(STATES)
    return {*tables, *columns, *findings, *closed, *(variable.name for variable in variables())}


@pytest.mark.parametrize("page", ABOUT_DATA)
def test_every_name_of_the_data_exists(page: str, names: set[str]) -> None:
    text = re.sub(r"```.*?```", "", read(f"docs/{page}.md"), flags=re.DOTALL)
    words = {part for code in in_code(text) for part in re.findall(r"^[a-z][a-z0-9_.]*(?= |$)", code)}
    told = {part for word in words for part in word.split(".") if "_" in part}
    assert told - names == set()


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_links_within_a_document_lead_to_its_headings(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    anchors = {re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-") for heading in headings}
    assert set(re.findall(r"\]\(#([^)]+)\)", text)) <= anchors


def test_every_page_can_be_reached_from_the_readme() -> None:
    reached, new = set[Path](), {ROOT / "README.md"}
    while new:
        reached |= new
        links = {
            (path.parent / to).resolve() for path in new for to in re.findall(r"\]\(([^)#:]+\.md)", path.read_text())
        }
        new = links - reached
    assert set(ROOT.glob("docs/*.md")) <= reached


def shape(text: str) -> list[str]:
    """What stands in a document in which order: headings, paragraphs, lists, tables, code; and where its links lead."""
    found = []
    for block in re.split(r"\n\n+(?=\S)", re.sub(r"```.*?```", "```", text, flags=re.DOTALL)):
        kinds = {"#": "heading", "|": "table", "-": "list", "`": "code", "!": "picture"}
        kind = kinds.get(block[0], "text")
        items = len(re.findall(r"^- ", block, re.MULTILINE))
        links = " ".join(sorted({link.replace(CHINESE, ".md") for link in re.findall(r"\]\(([^)]+)\)", block)}))
        found.append(f"{kind} {items} {links}")
    return found


@pytest.mark.parametrize(("english", "chinese"), PAIRS)
def test_both_languages_are_built_alike(english: str, chinese: str) -> None:
    assert shape(read(english)) == shape(read(chinese))


@pytest.mark.parametrize(("english", "chinese"), PAIRS)
def test_both_languages_name_the_same_things(english: str, chinese: str) -> None:
    texts = (re.sub(r"```.*?```", "", read(name), flags=re.DOTALL) for name in (english, chinese))
    named, also = (set(in_code(text)) for text in texts)
    assert (named ^ also) - SAID == set()
