"""Hosts that misbehave, one for each way: blocks, loops, cuts, bombs, traps."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from govcrawl.simulator.answers import Answer, Asked, Host
from govcrawl.simulator.tls import Tls

CHALLENGE_412 = (
    "<html><head><meta charset=\"utf-8\"><script>$_ts=window['$_ts'];if(!$_ts)$_ts={};$_ts.nsd=81723;"
    '$_ts.cd="qEyxqGlaqGLdra";</script><script src="/4QbVtADbnLVIc/c.FxJzG50F.js"></script></head><body></body></html>'
)
CHALLENGE_521 = (
    "<script>document.cookie=('_')+('_')+('j')+('s')+('l')+'_clearance_s=1700000000.000|-1|x;max-age=3600;path=/';"
    "location.href=location.pathname+location.search</script><!-- __jsl_clearance_s -->"
)
FIREWALL = (
    "<html><head><title>访问被拦截</title></head><body><h1>您的请求已被网站防火墙拦截</h1><p>创宇盾</p></body></html>"
)
_FILM = b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + b"\x08" * 4000
_SERVER_ERROR = "<html><head><title>500</title></head><body><h1>Internal Server Error</h1></body></html>"
_CALENDAR = re.compile(r"^/rl/(\d+)-(\d+)\.html$")


def _page(text: str, title: str = "关于政府信息公开") -> bytes:
    return f'<html><head><meta charset="utf-8"><title>{title}</title></head><body>{text}</body></html>'.encode()


def _home(host: str, what: str) -> bytes:
    """A home page that leads to a report column of the host, and to `what` under the name of a report."""
    report = "2021年政府信息公开工作年度报告"
    return _page(
        f'<h1>{host}</h1><ul class="nav"><li><a href="/">首页</a></li>'
        '<li><a href="/zfxxgknb/">政府信息公开年报</a></li></ul>'
        f'<ul class="list"><li><a href="{what}" title="峤原县档案馆{report}">峤原县档案馆{report}</a>'
        f"<span>2022-01-20</span></li></ul>",
        "政府信息公开年报",
    )


def big_table(megabytes: int = 40) -> Iterator[bytes]:
    """Forty megabytes of one table, in pieces."""
    row = b"<tr>" + b"<td>0</td>" * 100 + b"</tr>\n"
    piece = row * 64
    yield b"<html><head><meta charset='utf-8'></head><body><table>"
    for _ in range(megabytes * 1_000_000 // len(piece) + 1):
        yield piece
    yield b"</table></body></html>"


def nested(depth: int = 10_000) -> bytes:
    """Elements in elements."""
    return _page("<div>" * depth + "0" + "</div>" * depth)


def tall_span() -> bytes:
    """A cell that claims a hundred thousand rows and columns."""
    cell = '<td rowspan="100000" colspan="100000">规章</td><td rowspan=100000>0</td>'
    return _page(f"<table><tr>{cell}</tr><tr><td>规范性文件</td><td>0</td></tr></table>")


class Calendar(Host):
    """Every month links to the next and to the one before, for ever; every day is a page."""

    def answer(self, asked: Asked) -> Answer:
        month = _CALENDAR.match(asked.path)
        if not month:
            return super().answer(asked)
        year, number = int(month[1]), int(month[2])
        links = "".join(
            f'<a href="/rl/{y}-{m}.html">{text}</a> '
            for y, m, text in (
                (year - (number == 1), (number - 2) % 12 + 1, "上一月"),
                (year + (number == 12), number % 12 + 1, "下一页"),
                (year + 1, number, f"{year + 1}年政府信息公开年报"),
            )
        )
        return Answer(body=_page(f"<h1>{year}年{number}月</h1><p>{links}</p>", "政府信息公开年报"))


def _everywhere(answer: Answer) -> Callable[[str], Host]:
    def build(name: str) -> Host:
        host = Host(name)
        host.missing = answer
        return host

    return build


def _reached(path: str, answer: Answer) -> Callable[[str], Host]:
    """A host whose pages are sound up to one address."""

    def build(name: str) -> Host:
        host = Host(name)
        home = Answer(body=_home(name, path))
        host.add("/", home)
        host.add("/zfxxgknb/", home)
        host.add(path, answer)
        return host

    return build


def _calendar(name: str) -> Host:
    host = Calendar(name)
    host.add("/", Answer(body=_page('<a href="/rl/2020-1.html">政府信息公开年报</a>', "首页")))
    return host


def _robots(name: str, answer: Answer) -> Host:
    host = Host(name, robots=answer)
    home = Answer(body=_home(name, "/a.html"))
    host.add("/", home)
    host.add("/zfxxgknb/", home)
    return host


_COOKIE = {"Set-Cookie": "__jsluid_h=0123456789abcdef; max-age=31536000; path=/; HttpOnly"}
KINDS: dict[str, Callable[[str], Host]] = {
    "status412": _everywhere(Answer(412, CHALLENGE_412.encode())),
    "status521": _everywhere(Answer(521, CHALLENGE_521.encode(), headers=_COOKIE)),
    "status403": _everywhere(Answer(403, FIREWALL.encode(), "text/html; charset=utf-8")),
    "status500": _everywhere(Answer(500, _SERVER_ERROR.encode())),
    "robots403": lambda name: _robots(name, Answer(403, FIREWALL.encode(), "text/html; charset=utf-8")),
    "robotsdeny": lambda name: _robots(name, Answer(200, b"User-agent: *\nDisallow: /\n", "text/plain")),
    "loop": _everywhere(Answer(302, headers={"Location": "/again/index.html"})),
    "half": _reached("/a.html", Answer(body=_page("半" * 9000), sent=9000)),
    "dropped": _everywhere(Answer(dropped=True)),
    "droppedpage": _reached("/a.html", Answer(dropped=True)),
    "empty": _reached("/a.html", Answer()),
    "film": _reached("/a.html", Answer(body=_FILM)),
    "bigtable": _reached("/a.html", Answer(stream=big_table)),
    "nested": _reached("/a.html", Answer(body=nested())),
    "rowspan": _reached("/a.html", Answer(body=tall_span())),
    "calendar": _calendar,
    "slow": _reached("/a.html", Answer(body=_page("慢"), delay=3.0)),
    "cookiegate": _everywhere(Answer(302, headers={"Location": "/", **_COOKIE})),
    "notls": lambda name: Host(name, tls=Tls.BROKEN, https_only=True),
    "never": _everywhere(Answer(body=_page("慢"), delay=600.0)),
}
"""Kind of trouble → builder of a host that makes it."""

PROBLEMS: Mapping[str, str] = {
    "status412": "blocked",
    "status521": "blocked",
    "status403": "blocked",
    "status500": "http_error",
    "robotsdeny": "robots",
    "loop": "redirect_loop",
    "half": "unreachable",
    "dropped": "unreachable",
    "droppedpage": "unreachable",
    "empty": "empty",
    "film": "wrong_type",
    "bigtable": "too_large",
    "cookiegate": "blocked",
    "notls": "tls",
    "never": "unreachable",
}
"""The kind of problem each trouble must end as, where only one is right."""


def hostile_host(kind: str, name: str | None = None) -> Host:
    """A misbehaving host, by default called `www.hostile-<kind>.test`."""
    return KINDS[kind](name or host_name(kind))


def host_name(kind: str) -> str:
    """Every kind has a domain of its own, so that none allows another."""
    return f"www.hostile-{kind}.test"


def hostile_hosts() -> list[Host]:
    """One of every kind."""
    return [hostile_host(kind) for kind in KINDS]
