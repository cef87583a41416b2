"""A block is told from a failure and from a page."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govcrawl.discovery import recognise_block

PAGE = "<html><body>" + "政府信息公开" * 2000 + "验证码 cookie</body></html>"


def stub(script: str) -> str:
    return f"<html><head><meta charset='utf-8'></head><body><script>{script}</script></body></html>"


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (412, ""),
        (468, "x"),
        (521, "<script>document.cookie='__jsl_clearance_s=1'</script>"),
        (403, "<h1>您的请求已被网站防火墙拦截</h1>"),
        (403, "reason:GeoBL"),
        (400, "<p>不合法的参数</p>"),
        (405, stub("var a=1").ljust(1166)),
        (202, stub("$_ts = {};")),
        (202, stub("$_ts=window['$_ts'];") + "<!-- " + "x" * 9000 + " -->"),
        (200, stub("document.cookie='C3VK=1;max-age=300';location.href='/zwgk/'")),
        (200, stub("document.cookie='k=1';location.reload()")),
        (200, stub("document.cookie='k=1';window.location=window.location.href")),
        (200, "<title>安全验证</title><p>请拖动滑块</p>"),
        (200, "<title>访问受限</title><p>请稍后再试</p>"),
        (200, "<title>提示</title><p>您的请求已被拦截，编号 7731</p>"),
        (503, "<title>WAF</title>"),
    ],
)
def test_blocks(status: int, body: str) -> None:
    assert recognise_block(status, body.encode())


LOGIN = "<form>用户名<input name=u>验证码<input name=c></form>"
ARTICLE = "<meta name='ArticleTitle' content='关于网站防火墙采购的公告'><p>现采购网站防火墙一台。</p>"


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (200, PAGE),
        (200, ""),
        (403, "<h1>403 Forbidden</h1><hr>nginx"),
        (404, "<h1>404</h1>"),
        (500, "网站防火墙"),
        (405, "<h1>405 Method Not Allowed</h1>"),
        (405, stub("var a=1").ljust(9000)),
        (200, "<p>本页设有验证码</p>"),
        (200, f"<title>云砚县人民政府</title>{LOGIN}"),
        (200, f"<title>安全验证</title>{'<a href=1>要闻</a>' * 9}{LOGIN}"),
        (200, ARTICLE),
        (200, f"<title>公告</title><p>{'现采购网站防火墙一台。' * 80}</p>"),
        (200, stub("document.cookie='lang=zh';location.href='/zh/index.html'")),
        (200, f"<script>document.cookie='k=1'; function f(){{location.reload()}}</script><p>{'云砚县要闻' * 20}</p>"),
        (200, f"<script>$_ts={{}}</script><p>{'云砚县要闻' * 20}</p>"),
        (304, ""),
    ],
)
def test_failures_and_pages_are_no_blocks(status: int, body: str) -> None:
    assert recognise_block(status, body.encode()) is None


def test_the_refusal_is_read_in_the_old_charset_too() -> None:
    assert recognise_block(403, "访问已被拦截".encode("gb18030"))
    assert recognise_block(200, "<title>安全验证</title>".encode("gb18030"))


@given(st.sampled_from([200, 202, 400, 403, 404, 405, 503]), st.binary(max_size=400))
def test_no_answer_breaks_it(status: int, body: bytes) -> None:
    assert recognise_block(status, body) is None or status != 404
