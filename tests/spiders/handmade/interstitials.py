# ruff: noqa: E501 - markup is kept on the lines it would stand on
"""Pages before the pages: refreshes, scripts, jump pages, frames; twins of hosts and schemes."""

from __future__ import annotations

from govcrawl.simulator.answers import Answer, Host
from govcrawl.simulator.tls import Tls

from .kit import Made, Site

AGENCIES = ("公安局", "教育局", "民政局", "财政局")


def _column(site: Site, at: str, *, year: int = 2022) -> None:
    items = "".join(
        f'<li><a href="{at}202301/t2023012{n}_{n}.html">{site.report(f"{at}202301/t2023012{n}_{n}.html", agency, year)}</a></li>'
        for n, agency in enumerate(AGENCIES)
    )
    site.page(at, f"<ul>{items}</ul>", "政府信息公开年报")


def home_by_meta_refresh_and_column_by_replace() -> Made:
    """The home page is a refresh in quotes of its own; the column a location.replace inside a function."""
    site = Site("tiaozhuan", "跳砖县")
    site.raw(
        "/", """<html><head><META HTTP-EQUIV="Refresh" CONTENT="0;URL='/tzx/index.html'"></head><body></body></html>"""
    )
    site.page("/tzx/index.html", '<a href="/nb/">政府信息公开年报</a>')
    site.raw(
        "/nb/",
        '<!DOCTYPE html><html><head><script>(function(){ window.location.replace( "./list/" ) })();</script></head></html>',
    )
    _column(site, "/nb/list/")
    return site.done()


def top_location_and_self_location() -> Made:
    """top.location = and self.location.href =, one after the other."""
    site = Site("dingtiao", "顶跳县")
    site.tree("/nb/")
    site.raw("/nb/", "<script language='javascript'>top.location='/nb/a.html';</script>")
    site.raw("/nb/a.html", '<html><script>self.location.href = "/nb2022/";</script></html>')
    _column(site, "/nb2022/")
    return site.done()


def jump_page_with_the_address_in_its_query() -> Made:
    """jump.shtml?url=…, escaped."""
    site = Site("tiaoban", "跳板县")
    site.tree("/jump.shtml?url=%2Fgk%2Fnb%2F")
    site.raw(
        "/jump.shtml", "<html><body><script>var u=getQueryString('url');if(u){go(u);}</script>正在跳转…</body></html>"
    )
    _column(site, "/gk/nb/")
    return site.done()


def list_in_a_frame() -> Made:
    """The column's page is a menu and an iframe; another frame is the weather."""
    site = Site("kuangjia", "框架县")
    site.tree("/nb/")
    site.page(
        "/nb/",
        '<iframe src="http://tianqi.example.test/w.html"></iframe><div><iframe id="rightFrame" frameborder="0" src="/frame/nb_list.html" width="100%"></iframe></div>',
        "政府信息公开年报",
    )
    items = "".join(
        f'<li><a target="_parent" href="/nb/{n}.html">{site.report(f"/nb/{n}.html", agency)}</a></li>'
        for n, agency in enumerate(AGENCIES)
    )
    site.raw("/frame/nb_list.html", f"<html><body><ul>{items}</ul></body></html>")
    return site.done()


def frameset_home() -> Made:
    """A home page of 2003: a frameset."""
    site = Site("lao", "老岭县")
    site.raw(
        "/",
        '<html><head><title>老岭县</title></head><frameset rows="80,*"><frame name="top" src="/top.htm"><frame name="main" src="/main.htm"></frameset></html>',
    )
    site.page("/top.htm", "<b>老岭县</b>")
    site.page("/main.htm", '<a href="gk/nb/">信息公开年报</a>')
    _column(site, "/gk/nb/")
    return site.done()


def twins_of_scheme_and_www() -> Made:
    """Home by http without www, rows by https and with www: the same pages, asked for once."""
    site = Site("shuangsheng", "双生县", tls=Tls.MODERN)
    bare = Host("shuangsheng.test", tls=Tls.MODERN)
    bare.pages = site.host.pages
    site.hosts.append(bare)
    site.home(
        '<a href="https://www.shuangsheng.test/nb/">政府信息公开年报</a><a href="http://shuangsheng.test/nb/">公开年报</a>'
    )
    items = ""
    for n, agency in enumerate(AGENCIES):
        title = site.report(f"/nb/202301/t2023012{n}_{n}.html", agency)
        for prefix in ("http://shuangsheng.test", "https://www.shuangsheng.test", "//www.shuangsheng.test"):
            items += f'<li><a href="{prefix}/nb/202301/t2023012{n}_{n}.html">{title}</a></li>'
    site.page("/nb/", f"<ul>{items}</ul>", "政府信息公开年报")
    return site.done(home="http://shuangsheng.test/")


def column_behind_redirects() -> Made:
    """301 to a folder, whose page is a refresh with no space and no quotes."""
    site = Site("zhongding", "重定县")
    site.tree("/zfxxgknb")
    site.host.add("/zfxxgknb", Answer(301, headers={"Location": "/zfxxgknb/"}))
    site.raw("/zfxxgknb/", "<meta http-equiv=refresh content=0;url=/zfxxgknb/nb2022/>")
    _column(site, "/zfxxgknb/nb2022/")
    return site.done()


def column_on_a_mirror_and_one_that_is_gone() -> Made:
    """One column is 404, one on a host that is nobody's, one works."""
    site = Site("canque", "残缺县")
    site.home(
        '<a href="/gone/">政府信息公开年报</a><a href="http://www.clone.example.test/nb/">部门政府信息公开年报</a><a href="/xz/nb/">乡镇政府信息公开年报</a>'
    )
    _column(site, "/xz/nb/")
    site.problem("not_found", "/gone/")
    site.problem("foreign_host", "http://www.clone.example.test/nb/")
    return site.done()
