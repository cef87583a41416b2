"""The report year in a title."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govcrawl.discovery import year_hint, year_of_title


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
        ("云砚县2020年1—12月政府信息公开年报", 2020),
        ("云砚县2020年1月至12月政府信息公开年报", 2020),
        ("云砚县2O2O年政府信息公开年报", 2020),
        ("云砚县二0二0年政府信息公开年报", 2020),
        ("云砚县二О二О年政府信息公开年报", 2020),
        ("云砚县二〇二〇政府信息公开工作年度报告", 2020),
        ("云砚县202020年政府信息公开年报", 2020),
        ("云砚县20120年政府信息公开年报", None),
        ("云砚县2020、2021年政府信息公开年报", None),
        ("云砚县2020年和2021年政府信息公开年报", None),
        ("〔2020〕年云砚县政府信息公开年报", 2020),
        ("云砚县政府信息公开年报[2020]", None),
        ("云砚县政府信息公开年报(2021.1.29)", None),
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


H = "http://www.yunyan.test"


@pytest.mark.parametrize(
    ("address", "year"),
    [
        ("/module/xxgk/xxgkAnnualReport.jsp?area=11&fbtime=2020", 2020),
        ("/year_details.aspx?dept=58&year=2022", 2022),
        ("/artview/195/1.html?nbYear=2021&orgCode=A01", 2021),
        ("/zfxxgknb/2020n/202101/t20210130_1.html", 2020),
        ("/zfxxgknb/2020nian/202101/t20210127_1.html", 2020),
        ("/zfxxgkzl/zfxxgknb/2020nb/dcqzf2020/202103/t20210310_1.html", 2020),
        ("/zfxxgkndbg/gb2025/2025szbm/202601/t20260126_1.html", 2025),
        ("/sj/nb_2022/jgzfxxgknb/t15691008.shtml", 2022),
        ("/zfxxgknb/2021/202303/t20230316_1.html", 2021),
        ("/ZFXXGKNB/2019/xzfgbm/art/2022/art_1.html", 2019),
        ("/nb/202101/t20210129_1.html", None),
        ("/art/2021/1/29/art_1_2.html", None),
        ("/nb/2021/01/29/1.html", None),
        ("/zfxxgknb/content/post_2020.html", None),
        ("/c/2023-01-05/6431967.shtml", None),
        ("/2015cjd/gzscjd_2015index.shtml", None),
    ],
)
def test_an_address_hints_at_a_year_by_a_parameter_or_the_folder_of_a_year(address: str, year: int | None) -> None:
    assert year_hint(H + address) == year


@given(st.text(max_size=60))
def test_no_address_breaks_it(text: str) -> None:
    for url in (text, f"{H}/{text}", f"{H}/a?year={text}"):
        hint = year_hint(url)
        assert hint is None or 2003 <= hint <= 2099


@given(
    st.integers(2008, 2035), st.sampled_from(["年", "年度", "年年", ""]), st.sampled_from(["〇", "○", "零", "O", "0"])
)
def test_every_zero_reads_the_same(year: int, word: str, zero: str) -> None:
    figures = "".join(f"{zero}一二三四五六七八九"[int(figure)] for figure in str(year))
    assert year_of_title(f"云砚县{figures}{word}政府信息公开工作年度报告") == year
