"""The measures of the classifier count right and wrong rows, and say why."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.benchmarks import __main__ as bench
from tests.benchmarks import classifier

HEAD = "url,province,place,agency,title,report_year,kind\n"
ROWS = (
    "http://jyj.yunyan.gov.cn/nb/202101/t20210129_5.html,云省,云砚县,教育局,云砚县教育局2020年政府信息公开年报(标题断行),2020,report\n"
    "http://www.travel.test/nb/2020n/202101/t20210129_5.html,云省,云砚县,,,2020,mirror\n"
    "http://jyj.yunyan.gov.cn/nb/202101/t20210129_6.html,云省,云砚县,教育局,教育局2019年政府信息公开年报,2020,report\n"
)


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    path = tmp_path / "pages.csv"
    path.write_text(HEAD + ROWS, encoding="utf-8")
    return path


def test_rows_are_judged_where_the_table_says_something(pages: Path) -> None:
    rows = classifier.read_rows(pages)
    results = {result.name: result for result in classifier.run(rows, classifier.load_classifier())}
    assert rows[0].title == "云砚县教育局2020年政府信息公开年报"
    assert results["report or not, as a link anywhere"].judged == 2
    assert results["mirror or repost: refused by the host"].share == 1
    assert results["report year, hinted at by the address where no title says it"].judged == 1
    year = results["report year, from the title"]
    assert [(wrong.expected, wrong.found) for wrong in year.wrong] == [(2020, 2019)]


def test_the_table_and_the_reasons_are_printed(pages: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert classifier.main([str(pages)]) == 0
    printed = capsys.readouterr().out
    assert "report year, from the title: 1 wrong" in printed
    assert "expected 2020, found 2019: 教育局2019年政府信息公开年报" in printed


def test_the_benchmarks_take_a_table_when_asked(pages: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert bench.main(["--only", "classifier", "--pages", str(pages)]) == 0
    assert '"name": "classifier: report year, from the title"' in capsys.readouterr().out
