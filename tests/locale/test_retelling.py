"""Messages of other rooms, told again in Chinese by the shape of their English sentence."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from govcrawl.audit.again import _told
from govcrawl.audit.expectations import Expected
from govcrawl.locale import read_catalogue
from govcrawl.locale.retelling import retell

ROOT = Path(__file__).resolve().parents[2]
SENTENCES = read_catalogue(ROOT / "govcrawl" / "locale" / "retold" / "zh_CN.po")
GAP = re.compile(r"\{(\w+)\}")
FILLED = "x1"

USERS = {
    "ArchiveError",
    "BrowserError",
    "DemoError",
    "ExportError",
    "LockedError",
    "MetricsError",
    "NotifyError",
    "PlanError",
    "StoreError",
    "UnknownPortalError",
}
"""Errors that users meet. Those of the curated tables and forms are for who edits these, and stay English."""
PROGRAMMERS = {
    "data/lookups/tables.toml",
    "is no number",
    "has no time zone",
    "are not described for merging",
    "are not joined one by one",
    "has columns that the database has not",
    "unknown filter",
}
"""Errors of these kinds that only a change of the program can bring."""


def test_a_sentence_without_gaps_is_translated() -> None:
    assert retell("Permission denied", "zh") == "权限不足"


def test_what_stood_in_the_gaps_stands_in_the_translation() -> None:
    told = retell(
        "a b.db: another run (process 17) is writing to this database; wait for it, or name another one with --db", "zh"
    )
    assert told == "a b.db：另一个进程（17）正在写入这个数据库；请等它结束，或用 --db 指定另一个"


def test_a_message_inside_a_message_is_told_too() -> None:
    assert retell("data: cannot be written: No space left on device", "zh") == "data：无法写入：磁盘已满"


def test_a_known_reason_is_told_wherever_it_was() -> None:
    assert retell("data/x.warc.gz at 12: No such file or directory", "zh") == "data/x.warc.gz at 12：没有这个文件或目录"


def test_what_nobody_translated_stays() -> None:
    assert retell("something else", "zh") == "something else"


def test_in_english_nothing_changes() -> None:
    assert retell("Permission denied", "en") == "Permission denied"


@pytest.mark.parametrize("sentence", SENTENCES)
def test_every_sentence_is_found_again_by_its_shape(sentence: str) -> None:
    values = dict.fromkeys(GAP.findall(sentence), FILLED)
    assert retell(sentence.format(**values), "zh") == SENTENCES[sentence].format(**values)


def said(node: ast.expr) -> str | None:
    """A text as it may be at run time, its gaps filled; None where that cannot be seen."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(str(each.value) if isinstance(each, ast.Constant) else FILLED for each in node.values)
    return None


def parsed(pattern: str) -> Iterator[ast.AST]:
    for path in ROOT.glob(pattern):
        yield from ast.walk(ast.parse(path.read_text(encoding="utf-8")))


def errors() -> Iterator[str]:
    """What errors that users meet say."""
    for pattern in ("govcrawl/**/*.py", "spiders/**/*.py"):
        for node in parsed(pattern):
            call = node.exc if isinstance(node, ast.Raise) else None
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in USERS and call.args:
                text = said(call.args[0])
                if text is not None and not any(word in text for word in PROGRAMMERS):
                    yield text


def checks() -> Iterator[str]:
    """What checks of the doctor see and advise."""
    for node in parsed("govcrawl/health/*.py"):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Check":
            texts = [said(argument) for argument in node.args]
        elif isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) in {"saw", "mend"}:
            texts = [said(node.value)]
        else:
            continue
        yield from (text for text in texts if text)


def thresholds() -> Iterator[str]:
    """What a run report says of limits and trouble."""
    for path in ("govcrawl/refresh/thresholds.py", "govcrawl/refresh/night.py"):
        for node in parsed(path):
            if isinstance(node, ast.Yield) and node.value is not None:
                yield said(node.value) or ""
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "sentences.append":
                yield said(node.args[0]) or ""


def faults() -> Iterator[str]:
    """What an audit finds."""
    for node in parsed("govcrawl/audit/*.py"):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "Fault":
            text = said(node.args[3])
        elif isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "told":
            text = said(node.value)
        elif isinstance(node, ast.FunctionDef) and node.name in {"_wrong", "__str__"}:
            yield from (
                said(each.value) or "" for each in ast.walk(node) if isinstance(each, ast.Return) and each.value
            )
            continue
        else:
            continue
        if text is not None:
            yield text


def test_bounds_of_all_provinces_and_years_are_told() -> None:
    bounds = [Expected(None, None), Expected(None, 2020), Expected("620000", None)]
    assert [retell(str(each), "zh") for each in bounds] == [
        "全部省份，全部年度",
        "全部省份，2020 年度",
        "620000，全部年度",
    ]


def test_what_is_read_otherwise_is_told_however_much_it_is() -> None:
    assert _told([("a/b", 1, 2), ("title", "甲", None)], "0.0.1") == (
        "a/b: 1 is read as 2; title: '甲' is read as None (it was read by 0.0.1; `govcrawl replay` reads it anew)"
    )
    told = retell(_told([(f"a/{number}", 1, 2) for number in range(9)], "0.0.1"), "zh")
    assert told == (
        "a/0：1 现读作 2; a/1：1 现读作 2; a/2：1 现读作 2; a/3：1 现读作 2; a/4：1 现读作 2，另有 4 处"
        "（由 0.0.1 版读取；`govcrawl replay` 可重新读取）"
    )


SAME_IN_CHINESE = {"python", "sqlite", "sqlite x1", "sqlite json", "sqlite fts5", "sqlite dbstat", "libreoffice"}


def translatable(text: str) -> bool:
    """Whether there is more in a text than gaps, names and commands."""
    bare = text.replace(FILLED, "").strip(" :()")
    return bool(re.search(r"[a-z]{2}", bare)) and not bare.startswith("apt install") and text not in SAME_IN_CHINESE


@pytest.mark.parametrize("source", [errors, checks, thresholds, faults])
def test_everything_that_users_are_told_can_be_told_in_chinese(source: object) -> None:
    assert callable(source)
    texts = [text for text in source() if translatable(text)]
    assert len(texts) >= 8
    assert [text for text in texts if not re.search(r"[\u4e00-\u9fff]", retell(text, "zh"))] == []
