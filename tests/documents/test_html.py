from __future__ import annotations

import pytest

from govcrawl.documents import read_document
from govcrawl.model import Text

from .pages import page, shape_of, table

REPORT = (
    "<p>一、总体情况</p><p>" + "本机关主动公开政府信息若干条。" * 8 + "</p><p>二、主动公开政府信息情况</p>"
    + table("第二十条第（一）项|", "信息内容|现行有效件数", "规章|0", "行政规范性文件|3")
    + "<p>六、其他需要报告的事项</p><p>无。</p>"
)  # fmt: skip
BODY = shape_of(read_document(page(REPORT)))
NAVIGATION = "<ul>" + "".join(f'<li><a href="/{n}/">栏目{n}政府信息公开</a></li>' for n in range(20)) + "</ul>"
FOOTER = '<div class="footer">版权所有 某县人民政府 ICP 备</div>'


@pytest.mark.parametrize(
    "opening",
    [
        '<div class="TRS_Editor">', '<div class="view TRS_UEDITOR trs_paper_default">', '<div id="zoom">',
        '<div id="Zoom">',
        "<UCAPCONTENT>", '<div id="UCAP-CONTENT">', '<div id="vsb_content_4">', '<div class="v_news_content">',
        '<div class="pages_content">', '<div class="article_con">',
        '<div class="text wide">', '<div class="artile_zw">',
    ],
)  # fmt: skip
def test_the_body_is_the_platforms_container(opening: str) -> None:
    document = read_document(
        page(f"{NAVIGATION}{opening}{REPORT}</div></ucapcontent></div>{FOOTER if 'div' in opening else ''}")
    )
    assert document.body_source == "container"
    assert shape_of(document)[: len(BODY)] == BODY


def test_a_container_cell_is_found() -> None:
    body = f'{NAVIGATION}<table><tr><td>位置</td></tr><tr><td class="bt_content">{REPORT}</td></tr></table>'
    assert shape_of(read_document(page(body))) == BODY


def test_the_inner_of_nested_containers_wins_when_it_holds_the_report() -> None:
    inner = f'<div id="zoom"><div class="TRS_Editor">{REPORT}</div></div>'
    body = f'<div class="article"><div class="tools">打开</div>{inner}</div>'
    assert shape_of(read_document(page(body))) == BODY


def test_a_container_without_the_reports_tables_is_passed_over() -> None:
    many = "".join(table("第二十条第（一）项|", "规章|0", "行政许可|3") for _ in range(5))
    report = f'<div class="main"><p>一、总体情况</p>{many}<p>六、其他需要报告的事项</p></div>'
    body = f'<div class="content_article">{"导读。" * 30}</div>{report}'
    document = read_document(page(body))
    assert document.body_source == "tables"
    assert shape_of(document).count("#") == 5


def test_without_a_container_the_body_is_around_the_reports_own_words() -> None:
    document = read_document(
        page(f"{NAVIGATION}<div class=left>{NAVIGATION}</div><div class=m><div>{REPORT}</div></div>{FOOTER}")
    )
    assert document.body_source == "tables"
    assert shape_of(document) == BODY


def test_a_flat_page_loses_its_frame_by_name() -> None:
    body = f'<div class="nav">{NAVIGATION}</div><div class="crumb">首页 &gt; 年报</div>{REPORT}{FOOTER}'
    assert shape_of(read_document(page(body))) == BODY


def test_a_bare_page_is_read_whole() -> None:
    document = read_document(page("<h2>某县年报</h2><p>概述如下。</p>"))
    assert document.body_source == "whole"
    assert document.blocks == (Text("某县年报", 2), Text("概述如下。"))


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_prose_on_an_unknown_page_is_left_to_trafilatura() -> None:
    prose = "".join(f"<p>{'全县各级机关认真贯彻落实信息公开条例，扎实推进各项工作。' * 4}</p>" for _ in range(6))
    document = read_document(page(f"{NAVIGATION * 3}<div class=q1><div class=q2>{prose}</div></div>"))
    assert document.body_source == "trafilatura"
    assert not any("栏目" in text for text in document.texts())
    assert sum("扎实推进" in text for text in document.texts()) == 6


NOISE = [
    "发布时间：2021-01-29 10:20 来源：某县人民政府办公室 浏览次数：<span id=c>31</span> 次 【打印】【关闭】",
    "点击收听年报语音朗读",
    "【字体：大 中 小】",
    "字号：[大] [中] [小]",
    "上一篇：关于某事的公告 下一篇：关于另一事的公告",
    "上一篇",
    "分享到： 微信 微博",
    "责任编辑：张三",
    "您当前的位置：首页 > 政府信息公开 > 年报",
    "今天：2024年2月22日 星期四",
    "打印本页 | 关闭窗口",
    "阅读：128 次",
]


@pytest.mark.parametrize("line", NOISE)
@pytest.mark.parametrize("end", ["first", "last"])
def test_lines_of_the_frame_inside_the_container_are_dropped(line: str, end: str) -> None:
    line = f"<div>{line}</div>"
    inside = line + REPORT if end == "first" else REPORT + line
    assert shape_of(read_document(page(f'<div class="TRS_Editor">{inside}</div>'))) == BODY


