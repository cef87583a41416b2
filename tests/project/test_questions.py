"""docs/questions.md: every block is run, and every answer is the one that is shown."""

from __future__ import annotations

import re
import shlex
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pandas
import pytest
from click.testing import CliRunner

from govcrawl.cli import ExitCode, main
from tests.project.asked import Question, as_markdown, questions_in, told
from tests.project.stata import unknown_in

TEXT = (Path(__file__).parents[2] / "docs" / "questions.md").read_text(encoding="utf-8")
QUESTIONS = list(questions_in(TEXT))
EXPORTS = re.findall(r"^govcrawl export .*$", TEXT, re.MULTILINE)

pytestmark = pytest.mark.slow


@pytest.fixture(scope="session")
def place(demo_folder: Path) -> Path:
    """The folder in which the document's commands were given."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(demo_folder)
        for line in EXPORTS:
            done = CliRunner().invoke(main, shlex.split(line)[1:])
            assert done.exit_code == ExitCode.FINE, done.output
    return demo_folder


@pytest.fixture(scope="session")
def frames(place: Path) -> dict[str, Any]:
    """What pandas has loaded before the first question."""
    (begin,) = re.findall(r"^```python\n(.*?)^```", TEXT.split("\n## 1.")[0], re.MULTILINE | re.DOTALL)
    names: dict[str, Any] = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(place)
        exec(begin, names)
    return names


def titles(question: Question) -> str:
    return question.title.split(".")[0]


def test_there_are_questions() -> None:
    assert len(QUESTIONS) >= 10
    assert len(EXPORTS) == 2
    assert [int(titles(each)) for each in QUESTIONS] == list(range(1, len(QUESTIONS) + 1))


@pytest.mark.parametrize("question", QUESTIONS, ids=titles)
def test_sql_gives_the_answer_that_is_shown(question: Question, place: Path) -> None:
    path = place / "data" / "corpus" / "demo" / "govcrawl.db"
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        cursor = connection.execute(question.sql)
        found = told([name for name, *_ in cursor.description], cursor.fetchall())
    assert as_markdown(found) == as_markdown(question.answer)


@pytest.mark.parametrize("question", [each for each in QUESTIONS if each.python], ids=titles)
def test_pandas_gives_the_answer_that_is_shown(question: Question, frames: dict[str, Any]) -> None:
    names = dict(frames)
    exec(question.python or "", names)
    answer = names["answer"].astype(object)
    found = told(list(answer.columns), answer.where(answer.notna(), None).itertuples(index=False))
    assert as_markdown(found) == as_markdown(question.answer)


@pytest.mark.parametrize("question", [each for each in QUESTIONS if each.stata], ids=titles)
def test_the_variables_and_labels_of_stata_are_those_of_its_file(question: Question, place: Path) -> None:
    assert unknown_in(question.stata or "", place) == set()


def test_the_answers_of_stata_can_be_told_from_its_files(place: Path) -> None:
    """The blocks need what pandas finds in the same rows: the files of both hold them all."""
    for csv in (place / "answers" / "csv").glob("*.csv"):
        if (dta := place / "answers" / "dta" / f"{csv.stem}.dta").exists():
            with pandas.io.stata.StataReader(dta) as reader:
                assert len(reader.read(convert_categoricals=False)) == len(pandas.read_csv(csv))
