"""Automatic numbers are printed, so they are read."""

from __future__ import annotations

import pytest

from govcrawl.documents.docx.numbering import printed
from tests.documents.docx.made import p, part, read_body


def level(depth: int, form: str, text: str) -> str:
    how = f'<w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/>'
    return f'<w:lvl w:ilvl="{depth}">{how}</w:lvl>'


LEVELS = level(0, "chineseCounting", "%1、") + level(1, "japaneseCounting", "（%2）") + level(2, "decimal", "%3.")
NUMBERING = part(
    "numbering",
    f'<w:abstractNum w:abstractNumId="0">{LEVELS}</w:abstractNum>'
    f'<w:abstractNum w:abstractNumId="1">{level(0, "bullet", "·")}</w:abstractNum>'
    f'<w:abstractNum w:abstractNumId="2">{level(0, "decimal", "第%1条")}{level(1, "decimal", "%1.%2")}</w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="0"/>'
    '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    '<w:num w:numId="4"><w:abstractNumId w:val="2"/></w:num>',
)


def item(text: str, depth: int = 0, number: int = 1) -> str:
    return p(text, f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>')


def texts(body: str, styles: str = "") -> list[str]:
    return list(read_body(body, {"numbering.xml": NUMBERING, "styles.xml": part("styles", styles)}).texts())


def test_headings_get_their_numbers() -> None:
    body = (
        item("总体情况") + item("主动公开", 1) + item("依申请公开", 1) + item("其他") + item("收费", 1) + item("无", 2)
    )
    assert texts(body) == ["一、总体情况", "（一）主动公开", "（二）依申请公开", "二、其他", "（一）收费", "1. 无"]


def test_bullets_and_number_zero_are_no_numbers() -> None:
    assert texts(item("点", number=2) + item("无", number=0) + item("缺", number=9)) == ["点", "无", "缺"]


def test_a_list_that_starts_anew() -> None:
    assert texts(item("甲") + item("乙") + item("丙", number=3) + item("丁", number=3)) == [
        "一、甲", "二、乙", "一、丙", "二、丁"
    ]  # fmt: skip


def test_numbers_of_the_levels_above_are_printed_too() -> None:
    assert texts(item("总则", number=4) + item("目的", 1, 4) + item("依据", 1, 4)) == [
        "第1条总则",
        "1.1 目的",
        "1.2 依据",
    ]


def test_a_style_may_number() -> None:
    numbered = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
    styles = (
        f'<w:style w:type="paragraph" w:styleId="a"><w:name w:val="a"/>{numbered}</w:style>'
        '<w:style w:type="paragraph" w:styleId="b"><w:name w:val="b"/><w:basedOn w:val="a"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="c"><w:name w:val="c"/><w:basedOn w:val="c"/></w:style>'
    )
    body = "".join(p("甲", f'<w:pStyle w:val="{style}"/>') for style in "abc")
    assert texts(body, styles) == ["一、甲", "二、甲", "甲"]


@pytest.mark.parametrize(
    ("number", "form", "text"),
    [
        (1, "chineseCounting", "一"),
        (10, "japaneseCounting", "十"),
        (21, "chineseCountingThousand", "二十一"),
        (11, "chineseLegalSimplified", "壹拾壹"),
        (3, "ideographTraditional", "丙"),
        (12, "ideographDigital", "一二"),
        (3, "decimalEnclosedCircle", "③"),
        (4, "lowerRoman", "iv"),
        (28, "upperLetter", "BB"),
        (7, "decimalZero", "07"),
        (120, "chineseCounting", "120"),
        (5, "unheardOf", "5"),
    ],
)
def test_numbers_are_printed_in_their_form(number: int, form: str, text: str) -> None:
    assert printed(number, form) == text
