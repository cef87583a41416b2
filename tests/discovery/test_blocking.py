"""A block is told from a failure and from a page."""

from __future__ import annotations

import pytest

from govcrawl.discovery import recognise_block

PAGE = "<html><body>" + "政府信息公开" * 2000 + "验证码 cookie</body></html>"


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (412, ""),
        (468, "x"),
        (521, "<script>document.cookie='__jsl_clearance_s=1'</script>"),
        (403, "<h1>您的请求已被网站防火墙拦截</h1>"),
        (403, "reason:GeoBL"),
        (405, "<script>var a=1</script>"),
        (202, "<script>$_ts = {};</script>"),
        (200, "<script>document.cookie='C3VK=1';location.reload()</script>"),
    ],
)
def test_blocks(status: int, body: str) -> None:
    assert recognise_block(status, body.encode())


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (200, PAGE),
        (200, ""),
        (403, "<h1>403 Forbidden</h1><hr>nginx"),
        (404, "<h1>404</h1>"),
        (500, "网站防火墙"),
        (200, "<p>本页设有验证码</p>"),
    ],
)
def test_failures_and_pages_are_no_blocks(status: int, body: str) -> None:
    assert recognise_block(status, body.encode()) is None


def test_the_refusal_is_read_in_the_old_charset_too() -> None:
    assert recognise_block(403, "访问已被拦截".encode("gb18030"))
