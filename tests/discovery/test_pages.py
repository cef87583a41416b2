"""Shells, missing pages under status 200, the home page in another's place, reports by their own labels."""

from __future__ import annotations

import pytest

from govcrawl.discovery import HomeMark, has_form, interstitial, is_home_again, is_missing, unsupported_platform
from govcrawl.platforms import Page

URL = "http://www.yunyan.test/zwgk/"


def page(body: str) -> Page:
    return Page(URL, body.encode())


@pytest.mark.parametrize(
    "shell",
    [
        '<meta http-equiv="refresh" content="0; url=./zfxxgk/">',
        "<meta http-equiv=Refresh content='0;URL=zfxxgk/'>",
        "<script>window.location.replace('./zfxxgk/')</script>",
        '<script>location.href = "zfxxgk/";</script>',
        "<script>top.location='./zfxxgk/'</script>",
        '<html><body><iframe src="zfxxgk/" width="100%"></iframe></body></html>',
    ],
)
def test_a_shell_sends_us_on(shell: str) -> None:
    assert interstitial(page(shell)) == f"{URL}zfxxgk/"


def test_a_page_with_something_to_read_is_no_shell() -> None:
    text = "政府信息公开" * 60
    assert interstitial(page(f"<script>function go(){{location.href='/'}}</script><p>{text}</p>")) is None
    assert interstitial(page(f"<script>location.href='/'</script>{'<!-- -->' * 500}")) is None


@pytest.mark.parametrize("text", ["您访问的页面不存在", "抱歉,您查看的内容不存在或已被删除", "404 Not Found"])
def test_a_missing_page_says_so(text: str) -> None:
    assert is_missing(page(f"<html><title>提示</title><body>{text}</body></html>"))


def test_a_long_page_or_an_article_is_not_missing() -> None:
    assert not is_missing(page("<p>页面不存在</p>" + "<p>公开</p>" * 600))
    assert not is_missing(page('<meta name="ArticleTitle" content="通知"><p>该信息不存在</p>'))


def test_the_home_page_is_known_again() -> None:
    home = page("<title>云砚县人民政府</title>" + "<p>要闻</p>" * 500)
    other = page("<title>云砚县人民政府</title>" + "<p>要闻</p>" * 501)
    column = page('<title>云砚县人民政府</title><meta name="ColumnName" content="年报">' + "<p>要闻</p>" * 500)
    assert is_home_again(other, HomeMark.of(home))
    assert not is_home_again(column, HomeMark.of(home))
    assert not is_home_again(other, None)


@pytest.mark.parametrize("charset", ["utf-8", "gb18030"])
def test_a_form_is_known_by_its_labels_without_parsing(charset: str) -> None:
    assert has_form("<td>一、本年新收政府信息公开申请数量</td>".encode(charset))
    assert not has_form("<td>政府信息公开工作年度报告</td>".encode(charset))


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ("<script>createPageHTML('page_div',9,1)</script>", "ucap"),
        ("<script>window._CONFIG = {}</script>", "gkmlpt"),
        ('<script src="/script/unitbuild.js"></script>', "jpaas"),
        ("<datastore><recordset/></datastore>", "hanweb"),
        ('<script>createPageHTML(9,0,"index","html")</script>', None),
    ],
)
def test_platforms_without_a_module_are_named(body: str, name: str | None) -> None:
    assert unsupported_platform(page(body)) == name


def test_a_shell_that_leads_to_no_address_sends_us_nowhere() -> None:
    assert interstitial(page('<meta http-equiv="refresh" content="0; url=http://[bad">')) is None
