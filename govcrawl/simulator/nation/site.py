"""What a portal of the nation is like: its platform, how its report column is divided, its ways of writing."""

from __future__ import annotations

from dataclasses import dataclass, field

from govcrawl.simulator.answers import Answer, Host
from govcrawl.simulator.nation.lists import ROW_STYLES, TRS_PAGERS
from govcrawl.simulator.nation.noise import REPORT_COLUMNS
from govcrawl.simulator.nation.places import Seat
from govcrawl.simulator.page import Frame

STRUCTURES = ("flat", "by_agency", "by_year")
"""How a report column is divided."""
DISCLOSURE = "/zwgk/zfxxgk/"


@dataclass(slots=True)
class Site:
    """What one portal is like, and the host that is being filled with it."""

    seat: Seat
    index: int
    host: Host
    platform: str
    structure: str
    pager: str
    column_name: str
    validators: bool
    rows: str = "plain"
    charset: str = "utf-8"
    not_reports: list[str] = field(default_factory=list)
    problems: list[tuple[str, str]] = field(default_factory=list)
    column: str = f"{DISCLOSURE}zfxxgknb/"

    @property
    def frame(self) -> Frame:
        name = self.seat.division.name
        nav = (
            ("首页", "/"),
            ("新闻动态", "/xwdt/"),
            ("政府信息公开", DISCLOSURE),
            ("政务服务", "/zwfw/"),
            ("互动交流", "/hdjl/"),
        )
        links = (("霁原大数据中心", "http://www.bigdata-park.test/"), ("岚海旅游网", "http://www.travel-lanhai.test/"))
        return Frame(f"{name}人民政府", self.seat.host, f"{self.seat.division.code}0001", nav, links, self.charset)

    def encode(self, text: str) -> bytes:
        """A page's bytes; a site that says gb2312 writes gb18030."""
        return text.encode("gb18030" if self.charset == "gb2312" else self.charset)

    def url(self, path: str) -> str:
        return f"http://{self.seat.host}{path}"


def site_of(seat: Seat, index: int) -> Site:
    """The look of a portal follows from its place in the nation, so that every kind occurs."""
    platform = ("trs", "static")[index % 3 == 2]
    rows = ROW_STYLES[index % len(ROW_STYLES)]
    return Site(
        seat=seat,
        index=index,
        host=Host(
            seat.host, robots=Answer(200, b"User-agent: *\nDisallow: /search\n", "text/plain") if index % 2 else None
        ),
        platform=platform,
        structure=STRUCTURES[index % len(STRUCTURES) if index % 4 else 0],
        pager=TRS_PAGERS[index % len(TRS_PAGERS)],
        column_name=REPORT_COLUMNS[index % len(REPORT_COLUMNS)],
        validators=index % 6 != 5,
        rows="plain" if rows == "script" and platform != "trs" else rows,
        charset="gb2312" if index % 9 == 8 else "utf-8",
    )
