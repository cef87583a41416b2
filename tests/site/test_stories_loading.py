"""A broken story is refused, and where it is broken is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from govcrawl.model import RegistryError
from govcrawl.site.stories.loading import load_stories, load_story, stories

SOUND = """
order = 1
group = "requests"
title = { zh = "题", en = "Title" }
summary = { zh = "要", en = "Summary" }
explanation = { zh = "释", en = "Explanation" }

[[caveat]]
zh = "慎"
en = "Caveat"

[[parameter]]
name = "year"
kind = "year"

[[parameter]]
name = "channel"
kind = "choice"
default = "review"
label = { zh = "途径", en = "Channel" }
[parameter.choices]
review = { zh = "复议", en = "review" }

[answer]
sql = '''
SELECT report_id, 1 AS n, ':quoted' AS word FROM indicators WHERE report_year = :year AND :channel <> ''
'''
[[answer.column]]
name = "report_id"
kind = "report"
[[answer.column]]
name = "n"
kind = "number"
label = { zh = "数", en = "Number" }
[[answer.column]]
name = "word"
kind = "key"

[basis]
sql = "SELECT count(*) AS reports FROM indicators WHERE report_year = :year"
[[basis.column]]
name = "reports"
label = { zh = "报告", en = "Reports" }

[chart]
kind = "bar"
x = "report_id"
y = "n"
"""


def write(folder: Path, text: str, name: str = "a-story.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_sound_story_is_read(tmp_path: Path) -> None:
    story = load_story(write(tmp_path, SOUND))
    assert (story.id, story.title.zh, story.title.en) == ("a-story", "题", "Title")
    assert [each.name for each in story.parameters] == ["year", "channel"]
    assert [each.name for each in story.answer.columns] == ["report_id", "n", "word"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("order = 1", "", "order must be a whole number"),
        ("order = 1", "order = 1\ncolour = 2", "unknown: colour"),
        ('group = "requests"', 'group = "gossip"', "group is 'gossip'"),
        ('en = "Title"', 'fr = "Titre"', "title: en must be a text"),
        ('zh = "题"', 'zh = " "', "title: zh must be a text"),
        ('[[caveat]]\nzh = "慎"\nen = "Caveat"', "", "there is no [[caveat]]"),
        ('kind = "year"', 'kind = "month"', "parameter 1: kind is 'month'"),
        ('default = "review"', 'default = "court"', "parameter 2: default 'court'"),
        (":channel <> ''", "1 = 1", "answer: :channel is a parameter"),
        ("AND :channel", "AND :town = :channel", "answer: :town stands in the SQL"),
        ('year"\n[[basis', 'year AND :town"\n[[basis', "basis: :town stands in the SQL"),
        ("SELECT report_id", "DELETE FROM reports; SELECT report_id", "answer: sql must be one SELECT"),
        ("SELECT report_id", "PRAGMA x", "answer: sql must be one SELECT"),
        ('name = "n"\n', 'name = "report_id"\n', "answer: two columns are called report_id"),
        ('kind = "number"\nlabel = { zh = "数", en = "Number" }', 'kind = "number"', "column n: there is no label"),
        ('kind = "report"', 'kind = "agency"', "by 'agency_id' is none of the columns"),
        ('kind = "report"', 'kind = "code"\nvalues = "taste"', "values 'taste' is no variable"),
        ('y = "n"', 'y = "word"', "chart: y 'word' is a column of key"),
        ('x = "report_id"', 'x = "nowhere"', "chart: x 'nowhere' is none of the answer's columns"),
        ("title = {", "title = {{", ""),
    ],
)
def test_a_broken_story_is_refused_with_its_place(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert old in SOUND
    path = write(tmp_path, SOUND.replace(old, new, 1))
    with pytest.raises(RegistryError) as refused:
        load_story(path)
    assert str(path) in str(refused.value)
    assert said in str(refused.value)


def test_a_file_is_called_as_its_address_is(tmp_path: Path) -> None:
    with pytest.raises(RegistryError, match="small letters"):
        load_story(write(tmp_path, SOUND, "A Story.toml"))


def test_two_stories_cannot_have_one_place(tmp_path: Path) -> None:
    write(tmp_path, SOUND, "one.toml")
    write(tmp_path, SOUND, "other.toml")
    with pytest.raises(RegistryError, match="order: 1 is that of one, too"):
        load_stories(tmp_path)


def test_the_programs_own_stories_are_sound() -> None:
    assert {"who-refuses", "never-published", "late", "broken-sums", "copied-prose"} <= set(stories())
