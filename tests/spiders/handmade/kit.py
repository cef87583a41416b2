# ruff: noqa: E501 - markup is kept on the lines it would stand on
"""What the hand-made portals share: a host with a place's name, pages, articles that are reports, and what is expected."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from inspect import getmembers, isfunction
from types import ModuleType
from typing import Any
from urllib.parse import unquote, urlsplit

from govcrawl.simulator.answers import Answer, Asked, Handler, Host, Page
from govcrawl.simulator.report import ReportSpec, build_report
from govcrawl.simulator.tls import Tls

UTF8 = "text/html; charset=utf-8"
NOISE = {
    "/nav/fzzf/": (
        "法治政府建设年度报告",
        "{p}司法局2022年度法治政府建设工作年度报告",
        "{p}2022年法治政府建设情况报告",
    ),
    "/nav/wzbb/": (
        "政府网站工作年度报表",
        "{p}人民政府网政府网站工作年度报表（2022年度）",
        "政府网站工作年度报表（2021年度）",
    ),
    "/nav/yjs/": ("预决算公开", "{p}教育局2022年度部门决算公开", "{p}民政局2023年部门预算公开说明"),
    "/nav/tjgb/": ("统计公报", "{p}2022年国民经济和社会发展统计公报", "{p}统计年鉴2022"),
    "/nav/zfgzbg/": ("政府工作报告", "2023年{p}人民政府工作报告", "2022年{p}人民政府工作报告"),
    "/nav/qynb/": ("企业年报公示", "关于做好2022年度企业年度报告公示工作的通知", "市场主体年报提醒：6月30日截止"),
    "/nav/tzgg/": ("通知公告", "{p}2023年公开招聘教师公告", "关于报送2022年度政府信息公开工作年度报告的通知"),
    "/nav/yw/": ("要闻动态", "县委召开常委会会议", "{p}召开2022年度政务公开工作推进会"),
    "/nav/jdjb/": ("事业单位法人年度报告公示", "{p}第一小学2022年事业单位法人年度报告书", "{p}图书馆2022年度报告书"),
    "/nav/ylbg/": ("民政年度报告", "慈善会2022年度工作报告", "{p}殡葬服务2022年度信息"),
}
"""What stands beside the reports on a real portal, and lists other annual things."""
SIDEBAR = ("政府信息公开指南", "政府信息公开制度", "法定主动公开内容", "政府信息公开年报", "依申请公开")


@dataclass(frozen=True, slots=True)
class Made:
    """A portal and what must be found on it."""

    home: str
    hosts: tuple[Host, ...]
    reports: frozenset[str]
    """Keys of addresses, see `key`."""
    problems: frozenset[tuple[str, str]]
    """Kind, and the key of the address."""


def key(url: str) -> str:
    """An address as twins share it: without scheme, www, escapes, and the name of a folder's page."""
    parts = urlsplit(unquote(url))
    path = parts.path.removesuffix("index.html")
    return parts.netloc.lower().removeprefix("www.") + path + (f"?{parts.query}" if parts.query else "")


