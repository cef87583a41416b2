"""The same portals with their pages disturbed: rows in another order, further menus, deeper nesting, links doubled."""

from __future__ import annotations

import re
from dataclasses import replace
from random import Random

from govcrawl.simulator.answers import Answer, Asked, Host

from . import PORTALS

_ROWS = re.compile(r"(?:<li>(?:(?!</?[uo]l|</?li)[\s\S])*</li>\s*){2,}")
_ROW = re.compile(r"<li>[\s\S]*?</li>\s*")
_BODY = re.compile(r"(<body[^>]*>)([\s\S]*)(</body>)")
MENUS = (
    '<ul class="m"><li><a href="/nav/yw/">要闻动态</a></li><li><a href="/nav/yjs/">财政预决算</a></li></ul>',
    '<div id="nav"><a href="/">首页</a>|<a href="/bsfw/">办事服务</a>|<a href="/hdjl/">互动交流</a></div>',
    '<form action="/search.jsp"><input name="q"/><button>搜索</button></form>',
    '<select><option value="">--友情链接--</option><option value="http://www.gov.cn/">中国政府网</option></select>',
    '<table><tr><td><a href="/nav/tjgb/">2022年统计公报</a></td><td><a href="/rss.xml">RSS</a></td></tr></table>',
    '<div class="hot"><h3>热点专题</h3><a href="/zt/dj/">党建</a><a class="more" href="/zt/">更多</a></div>',
    '<div class="calendar"><a href="?d=1">1</a><a href="?d=2">2</a><a href="?d=3">3</a></div>',
    '<p>您是第<b>10086</b>位访客 <a href="#">返回顶部</a> <a href="javascript:window.print()">打印</a></p>',
    '<div><a href="/nav/wzbb/">网站年报</a><a href="/nav/jdjb/">事业单位年度报告公示</a></div>',
)
"""What stands around the content of real pages; none of it leads to a report."""
_WRAPPERS = (
    ("<div><div class='w1200'>", "</div></div>"),
    ("<table width='100%'><tr><td valign=top>", "</td></tr></table>"),
    ("<section><article>", "</article></section>"),
    ("<form id='aspnetForm'><span>", "</span></form>"),
    ("<center><font size=2>", "</font></center>"),
)


class Disturbed(Host):
    """A host whose framed pages are disturbed, each always in the same way."""

    def __init__(self, host: Host, seed: int) -> None:
        super().__init__(host.name, robots=host.robots, tls=host.tls)
        self.pages, self.handlers, self.missing = host.pages, host.handlers, host.missing
        self.seed = seed

    def answer(self, asked: Asked) -> Answer:
        found = super().answer(asked)
        if found.status != 200 or b'class="footer"' not in found.body or b"charset=utf-8" not in found.body:
            return found
        random = Random(f"{self.seed} {self.name} {asked.path} {asked.query}")
        return replace(found, body=disturb(found.body.decode(), random).encode(), headers={})


def disturb(markup: str, random: Random) -> str:
    """A page with the same content in other surroundings."""
    markup = _ROWS.sub(lambda found: _shuffled(found[0], random), markup)
    before, after = ("".join(random.sample(MENUS, random.randint(0, 4))) for _ in range(2))
    for left, right in random.sample(_WRAPPERS, random.randint(0, 3)):
        before, after = before + left, right + after
    return _BODY.sub(lambda found: f"{found[1]}{before}{found[2]}{after}{found[3]}", markup, count=1)


def _shuffled(rows: str, random: Random) -> str:
    found = _ROW.findall(rows)
    random.shuffle(found)
    return "".join(found)


def nation(seed: int) -> list[Host]:
    """Every host of every portal, disturbed."""
    return [Disturbed(host, seed) for portal in PORTALS.values() for host in portal.hosts]


def once() -> list[Host]:
    """The disturbance that the suite tries."""
    return nation(1)
