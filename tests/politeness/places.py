"""Small sets of simulated hosts, each made to show how the crawl treats a host."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from email.utils import formatdate
from time import time

from govcrawl.simulator.answers import Answer, Asked, Host, Page
from govcrawl.simulator.hostile import CHALLENGE_412
from govcrawl.simulator.report import ReportSpec, build_report
from govcrawl.simulator.tls import Tls

ROBOTS = "text/plain"
BLOCK = Answer(412, CHALLENGE_412.encode())


def page(title: str, body: str) -> Answer:
    """A page of the simplest kind."""
    head = f'<meta charset="utf-8"><title>{title}</title>'
    return Answer(body=f"<html><head>{head}</head><body>{body}</body></html>".encode())


def row(href: str, name: str) -> str:
    """A list row."""
    title = f"{name}2022年政府信息公开工作年度报告"
    return f'<li><a href="{href}" title="{title}">{title}</a><span>2023-01-20</span></li>'


def report(name: str, seed: int) -> Page:
    """A report that reads well."""
    spec = ReportSpec(form="form2021", year=2022, agency=name, seed=seed)
    return Page(lambda: build_report(spec).data)


class Portal(Host):
    """A home page, a column and its reports; `instead` answers in their place where it returns anything."""

    def __init__(
        self,
        name: str,
        reports: int = 3,
        *,
        more: str = "",
        robots: str | Answer | None = None,
        instead: Callable[[Asked], Answer | None] = lambda asked: None,
        delay: float = 0.01,
        tls: Tls = Tls.NONE,
        https_only: bool = False,
    ) -> None:
        rules = Answer(body=robots.encode(), content_type=ROBOTS) if isinstance(robots, str) else robots
        super().__init__(name, robots=rules, tls=tls, https_only=https_only)
        self.instead = instead
        self.delay = delay
        self.asked: list[str] = []
        rows = "".join(row(f"/info/{n}.htm", f"{name[4:-5]}县第{n}局") for n in range(1, reports + 1))
        self.add("/", page(f"{name}门户", '<a href="/nb/">政府信息公开年报</a>'))
        self.add("/nb/", page("年报", f"<ul>{rows}{more}</ul>"))
        for number in range(1, reports + 1):
            self.add(f"/info/{number}.htm", report(f"{name[4:-5]}县第{number}局", number))

    def answer(self, asked: Asked) -> Answer:
        self.asked.append(asked.path)
        found = self.instead(asked) or super().answer(asked)
        return (
            found
            if found.delay or found.dropped
            else Answer(found.status, found.body, found.content_type, found.headers, self.delay, found.sent)
        )


def once(path: str, answer: Callable[[], Answer]) -> Callable[[Asked], Answer | None]:
    """Answers for a path the first time."""
    left = [answer]
    return lambda asked: left.pop()() if asked.path == path and left else None


def until_failed(addresses: int, answer: Answer) -> Callable[[Asked], Answer | None]:
    """Answers for every report until so many different ones were asked for."""
    failed: set[str] = set()

    def fail(asked: Asked) -> Answer | None:
        if not asked.path.startswith("/info/") or len(failed) == addresses:
            return None
        failed.add(asked.path)
        return answer

    return fail


def in_a_second() -> Answer:
    """Asks for a second of rest, by number."""
    return Answer(503, b"busy", headers={"Retry-After": "1"})


def in_two_seconds() -> Answer:
    """Asks for rest, by a date that is more than a second away."""
    return Answer(429, b"", headers={"Retry-After": formatdate(time() + 2, usegmt=True)})


def always(answer: Answer, *, but: tuple[str, ...] = ()) -> Callable[[Asked], Answer | None]:
    """Answers for every path but some."""
    return lambda asked: None if asked.path in but else answer


def shared() -> list[Host]:
    """Two portals a province, all of whose reports lie on one host."""
    hosts: list[Host] = []
    common = Portal("www.common.test", 0)
    for spider in ("beijing", "gansu", "yunnan"):
        for number in (1, 2):
            name = f"{spider}{number}"
            paths = [f"/{name}/{n}.htm" for n in range(1, 6)]
            rows = "".join(row(f"http://www.common.test{path}", f"{name}县第{n}局") for n, path in enumerate(paths))
            hosts.append(Portal(f"www.{name}.test", 1, more=rows))
            for n, path in enumerate(paths):
                common.add(path, report(f"{name}县第{n}局", n + 50))
    return [*hosts, common]


def nation() -> list[Host]:
    """Portals that ask for pauses, for rest, and to be left alone, beside some that ask for nothing."""
    forbidden = row("/secret/1.htm", "秘密县档案局")
    common = "User-agent: *\nCrawl-delay: 0.2\nDisallow: /secret/\n"
    blocking = Portal("www.blocking.test", 6)
    blocking.instead = lambda asked: BLOCK if asked.path.startswith("/info/") and len(blocking.asked) > 5 else None
    linked = row("http://www.blocking.test/info/5.htm", "连接县第五局")
    shared_rows = "".join(row(f"http://www.slow.test/info/{n}.htm", f"共享县第{n}局") for n in (4, 5))
    slow = Portal("www.slow.test", 5, more=forbidden, robots=common)
    return [
        slow,
        Portal("www.sharing.test", 2, more=shared_rows + linked),
        Portal("www.rate.test", 3, robots="User-agent: govcrawl\nRequest-rate: 5/1\n\nUser-agent: *\nDisallow: /\n"),
        Portal("www.busy.test", 3, instead=once("/nb/", in_a_second)),
        Portal("www.dated.test", 3, instead=once("/nb/", in_two_seconds)),
        blocking,
        *(Portal(f"www.plain{n}.test", 4) for n in range(1, 5)),
    ]


def patient() -> list[Host]:
    """A host that asks for three minutes."""
    return [Portal("www.patient.test", instead=once("/nb/", lambda: Answer(503, b"", headers={"Retry-After": "180"})))]


def robots() -> list[Host]:
    """One portal for each way in which a robots.txt is served."""
    deny = "User-agent: *\nDisallow: /\n"
    html = page("首页", "User-agent: *\nDisallow: /")

    def moved(times: int) -> Callable[[Asked], Answer | None]:
        def answer(asked: Asked) -> Answer | None:
            step = int(asked.path.partition("robots")[2].partition(".")[0] or 0)
            if not asked.path.startswith("/robots") or step == times:
                return Answer(body=deny.encode(), content_type=ROBOTS) if asked.path.startswith("/robots") else None
            return Answer(302, headers={"Location": f"/robots{step + 1}.txt"})

        return answer

    long = "#" * (500 * 1024) + "\n" + deny
    return [
        Portal("www.forbidden.test", robots=Answer(403, b"no")),
        Portal("www.missing.test"),
        Portal("www.toomany.test", robots=Answer(429, b"")),
        Portal("www.failing.test", robots=Answer(503, b"")),
        Portal("www.silent.test", robots=Answer(dropped=True)),
        Portal("www.html.test", robots=html),
        Portal("www.octets.test", robots=Answer(body=deny.encode(), content_type="application/octet-stream")),
        Portal("www.bom.test", robots=Answer(body=b"\xef\xbb\xbf" + deny.encode(), content_type=ROBOTS)),
        Portal("www.five.test", instead=moved(5)),
        Portal("www.six.test", instead=moved(6)),
        Portal("www.long.test", robots=long),
        Portal("www.case.test", robots="USER-AGENT: GovCrawl\nDISALLOW: /info/*2.htm$\n\nUser-agent: *\nDisallow: /\n"),
        Portal("www.crawldelay.test", robots="User-agent: *\nCrawl-delay: 300\n"),
    ]


def failing() -> list[Host]:
    """A host that goes silent for a while, one that stays so, one with a single page that never answers."""
    down = Answer(500, b"error")
    short = Portal("www.short.test", 8, instead=until_failed(3, down))
    long = Portal("www.long.test", 8)
    long.instead = lambda asked: Answer(dropped=True) if len(long.asked) > 5 else None
    one = Portal("www.one.test", 5, instead=lambda asked: down if asked.path == "/info/2.htm" else None)
    return [short, long, one]


def schemes() -> list[Host]:
    """Hosts that are reached in one way only."""
    return [
        Portal("www.httpsonly.test", tls=Tls.MODERN, https_only=True),
        Portal("www.httponly.test"),
        Portal("www.legacy.test", tls=Tls.LEGACY, https_only=True),
        Portal("www.broken.test", tls=Tls.BROKEN),
        Portal("www.hopeless.test", tls=Tls.BROKEN, https_only=True),
        Portal("www.wrong.test", tls=Tls.WRONG_NAME),
        Portal(
            "www.sent.test",
            tls=Tls.BROKEN,
            instead=lambda asked: (
                Answer(302, headers={"Location": f"https://www.sent.test{asked.path}"})
                if asked.path != "/robots.txt"
                else None
            ),
        ),
    ]


def blocks() -> list[Host]:
    """A host that blocks, and one that lies elsewhere and links to it."""
    blocked = Portal("www.blocked.test", instead=always(BLOCK, but=("/robots.txt",)))
    links = row("http://www.blocked.test/info/1.htm", "邻县第一局") + row(
        "http://www.blocked.test/info/2.htm", "邻县第二局"
    )
    return [blocked, Portal("www.linking.test", 2, more=links)]


def mended() -> list[Host]:
    """The same hosts, none of which blocks."""
    links = row("http://www.blocked.test/info/1.htm", "邻县第一局") + row(
        "http://www.blocked.test/info/2.htm", "邻县第二局"
    )
    return [Portal("www.blocked.test"), Portal("www.linking.test", 2, more=links)]


def gates() -> list[Host]:
    """Every kind of gate and refusal."""
    stub = Answer(405, b"<script>var a=1;</script>")
    riversec = Answer(202, CHALLENGE_412.encode())
    cookie = {"Set-Cookie": "CT6T=1"}
    slider = page("安全验证", "<div>请完成验证：拖动滑块</div>")
    return [
        Portal("www.stub.test", instead=always(stub, but=("/robots.txt",))),
        Portal("www.riversec.test", instead=always(riversec, but=("/robots.txt",))),
        Portal("www.p468.test", instead=always(Answer(468, b"x"), but=("/robots.txt",))),
        Portal("www.slider.test", instead=always(Answer(403, slider.body), but=("/robots.txt",))),
        Portal(
            "www.cookie.test", instead=always(Answer(302, headers={"Location": "/", **cookie}), but=("/robots.txt",))
        ),
        Portal("www.circle.test", instead=always(Answer(302, headers={"Location": "/"}), but=("/robots.txt",))),
    ]


def packed() -> list[Host]:
    """Bodies that are packed, unasked for and badly."""
    body = build_report(ReportSpec(form="form2021", year=2022, agency="打包县第1局", seed=1)).data
    whole = gzip.compress(body)
    head = {"Content-Encoding": "gzip"}

    def unless_plain(broken: Answer) -> Callable[[Asked], Answer | None]:
        return lambda asked: (
            broken if asked.path == "/info/1.htm" and asked.headers.get("accept-encoding") != "identity" else None
        )

    return [
        Portal(
            "www.unasked.test",
            1,
            instead=lambda asked: Answer(body=whole, headers=head) if asked.path == "/info/1.htm" else None,
        ),
        Portal("www.unsaid.test", 1, instead=lambda a: Answer(body=whole) if a.path == "/info/1.htm" else None),
        Portal("www.half.test", 1, instead=unless_plain(Answer(body=whole[: len(whole) // 2], headers=head))),
        Portal("www.rubbish.test", 1, instead=unless_plain(Answer(body=b"no gzip at all", headers=head))),
        Portal("www.length.test", 1, instead=unless_plain(Answer(body=body, sent=len(body) // 2))),
        Portal(
            "www.never.test",
            1,
            instead=lambda a: Answer(body=whole[: len(whole) // 2], headers=head) if a.path == "/info/1.htm" else None,
        ),
    ]