@pytest.mark.parametrize(
    "line",
    ["某县人民政府办公室", "2021年1月28日", "来源于实践。", "打印费用由财政承担", "无", "（一）浏览次数大幅增长"],
)
def test_lines_of_the_report_are_kept(line: str) -> None:
    assert shape_of(read_document(page(f'<div class="TRS_Editor">{REPORT}<p>{line}</p></div>'))) == [*BODY, line]


METAS = (
    '<meta name="SiteName" content="某县人民政府"><meta name="ColumnName"content="政府信息公开年报">'
    '<meta name="ArticleTitle" content="某县2020年政府信息公开工作年度报告">'
    '<meta name="PubDate" content="2021-01-29 10:20">'
    '<meta name="contentSource" content="某县 政府办">'
)


def test_metadata_stands_under_the_names_of_the_standard() -> None:
    document = read_document(page(REPORT, METAS))
    assert document.title == "某县2020年政府信息公开工作年度报告"
    assert document.metadata == {
        "SiteName": "某县人民政府",
        "ColumnName": "政府信息公开年报",
        "ArticleTitle": "某县2020年政府信息公开工作年度报告",
        "PubDate": "2021-01-29 10:20",
        "ContentSource": "某县 政府办",
    }


@pytest.mark.parametrize("where", ["inside", "outside"])
def test_date_and_source_come_from_the_page_where_metadata_is_silent(where: str) -> None:
    line = "<div>发布日期：2021年1月29日 信息来源：某县政府办</div>"
    body = (
        f'<div class="TRS_Editor">{line}{REPORT}</div>'
        if where == "inside"
        else f'{line}<div class="TRS_Editor">{REPORT}</div>'
    )
    document = read_document(page(body))
    assert document.metadata == {"PubDate": "2021年1月29日", "ContentSource": "某县政府办"}
    assert shape_of(document) == BODY


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        ("<title>甲乡2020年年报_某县人民政府</title>", "", "甲乡2020年年报"),
        ("<title>某县人民政府门户网站 - 甲乡2020年年报</title>", "", "甲乡2020年年报"),
        ("<title>甲乡2020年年报-某县人民政府网站</title>", "", "甲乡2020年年报"),
        ("<title>甲乡2020年年报</title>", "", "甲乡2020年年报"),
        ("<title>某县人民政府</title>", "<h1>某县人民政府</h1><h1> 甲乡\n2020年年报 </h1>", "甲乡 2020年年报"),
        ("<title>年报</title>", "<ucaptitle>甲乡2020年年报</ucaptitle>", "甲乡2020年年报"),
        ("", "", ""),
    ],
)
def test_the_title_is_the_articles_not_the_sites(head: str, body: str, title: str) -> None:
    assert read_document(page(body + REPORT, head)).title == title


def test_pictures_of_the_body_are_counted_icons_and_the_frame_are_not() -> None:
    pictures = '<img src=a.png><p><img src=b.jpg></p><img src=pdf.gif width="16">'
    body = f'<img src=logo.png><div class="TRS_Editor">{REPORT}{pictures}</div>'
    assert read_document(page(body)).pictures == 2


def test_residue_of_word_processors_and_templates_is_taken_out() -> None:
    document = read_document(page(REPORT + "<p>{{ title }}</p><p>[bookmark: _GoBack]七、附则</p>"))
    assert shape_of(document)[-1] == "七、附则"


def test_a_flattened_table_in_a_page_is_read_as_one() -> None:
    lines = [
        "二、主动公开政府信息情况",
        "信息内容 本年新制作数量 本年新公开数量 对外公开总数量",
        "规章 0 0 0",
        "规范性文件 5 5 27",
    ]
    document = read_document(page("".join(f"<p>{line}</p>" for line in lines)))
    assert shape_of(document) == ["二、主动公开政府信息情况", "#"]
    assert not next(document.grids()).aligned


def test_preformatted_text_keeps_its_rows() -> None:
    document = read_document(page("<p>前</p><pre>信息内容\t数量\t总数\n规章\t0\t1\n文件\t2\t3</pre><p>后</p>"))
    assert shape_of(document) == ["前", "#", "后"]


def test_a_table_run_together_is_told_not_split() -> None:
    document = read_document(page("<p>信息内容本年制发件数规章000行政规范性文件000</p>"))
    assert document.notes == ("run_on_table",)
    assert list(document.grids()) == []


@pytest.mark.parametrize("broken", ["&#1;", "&#x1f;", "\x01", "&#xfffe;", "\uffff", "\x0c", "&#0;", "&#xd800;"])
def test_control_characters_behind_a_dropped_part_do_not_stop_the_reading(broken: str) -> None:
    hidden = f'<span style="display:none">藏</span>有{broken}关'
    body = f'<div class="nav">首页</div>版权{broken}所有<p>{hidden}</p><p>注<sup>1{broken}</sup></p>'
    printed = "".join(shape_of(read_document(page(body))))
    assert "版权" in printed
    assert "首页" not in printed
    assert "藏" not in printed
