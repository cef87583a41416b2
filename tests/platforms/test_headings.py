"""更多 beside a heading leads to the list of that name."""

from __future__ import annotations

import pytest

from govcrawl.platforms import Page
from govcrawl.platforms.headings import headed_links


def names(body: str) -> list[str]:
    built = Page("http://www.yunyan.test/nb/", f"<html><body>{body}</body></html>".encode())
    return [link.text for link in headed_links(built)]


@pytest.mark.parametrize(
    "markup",
    [
        '<h3>县直部门<a href="bm/">更多&gt;&gt;</a></h3>',
        '<div><span>县直部门</span><em><a href="bm/">[更多]</a></em></div>',
        '<div class="t"><h2><b>县直部门</b></h2></div><p><a href="bm/">more...</a></p>',
    ],
)
def test_more_is_named_by_the_text_before_it(markup: str) -> None:
    assert names(f"<div>{markup}</div>") == ["县直部门"]


def test_more_after_the_rows_of_its_list_has_no_name() -> None:
    rows = "".join(f"<li><a href='{n}.html'>云砚县第{n}局2022年政府信息公开工作年度报告</a></li>" for n in range(3))
    assert names(f"<div><ul>{rows}</ul><a href='bm/'>更多</a></div>") == []


def test_other_links_are_not_renamed() -> None:
    assert names("<h3>县直部门<a href='bm/'>更多年报解读情况</a></h3>") == []
