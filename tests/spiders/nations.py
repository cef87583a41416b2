"""Small sets of simulated hosts, each made to show one thing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from importlib import import_module
from pkgutil import iter_modules

from govcrawl.simulator import platforms
from govcrawl.simulator.answers import Answer, Asked, Host, Page
from govcrawl.simulator.hostile import hostile_hosts
from govcrawl.simulator.page import STANDALONE
from govcrawl.simulator.page import page as framed
from govcrawl.simulator.platforms.base import Column, Publisher, Row
from govcrawl.simulator.report import ReportSpec, build_report


def hostile() -> list[Host]:
    """One host for each kind of trouble."""
    return hostile_hosts()


def page(title: str, body: str) -> Answer:
    """A page of the simplest kind."""
    head = f'<meta charset="utf-8"><title>{title}</title>'
    return Answer(body=f"<html><head>{head}</head><body>{body}</body></html>".encode(), content_type="text/html")


def report(agency: str = "云砚县教育局", year: int = 2022, seed: int = 1) -> Page:
    """A report that reads well, with validators."""
    form = "form2021" if year > 2020 else "form2019"
    spec = ReportSpec(form=form, year=year, agency=agency, seed=seed)
    return Page(lambda: build_report(spec).data)


def row(href: str, title: str = "云砚县教育局2022年政府信息公开工作年度报告") -> str:
    """A list row."""
    return f'<li><a href="{href}">{title}</a><span>2023-01-20</span></li>'


def portal(name: str, column: str, *, home: str = "") -> Host:
    """A home page and one column of reports."""
    host = Host(name)
    host.add("/", page(f"{name}门户", f'<a href="/nb/">政府信息公开年报</a>{home}'))
    host.add("/nb/", page("年报", column))
    return host


def numbered() -> list[Host]:
    """A TRS column whose page two is `index_2.html`, against its own script, and one that obeys it."""
    script = '<script>createPageHTML(3, {n}, "index", "html");</script>'
    hosts = []
    for name, second in (("www.shifted.test", 2), ("www.plain.test", 1)):
        host = portal(name, f"<ul>{row('./202301/t20230120_1.html')}</ul>{script.format(n=0)}")
        for number in (2, 3):
            listed = f"<ul>{row(f'./202301/t20230120_{number}.html', f'云砚县第{number}局2022年政府信息公开年报')}</ul>"
            host.add(f"/nb/index_{number - 2 + second}.html", page("年报", listed + script.format(n=number - 1)))
        for number in (1, 2, 3):
            host.add(f"/nb/202301/t20230120_{number}.html", report(f"云砚县第{number}局", seed=number))
        hosts.append(host)
    return hosts


def odd() -> list[Host]:
    """Shells, empty columns, foreign hosts, columns that are reports, lists no module speaks."""
    shell = Host("www.shell.test")
    shell.add("/", Answer(body=b'<meta http-equiv="refresh" content="0; url=/home/">'))
    shell.add("/home/", page("门户", '<a href="/nb/">政府信息公开年报</a>'))
    shell.add("/nb/", Answer(body=b"<script>location.replace('/nb/list.html')</script>"))
    shell.add("/nb/list.html", page("年报", f"<ul>{row('/info/1/1.htm')}</ul>"))
    shell.add("/info/1/1.htm", report())
    none = Host("www.none.test")
    none.add("/", page("门户", "<a href='/news/'>要闻</a>"))
    embedded = portal("www.embedded.test", "")
    embedded.add("/nb/", report("云砚县民政局"))
    sent = portal("www.sent.test", f"<ul>{row('/go.html')}</ul>")
    sent.add("/go.html", Answer(302, headers={"Location": "http://www.mirror.example.test/nb/1.html"}))
    return [
        shell,
        none,
        portal("www.bare.test", "<p>暂无内容</p>"),
        embedded,
        portal("www.foreign.test", f"<ul>{row('http://www.mirror.example.test/nb/1.html')}</ul>"),
        sent,
        Host("www.mirror.example.test"),
    ]


def redirecting() -> list[Host]:
    """A column whose rows send their readers on: to a report, to one without validators, and to a notice."""
    rows = "".join(row(f"/go/{n}", f"云砚县第{n}局2022年政府信息公开年报") for n in range(1, 4))
    host = portal("www.moved.test", f"<ul>{rows}</ul>")
    for number in range(1, 4):
        host.add(f"/go/{number}", Answer(302, headers={"Location": f"/info/1/{number}.htm"}))
    host.add("/info/1/1.htm", report("云砚县第1局", seed=1))
    plain = ReportSpec(form="form2021", year=2022, agency="云砚县第2局", seed=2)
    host.add("/info/1/2.htm", Page(lambda: build_report(plain).data, validators=False))
    host.add("/info/1/3.htm", page("通知", "<p>请各单位按时报送材料，逾期不报的予以通报。</p>" * 9))
    return [host]


def gone() -> list[Host]:
    """A column whose reports are all missing."""
    return [portal("www.gone.test", "".join(row(f"/info/1/{n}.htm", f"云砚县第{n}局2022年年报") for n in (1, 2)))]


class Busy(Host):
    """Asks once to be left alone for a second."""

    asked = False

    def answer(self, asked: Asked) -> Answer:
        if asked.path == "/nb/" and not self.asked:
            self.asked = True
            return Answer(503, b"busy", headers={"Retry-After": "1"})
        return super().answer(asked)


def busy() -> list[Host]:
    """One host that asks for a second of rest, one that asks for a day."""
    short = Busy("www.busy.test")
    short.pages = portal("www.busy.test", f"<ul>{row('/info/1/1.htm')}</ul>").pages
    short.add("/info/1/1.htm", report())
    day = portal("www.day.test", "")
    day.add("/nb/", Answer(503, b"busy", headers={"Retry-After": "86400"}))
    return [short, day]


def blocked_midway() -> list[Host]:
    """A portal that blocks at its third report."""
    rows = "".join(row(f"/info/1/{n}.htm", f"云砚县第{n}局2022年政府信息公开年报") for n in range(1, 9))
    host = portal("www.midway.test", f"<ul>{rows}</ul>")
    for number in range(1, 9):
        host.add(f"/info/1/{number}.htm", Answer(412, b"x") if number == 3 else report(f"云砚县第{number}局"))
    return [host]


def guarded_files() -> list[Host]:
    """A portal whose pages are open and whose files stand behind a captcha."""
    title = "云砚县第{}局2022年政府信息公开年报"
    files = "".join(row(f"/files/{n}.pdf", title.format(n)) for n in (1, 2, 3))
    pages = "".join(row(f"/info/1/{n}.htm", title.format(n)) for n in (4, 5))
    host = portal("www.guarded.test", f"<ul>{files}{pages}</ul>")
    for number in (1, 2, 3):
        host.add(f"/files/{number}.pdf", page("请输入验证码", "<form><input name='code'><img src='/code.jpg'></form>"))
    for number in (4, 5):
        host.add(f"/info/1/{number}.htm", report(f"云砚县第{number}局", seed=number))
    return [host]


def many() -> list[Host]:
    """A column of sixty reports."""
    rows = "".join(row(f"/info/1/{n}.htm", f"云砚县第{n}局2022年政府信息公开年报") for n in range(1, 61))
    host = portal("www.many.test", f"<ul>{rows}</ul>")
    for number in range(1, 61):
        host.add(f"/info/1/{number}.htm", report(f"云砚县第{number}局", seed=number))
    return [host]


def _column(host: Host, path: str, *reports: int, name: str = "政府信息公开年报") -> None:
    listed = "".join(row(f"/info/1/{number}.htm", f"云砚县第{number}局2022年政府信息公开年报") for number in reports)
    host.add(path, page(name, f"<ul>{listed}</ul>"))
    for number in reports:
        host.add(f"/info/1/{number}.htm", report(f"云砚县第{number}局", seed=number))


def settled() -> list[Host]:
    """Three portals whose columns are where they were."""
    hosts = []
    for name in ("www.moves.test", "www.closes.test", "www.empties.test"):
        host = portal(name, "")
        _column(host, "/nb/", 1, 2)
        hosts.append(host)
    return hosts


def unsettled() -> list[Host]:
    """The same later: one column has moved, one is gone, one lists nothing any more."""
    moves = Host("www.moves.test")
    moves.add("/", page("门户", '<a href="/gk/nb/">政府信息公开年报</a>'))
    _column(moves, "/gk/nb/", 1, 2, 3)
    closes = Host("www.closes.test")
    closes.add("/", page("门户", '<a href="/news/">要闻</a>'))
    return [moves, closes, portal("www.empties.test", "<p>内容正在整理</p>")]


def sent_away() -> list[Host]:
    """The first of `settled` later: its column sends to a foreign host, and the home page leads to another."""
    moves = unsettled()[0]
    moves.add("/nb/", Answer(302, headers={"Location": "http://www.mirror.example.test/nb/"}))
    return [moves, Host("www.mirror.example.test")]


def short() -> list[Host]:
    """A list that says it has more rows than it shows."""
    host = portal("www.short.test", "")
    listed = "".join(row(f"/info/1/{number}.htm", f"云砚县第{number}局2022年政府信息公开年报") for number in (1, 2))
    host.add("/nb/", page("年报", f"<ul>{listed}</ul><div>共 9 条</div>"))
    for number in (1, 2):
        host.add(f"/info/1/{number}.htm", report(f"云砚县第{number}局", seed=number))
    return [host]


def publishers() -> list[Host]:
    """Portals of every simulated platform, plain and with each defect: a column of seven reports, three to a page."""
    return [_published(kind, defect) for kind in publisher_kinds() for defect in ("", *kind.known_defects)]


def publisher_kinds() -> list[type[Publisher]]:
    """Every simulated platform."""
    for module in iter_modules(platforms.__path__):
        import_module(f"{platforms.__name__}.{module.name}")
    kinds, waiting = {}, [Publisher]
    while waiting:
        kind = waiting.pop()
        waiting += kind.__subclasses__()
        if kind.__dict__.get("name"):
            kinds[kind.name] = kind
    return [kinds[name] for name in sorted(kinds)]


def portal_of_platform(name: str, defect: str = "") -> str:
    """The id of a platform's portal, and the middle of its host's name."""
    return f"{name}-{defect}".rstrip("-").replace("_", "-")


def _published(kind: type[Publisher], defect: str = "") -> Host:
    host = Host(f"www.{portal_of_platform(kind.name, defect)}.test")

    def wrap(title: str, main: str, metadata: Mapping[str, str]) -> bytes:
        return framed(STANDALONE, title, main, metadata=metadata).encode()

    publisher = kind(host, wrap, per_page=3, defects=frozenset(filter(None, (defect,))))
    column = publisher.column_path("/zwgk/zfxxgk/zfxxgknb/", 1)
    host.add("/", page("门户", f'<a href="{column}">政府信息公开年报</a>'))
    rows = []
    for number in range(1, 8):
        agency, day = f"云砚县第{number}局", date(2023, 1, 30 - number)
        path = publisher.article_path(column, 1000 + number, day)
        built = build_report(ReportSpec(form="form2021", year=2022, agency=agency, seed=number))
        body = wrap(built.title, publisher.article(built.title, built.body, built.metadata), built.metadata)
        host.add(path, Page(lambda body=body: body))  # type: ignore[misc]
        rows.append(Row(publisher.href(column, path), built.title, day))
    publisher.serve(Column(column, "政府信息公开年报", rows, 1))
    return host


def scripted() -> list[Host]:
    """A portal whose list a script writes."""
    return [_published(kind) for kind in publisher_kinds() if kind.name == "gongkai"]


def whole() -> list[Host]:
    """A column of three reports."""
    host = portal("www.sheds.test", "")
    _column(host, "/nb/", 1, 2, 3)
    return [host]


def shed() -> list[Host]:
    """The same later: of two that it lists no more one is still there."""
    host = portal("www.sheds.test", "")
    _column(host, "/nb/", 1, 2)
    _column(host, "/nb/", 1)
    return [host]


def shorter() -> list[Host]:
    """The host of `short` later: one of its reports is gone."""
    host = short()[0]
    host.add(
        "/nb/", page("年报", f"<ul>{row('/info/1/1.htm', '云砚县第1局2022年政府信息公开年报')}</ul><div>共 9 条</div>")
    )
    del host.pages["/info/1/2.htm"]
    return [host]
