"""The report year in a title."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govcrawl.discovery import year_of_title


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("景泰县人民政府2020年政府信息公开工作年度报告", 2020),
        ("2022年云砚县政府信息公开工作年度报告", 2022),
        ("云砚县2020年度政府信息公开年度报告", 2020),
        ("云砚县教育局政府信息公开工作2024年度报告", 2024),
        ("云砚县民政局政府信息公开工作年度报告(2020年度)", 2020),
        ("云砚县民政局政府信息公开工作年度报告（2020年度）", 2020),
        ("云砚县国资委2020政府信息公开工作年度报告", 2020),
        ("云砚县二〇二〇年政府信息公开工作年度报告", 2020),
        ("云砚县二○一九年度政府信息公开年报", 2019),
        ("云砚县二零二一年年报", 2021),
        ("云砚县２０２０年政府信息公开工作年度报告", 2020),
        ("云砚县 2020 年 政府信息公开年报", 2020),
        ("云砚县2020年政府信息公开工作年度报告(2021年1月)", 2020),
        ("云砚县2020年政府信息公开工作年度报告(2021-01-29)", 2020),
        ("2021年发布云砚县2020年政府信息公开年报", 2020),
        ("按国办公开办函〔2021〕30号编制的2022年年报", 2022),
        ("云砚县政府信息公开工作年度报告", None),
        ("2019-2021年政府信息公开工作年度报告", None),
        ("2008年至2020年年报汇总", None),
        ("编号20201234", None),
        ("", None),
    ],
)
def test_the_year_is_the_reports(title: str, year: int | None) -> None:
    assert year_of_title(title) == year


@given(st.integers(2008, 2035))
def test_figures_and_chinese_figures_say_the_same(year: int) -> None:
    chinese = "".join("〇一二三四五六七八九"[int(figure)] for figure in str(year))
    assert year_of_title(f"云砚县{chinese}年政府信息公开工作年度报告") == year
    assert year_of_title(f"云砚县{year}年政府信息公开工作年度报告") == year


@given(st.text(max_size=60))
def test_no_title_breaks_it(title: str) -> None:
    year = year_of_title(title)
    assert year is None or 2003 <= year <= 2099
