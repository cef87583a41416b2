"""How a report or a figure is cited."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from govcrawl.site.reports.citing import Cited, cite

REPORT = Cited(
    report_id="0123456789abcdef0123",
    agency="云山市教育局",
    title="云山市教育局2020年政府信息公开工作年度报告",
    published_on="2021-01-29",
    year=2020,
    url="http://www.yunshan.test/nianbao/2020.html",
    seen_on="2021-03-01",
    sha256="ab" * 32,
)
FIGURE = replace(REPORT, where="applications/granted/total", label="（一）予以公开／总计", printed="3")


def test_a_report_is_cited_by_the_chinese_standard() -> None:
    assert cite(REPORT).chinese == (
        "云山市教育局. 云山市教育局2020年政府信息公开工作年度报告[EB/OL]. (2021-01-29)[2021-03-01]. "
        "http://www.yunshan.test/nianbao/2020.html. "
        f"govcrawl 语料库，报告 0123456789abcdef0123，存档原件 SHA-256 {'ab' * 32}."
    )


def test_a_figure_is_cited_with_its_labels_and_what_is_printed() -> None:
    made = cite(FIGURE)
    assert "年度报告：“（一）予以公开／总计”，印作 3[EB/OL]" in made.chinese
    assert "报告 0123456789abcdef0123/applications/granted/total" in made.chinese
    assert ": “（一）予以公开／总计”, printed 3" in made.english


def test_a_blank_is_cited_as_blank() -> None:
    assert "印作 空白" in cite(replace(FIGURE, printed="")).chinese
    assert "printed blank" in cite(replace(FIGURE, printed="")).english


def test_in_english_the_day_follows_the_author() -> None:
    assert cite(REPORT).english.startswith("云山市教育局 (2021-01-29). 云山市教育局2020年")


def test_what_is_not_known_is_left_out() -> None:
    bare = Cited("0" * 20, "", "报告", None, None, "", None)
    made = cite(bare)
    assert made.chinese == f"报告[EB/OL]. govcrawl 语料库，报告 {'0' * 20}."
    assert made.english == f"报告 (n.d.). Corpus of govcrawl, report {'0' * 20}."
    assert "author" not in made.csl
    assert "issued" not in made.csl


def test_bibtex_has_the_fields_of_an_online_source() -> None:
    lines = cite(REPORT).bibtex.splitlines()
    assert lines[0] == "@online{govcrawl-0123456789abcdef0123,"
    assert "  author = {{云山市教育局}}," in lines
    assert "  date = {2021-01-29}," in lines
    assert "  urldate = {2021-03-01}," in lines
    assert lines[-1] == "}"


def test_csl_has_dates_as_parts() -> None:
    made = cite(FIGURE).csl
    assert made["issued"] == {"date-parts": [[2021, 1, 29]]}
    assert made["accessed"] == {"date-parts": [[2021, 3, 1]]}
    assert made["id"] == "0123456789abcdef0123/applications/granted/total"


@given(st.text(max_size=40), st.text(max_size=20))
def test_bibtex_is_one_entry_whatever_a_report_prints(title: str, agency: str) -> None:
    made = cite(replace(FIGURE, title=title, agency=agency, label=title, printed=agency)).bibtex
    depth, bare = 0, made.replace("\\{", "").replace("\\}", "")
    for char in bare:
        depth += {"{": 1, "}": -1}.get(char, 0)
        assert depth >= 0
    assert depth == 0
    assert made.count("@online{") - title.count("@online") - agency.count("@online") <= 1
