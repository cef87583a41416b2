"""What lies around the reports of a portal: home page, news, services, disclosure page, the sidebar's other columns."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from govcrawl.simulator.answers import Answer
from govcrawl.simulator.nation.noise import guide, news_title, paragraphs
from govcrawl.simulator.nation.shelf import Shelf, serve
from govcrawl.simulator.nation.site import DISCLOSURE, Channel, Site, sidebar
from govcrawl.simulator.page import MENUS, article
from govcrawl.simulator.platforms.base import Row

SOFT_404 = (
    "<html><head><meta charset='utf-8'><title>提示信息</title></head>"
    "<body><p>您访问的页面不存在或已删除！</p></body></html>"
).encode()
_SERVICES = ("社会保障", "户籍办理", "出入境", "婚姻登记", "不动产", "公积金")
_ENTERPRISES = ("砚溪酿造", "昀山木业", "峤石建材", "渚口航运")


def put_around(site: Site, entry: str, seed: int) -> None:
    """Put everything but the reports on the portal's own host.

    Args:
        entry: where links to the report column lead.
    """
    random = Random(f"{seed}/{site.seat.portal_id}/around")
    channel = site.channel()
    side = sidebar({"zfxxgknb": entry}, site.knobs.column_name)
    home = _home(channel, random)
    channel.host.missing = {
        "plain": channel.host.missing,
        "soft": Answer(200, SOFT_404),
        "home": Answer(200, home),
    }[site.knobs.missing]
    _news(channel, random)
    _services(channel, random)
    _disclosure(channel, side)
    _sidebar_columns(channel, side, random)


def _home(channel: Channel, random: Random) -> bytes:
    site = channel.site
    news = [(news_title(site.seat.division.name, random), f"/xwdt/{n}.html") for n in range(1, 9)]
    items = "".join(
        f'<li><a href="{href}">{title}</a> <span>01-{n + 10}</span></li>' for n, (title, href) in enumerate(news)
    )
    more = "".join(f'<li><a href="/zwfw/{n}.html">{name}</a></li>' for n, name in enumerate(_SERVICES))
    main = f'<div class="news"><h2>要闻动态</h2><ul>{items}</ul></div>'
    main += f'<div class="service"><h2>办事服务</h2><ul>{more}</ul></div>'
    main += f'<div class="gk"><h2><a href="{DISCLOSURE}">政府信息公开</a></h2>'
    main += f'<a href="{DISCLOSURE}fdzdgknr/">法定主动公开内容</a></div>'
    if not site.knobs.home_shell:
        return channel.put_home("/", main)
    channel.put_shell("/", "/home/index.html")
    return channel.put_home("/home/", main)


def _news(channel: Channel, random: Random) -> None:
    place = channel.site.seat.division.name
    rows = []
    for number in range(1, 25):
        title = news_title(place, random)
        body = article(title, paragraphs(title, random), {"PubDate": "2023-02-01"})
        channel.put(f"/xwdt/{number}.html", title, body, {"ArticleTitle": title})
        rows.append(Row(f"/xwdt/{number}.html", title, date(2023, 2, 1) - timedelta(days=number)))
    items = "".join(f'<li><a href="{row.href}">{row.title}</a><span>{row.day}</span></li>' for row in rows)
    channel.put("/xwdt/", "新闻动态", f'<ul class="news-list">{items}</ul>')


def _services(channel: Channel, random: Random) -> None:
    for number, (name, entries) in enumerate(MENUS):
        for place, entry in enumerate(entries):
            channel.put(f"/fw/{number}/{place}.html", entry, f"<p>{name}：{entry}</p>")
    channel.put("/zcjd/1.html", "政策问答", paragraphs("政策问答", random))
    for number, entry in enumerate(_SERVICES):
        channel.put(f"/zwfw/{number}.html", entry, f"<p>{entry}办事指南</p>")
    channel.put("/zwfw/", "政务服务", "<p>政务服务事项目录</p>")
    channel.put("/hdjl/", "互动交流", "<p>领导信箱</p>")
    firms = []
    for number, firm in enumerate(_ENTERPRISES):
        title = f"{firm}有限公司2021年度报告"
        channel.put(f"/qynbgs/{number}.html", title, paragraphs(title, random), {"ArticleTitle": title})
        firms.append(f'<li><a href="/qynbgs/{number}.html">{title}</a></li>')
    channel.put("/qynbgs/", "企业年报公示", f"<ul>{''.join(firms)}</ul>")


def _disclosure(channel: Channel, side: str) -> None:
    main = side + guide(channel.site.seat.division.name)
    if channel.site.knobs.disclosure_shell:
        channel.put_shell(DISCLOSURE, f"{DISCLOSURE}zfxxgkzn/index.html", "replace")
    else:
        channel.put(DISCLOSURE, "政府信息公开", main)
    channel.put(f"{DISCLOSURE}zfxxgkzn/", "政府信息公开指南", main)


def _sidebar_columns(channel: Channel, side: str, random: Random) -> None:
    site, place = channel.site, channel.site.seat.division.name
    for name, folder in (("政府信息公开制度", "zfxxgkzd"), ("法定主动公开内容", "fdzdgknr")):
        shelf = Shelf(channel, f"{DISCLOSURE}{folder}/", name, side)
        for number in range(6):
            title = f"{place}{name}之{number + 1}"
            shelf.article(f"{folder}/{number}", title, paragraphs(title, random), date(2021, 6, 1 + number))
        if shelf.path != shelf.folder:
            channel.put_shell(shelf.folder, shelf.path)
        serve(shelf, site.knobs)
    channel.put(f"{DISCLOSURE}ysqgk/", "依申请公开", f"{side}<form action='/search'>申请表</form>")
