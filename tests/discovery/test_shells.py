"""Shells that send their visitor on, and frames that hold what a page lists."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govcrawl.discovery import frames, interstitial
from govcrawl.platforms import Page
from govcrawl.platforms.base import ListRequest

URL = "http://www.yunyan.test/zwgk/"
ON = f"{URL}zfxxgk/"


def page(body: str, url: str = URL) -> Page:
    return Page(url, body.encode())


@pytest.mark.parametrize(
    "shell",
    [
        '<meta http-equiv="refresh" content="0; url=./zfxxgk/">',
        "<meta http-equiv=Refresh content='0;URL=zfxxgk/'>",
        '<meta content="3; url=\'./zfxxgk/\'" http-equiv="REFRESH"><p>三秒后跳转</p>',
        '<meta http-equiv="refresh" content="0;url=zfxxgk/">' + "<style>a{color:#000}</style>" * 200,
        "<script>window.location.replace('./zfxxgk/')</script>",
        '<script>location.href = "zfxxgk/";</script>',
        "<script>top.location='./zfxxgk/'</script>",
        '<script>self.location="zfxxgk/"</script>',
        "<script>window.parent.location.assign('zfxxgk/')</script>",
        "<script>setTimeout(\"window.location.href='zfxxgk/'\", 100)</script>",
        "<script><!--\nlocation='zfxxgk/'\n//--></script>",
        "<script>var jump_url = 'zfxxgk/'; window.location.href = jump_url;</script>",
        "<script>/* location='/old/' */ // location='/older/'\nlocation='zfxxgk/'</script>",
        "<script>if(/Android/.test(navigator.userAgent)){location='/m/'}else{location='zfxxgk/'}</script>",
        "<body onload=\"location.href='zfxxgk/'\"></body>",
        '<html><body><iframe src="zfxxgk/" width="100%"></iframe></body></html>',
        '<frameset rows="80,*"><frame name="top" src="top.html"><frame name="main" src="zfxxgk/"></frameset>',
    ],
)
def test_a_shell_sends_us_on(shell: str) -> None:
    assert interstitial(page(shell)) == ON


def test_a_jump_page_goes_where_it_was_asked_to() -> None:
    jump = "<script>location.href = query('url');</script>"
    assert interstitial(page(jump, "http://www.yunyan.test/jump.shtml?url=/zwgk/zfxxgk/")) == ON
    assert interstitial(page(jump, "http://www.yunyan.test/list.shtml?url=/zwgk/zfxxgk/")) is None
    elsewhere = "<script src='/js/jump.js'></script>"
    assert interstitial(page(elsewhere, "http://www.yunyan.test/jump.shtml?url=/zwgk/zfxxgk/")) == ON


@pytest.mark.parametrize(
    "body",
    [
        "<script>function go(){location.href='/'}</script><p>" + "政府信息公开" * 60 + "</p>",
        "<script>location.href='/'</script>" + "<!-- -->" * 500,
        '<meta http-equiv="refresh" content="600; url=/zwgk/new/">',
        '<meta http-equiv="refresh" content="0; url=/zwgk/index.html">',
        '<meta http-equiv="refresh" content="0; url=http://[bad">',
        "<!-- <script>location.href='/old/'</script> -->",
        "<script>if(/Android/.test(navigator.userAgent)){location.href='/m/'}</script>",
        "<script>if(location.href=='/x/'){}</script>",
        "<script>var mylocation='/x/';</script>",
        "<script>location.href='javascript:void(0)'</script>",
        '<iframe src="http://www.elsewhere.test/"></iframe>',
        '<iframe src="/tongji.html" style="display: none"></iframe>',
    ],
)
def test_what_has_something_to_read_or_leads_nowhere_is_no_shell(body: str) -> None:
    assert interstitial(page(body)) is None


def test_an_answer_to_a_lists_request_is_no_shell() -> None:
    request = ListRequest(URL, form=(("page", "2"),))
    assert interstitial(Page(URL, b"<script>location.href='/a/'</script>", request=request)) is None
    assert interstitial(page('{"html": "<script>location.href=\'/a/\'</script>"}')) is None


def test_the_frames_that_may_hold_a_list_come_with_the_likeliest_first() -> None:
    menu = "<p>政府信息公开</p>" * 400
    body = (
        f"{menu}<iframe src='/tianqi/'></iframe><iframe src='tree.html' name='left'></iframe>"
        "<iframe src='subjectinfo.jsp?area=1' id='mainFrame'></iframe><iframe src='http://map.test/'></iframe>"
        "<iframe src='count.html' width='0'></iframe>"
    )
    assert interstitial(page(body)) is None
    assert [link.url for link in frames(page(body))] == [f"{URL}subjectinfo.jsp?area=1", f"{URL}tree.html"]


@given(st.text(max_size=200))
def test_no_page_breaks_it(text: str) -> None:
    for body in (text, f"<script>{text}location.href='{text}'</script>", f"<iframe src='{text}'></iframe>"):
        target = interstitial(page(body))
        assert target is None or target.startswith("http")