class Site:
    """One host of a portal."""

    def __init__(self, name: str, place: str, *, tls: Tls = Tls.NONE) -> None:
        self.name = f"www.{name}.test" if "." not in name else f"{name}.test"
        self.place = place
        self.hosts = [Host(self.name, tls=tls)]
        self.reports: list[str] = []
        self.problems: set[tuple[str, str]] = set()

    @property
    def host(self) -> Host:
        return self.hosts[0]

    def raw(self, path: str, body: bytes | str, content_type: str | None = UTF8) -> None:
        """A page of exactly these bytes."""
        data = body.encode() if isinstance(body, str) else body
        self.host.add(path, Answer(body=data, content_type=content_type))

    def page(self, path: str, body: str, title: str = "", *, head: str = "") -> None:
        """A page with a head and a footer."""
        self.raw(path, self.framed(body, title or f"{self.place}人民政府", head=head))

    def framed(self, body: str, title: str, *, head: str = "", charset: str = "utf-8") -> str:
        """The markup of a page."""
        return f"""<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN">
<html><head><meta http-equiv="Content-Type" content="text/html; charset={charset}"/><title>{title}</title>{head}
<script>var _hmt = _hmt || [];</script></head><body>
<div class="top"><a href="/">网站首页</a> <a href="javascript:void(0)" onclick="SetHome(this)">设为首页</a>
<a href="/wap/">手机版</a> <a href="/nav/yw/">要闻动态</a> <a href="mailto:bgs@{self.name}">联系我们</a></div>
{body}
<div class="footer"><a href="/sitemap.html">网站地图</a> <a href="http://www.gov.cn/" target="_blank">中国政府网</a>
<p>主办：{self.place}人民政府办公室 网站标识码：6200000001</p></div></body></html>"""

    def serve(self, path: str, handler: Handler) -> None:
        """Let a function answer."""
        self.host.serve(path, handler)

    def report(
        self,
        path: str,
        agency: str,
        year: int = 2022,
        *,
        box: str = "TRS_Editor",
        head: str = "",
        title: str = "",
        page_title: str = "",
        encoding: str = "utf-8",
        declared: str = "",
        header: str | None = UTF8,
        listed: bool = True,
    ) -> str:
        """An article that is a report, expected to be found where `listed`; returns its title."""
        agency = agency if agency.startswith(self.place) else self.place + agency
        title = title or f"{agency}{year}年政府信息公开工作年度报告"
        form = "form2021" if year > 2020 else "form2019"
        spec = ReportSpec(form=form, year=year, agency=agency, seed=f"{self.name}{path}")

        def render() -> bytes:
            return self.article(spec, title, page_title or title, box, head, declared or encoding).encode(
                encoding, "replace"
            )

        self.host.add(path, Page(render, content_type=header or "text/html"))
        if listed:
            self.reports.append(key(f"http://{self.name}{path}"))
        return title

    def file(self, path: str, shape: str, agency: str, year: int = 2022, *, listed: bool = True) -> str:
        """A file that is a report, expected to be found where `listed`; returns its title."""
        agency = agency if agency.startswith(self.place) else self.place + agency
        spec = ReportSpec(
            form="form2021" if year > 2020 else "form2019",
            year=year,
            agency=agency,
            seed=f"{self.name}{path}",
            shape=shape,
        )
        built = build_report(spec)
        self.raw(path, built.data, "application/octet-stream")
        if listed:
            self.reports.append(key(f"http://{self.name}{path}"))
        return built.title

    def article(self, spec: ReportSpec, title: str, page_title: str, box: str, head: str, charset: str) -> str:
        """The markup of a report's page."""
        built = build_report(spec)
        body = f"""<div class="position">当前位置：<a href="/">首页</a> &gt; 政府信息公开年报</div>
<h1>{title}</h1><div class="info">发布时间：{spec.year + 1}-01-20 来源：{spec.agency} 浏览次数：<span id="hits"></span></div>
<div class="{box}" id="zoom">{built.body}</div><div class="share">分享到：<a href="#">微信</a></div>"""
        return self.framed(body, page_title, head=head, charset=charset)

    def home(self, links: str = "", *, noise: bool = True, title: str = "") -> None:
        """A home page: a menu, news, other annual things, and the given links among them."""
        menu = "".join(f'<li><a href="{at}">{words[0]}</a></li>' for at, words in NOISE.items()) if noise else ""
        news = "".join(
            f'<li><a href="/nav/yw/{n}.html">{self.place}第{n}次常务会议召开</a>01-{n}</li>' for n in range(10, 30)
        )
        self.page(
            "/", f'<ul class="nav"><li><a href="/">首页</a></li>{menu}</ul>{links}<ul class="news">{news}</ul>', title
        )
        if noise:
            self.noise()

    def noise(self) -> None:
        """The lists of other annual things, and their articles."""
        for at, (name, *titles) in NOISE.items():
            rows = [title.format(p=self.place) for title in titles]
            items = "".join(
                f'<li><a href="{at}{n}.html">{row}</a><span>2023-02-0{n}</span></li>' for n, row in enumerate(rows, 1)
            )
            self.page(at, f"<h2>{name}</h2><ul>{items}</ul>", name)
            for number, row in enumerate(rows, 1):
                self.page(
                    f"{at}{number}.html", f"<h1>{row}</h1><p>{'根据有关规定，现将有关情况公布如下。' * 20}</p>", row
                )

    def tree(
        self, column: str, *, name: str = "政府信息公开年报", landing: str = "/zwgk/zfxxgk/", home: str = ""
    ) -> None:
        """Home page and disclosure page, whose sidebar leads to the column."""
        self.home(f'<div class="gk"><a href="{landing}">政府信息公开</a></div>{home}')
        links = {
            "政府信息公开指南": "/zwgk/zn.html",
            "政府信息公开制度": "/zwgk/zd/",
            "法定主动公开内容": "/zwgk/fd/",
            "依申请公开": "/zwgk/ysq.html",
        }
        side = "".join(
            f'<li><a href="{column if text == SIDEBAR[3] else links[text]}">{name if text == SIDEBAR[3] else text}</a></li>'
            for text in SIDEBAR
        )
        self.page(
            landing,
            f'<div class="side"><ul>{side}</ul></div><div class="main"><p>请选择左侧栏目</p></div>',
            "政府信息公开",
        )
        for text, at in links.items():
            self.page(at, f"<h1>{text}</h1><p>{'为方便公民、法人和其他组织获取政府信息，编制本指南。' * 12}</p>", text)

    def problem(self, kind: str, at: str) -> None:
        """A problem that the crawl must tell."""
        self.problems.add((kind, key(at if "//" in at else f"http://{self.name}{at}")))

    def done(self, *others: Site, home: str = "") -> Made:
        """The portal, with its other hosts."""
        sites = (self, *others)
        return Made(
            home or f"http://{self.name}/",
            tuple(host for site in sites for host in site.hosts),
            frozenset(address for site in sites for address in site.reports),
            frozenset(problem for site in sites for problem in site.problems),
        )


def answer(body: str | bytes, content_type: str | None = UTF8, status: int = 200) -> Answer:
    """An answer of a dynamic page."""
    return Answer(status, body.encode() if isinstance(body, str) else body, content_type)


def as_json(value: Any, content_type: str = "application/json") -> Answer:
    """A JSON answer."""
    return answer(json.dumps(value, ensure_ascii=False), content_type)


def number(asked: Asked, name: str, default: int = 1) -> int:
    """A number of the query or the form."""
    text = asked.parameter(name)
    return int(text) if text.isdecimal() else default


def made(room: ModuleType) -> Iterator[tuple[str, Made]]:
    """The portals of a module: its public functions without parameters, by name, with hyphens."""
    for name, function in getmembers(room, isfunction):
        if function.__module__ == room.__name__ and not name.startswith("_"):
            yield name.replace("_", "-"), function()
