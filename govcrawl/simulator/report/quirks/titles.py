"""Quirks of titles: what is missing, doubled, displaced, abbreviated."""

from __future__ import annotations

from collections.abc import Callable

from govcrawl.simulator.report.draft import Draft, Paragraph
from govcrawl.simulator.report.quirks.registry import ALL_FORMS, PROSE, add, quirk

_DIGITS = "〇一二三四五六七八九"


def _titles(pattern: str, doc: str) -> Callable[[Draft], None]:
    def apply(draft: Draft) -> None:
        numerals = "".join(_DIGITS[int(digit)] for digit in str(draft.year))
        text = pattern.format(agency=draft.agency, short=draft.short_agency, year=draft.year, numerals=numerals)
        set_title(draft, text)

    apply.__doc__ = doc
    return apply


def set_title(draft: Draft, text: str) -> None:
    """Give the page and the body one title."""
    draft.page_title = draft.metadata["ArticleTitle"] = text
    for paragraph in draft.paragraphs("title"):
        paragraph.text = text


for _name, _pattern, _doc in (
    ("title_without_year", "{agency}政府信息公开工作年度报告", "The title names no year."),
    ("title_without_agency", "{year}年政府信息公开工作年度报告", "The title names no agency."),
    ("title_year_first", "{year}年{agency}政府信息公开工作年度报告", "The year comes first."),
    ("title_year_in_the_middle", "{agency}政府信息公开工作{year}年度报告", "政府信息公开工作2020年度报告."),
    ("title_year_last", "{agency}政府信息公开工作年度报告（{year}年度）", "The year stands in brackets at the end."),
    ("title_year_without_word", "{agency}{year}政府信息公开工作年度报告", "年 is missing after the year."),
    ("title_chinese_numerals", "{agency}{numerals}年政府信息公开工作年度报告", "The year is written 二〇二〇年."),
    ("title_short_words", "{agency}{year}年政府信息公开年报", "年报 instead of 工作年度报告."),
    ("title_yearly_work_report", "{agency}{year}年度政府信息公开年度工作报告", "年度工作报告."),
    ("title_information_only", "{agency}{year}年信息公开年度报告", "信息公开年度报告."),
    ("title_government_affairs", "{agency}{year}年政务信息公开年度报告", "政务信息公开年度报告."),
    ("title_of_the_work", "{agency}{year}年度政府信息公开工作情况报告", "工作情况报告."),
    ("title_column_name", "政府信息公开年报", "The title is the column's name."),
    ("title_text_edition", "{agency}{year}年政府信息公开工作年度报告（文字版）", "（文字版） at the end."),
    ("title_full_text", "{agency}{year}年政府信息公开工作年度报告（全文）", "（全文） at the end."),
    ("title_with_month", "{agency}{year}年政府信息公开工作年度报告（{year}年1月）", "A month in brackets at the end."),
    ("title_short_agency", "{short}{year}年政府信息公开工作年度报告", "The agency is abbreviated without its place."),
    ("title_agency_only", "{agency}", "The title is the agency's name."),
    ("title_spaced_year", "{agency} {year} 年政府信息公开 工作年度报告", "Spaces stand in the title."),
    ("title_illustrated", "【图文】{agency}{year}年政府信息公开工作年度报告", "【图文】 at the front."),
):
    add(_name, _titles(_pattern, _doc), "variants D", stage=PROSE, forms=ALL_FORMS)


@quirk("variants D", stage=PROSE, forms=ALL_FORMS)
def title_repeated(draft: Draft) -> None:
    """The title is printed twice in one line."""
    set_title(draft, draft.page_title * 2)


@quirk("variants D", stage=PROSE, forms=ALL_FORMS)
def title_in_two_lines(draft: Draft) -> None:
    """The body's title is broken over two paragraphs."""
    title = next(draft.paragraphs("title"))
    at = draft.position(title)
    draft.blocks[at : at + 1] = [
        Paragraph(draft.agency, "title"),
        Paragraph(f"{draft.year}年政府信息公开工作年度报告", "title"),
    ]


@quirk("variants D", stage=PROSE, forms=ALL_FORMS)
def page_title_differs(draft: Draft) -> None:
    """The page's title is a bare 年度报告, the body's title is whole."""
    draft.page_title = draft.metadata["ArticleTitle"] = f"{draft.year}年度报告"


@quirk("variants D", stage=PROSE, forms=ALL_FORMS)
def body_title_missing(draft: Draft) -> None:
    """Only the page's title names the report."""
    for paragraph in list(draft.paragraphs("title")):
        draft.drop(paragraph)
