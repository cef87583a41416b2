"""Lays a portal out: the report column and what is below it, rows that only look like reports, and all around it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from random import Random

from govcrawl.simulator.answers import Answer
from govcrawl.simulator.nation.around import SOFT_404, put_around
from govcrawl.simulator.nation.knobs import Knobs
from govcrawl.simulator.nation.noise import near_title, paragraphs
from govcrawl.simulator.nation.places import Country
from govcrawl.simulator.nation.publishers import out_of_reach
from govcrawl.simulator.nation.reports import Filed
from govcrawl.simulator.nation.shelf import Shelf, serve
from govcrawl.simulator.nation.site import COLUMN, DISCLOSURE, MIRROR, Site, sidebar
from govcrawl.simulator.nation.structures import TOPIC, Layout
from govcrawl.simulator.platforms.base import Row

_GATE_KINDS = {"robots": "robots"}
_LOST = ("统计局", "审计局", "民政局", "司法局")
_INCOMING = "关于征集政府信息公开工作意见建议的公告"


def lay_out(site: Site, country: Country, own: Sequence[Filed], below: Sequence[Filed], seed: int) -> None:
    """Write the whole portal anew: its own agencies' reports, and again those of the governments below it.

    Reports learn their addresses on the way. Pages are rendered when they are asked for.
    """
    site.clear()
    knobs = site.knobs
    column = Shelf(site.channel(), COLUMN, knobs.column_name)
    site.column_url = column.url
    site.entry_url = site.entry_url or column.url
    entry = _entry(site, column)
    column.side = sidebar({"zfxxgknb": entry}, knobs.column_name)
    layout = Layout(site, column, entry, country.agencies_of(site.seat))
    if below:
        layout.shelf(f"{COLUMN}xqnb/", "县（市、区）年报", below)
    layout.arrange(own)
    _near_rows(column)
    shelves = [column, *layout.shelves]
    for shelf in shelves:
        _settle(shelf, knobs)
    for shelf in layout.hidden:
        _mark(shelf, _shut(knobs), None)
    if layout.hidden:
        site.listed[site.channel().url(TOPIC)] = knobs.column_name
    channel = site.channel()
    channel.host.later(lambda: put_around(site, entry, seed))


def _entry(site: Site, column: Shelf) -> str:
    """Where links to the report column lead."""
    way = site.knobs.entry
    if way == "plain":
        return column.path
    path = f"{DISCLOSURE}{'jump.shtml' if way == 'jump' else 'nb.html'}"
    site.channel().put_shell(path, column.path, {"jump": "replace"}.get(way, way))
    return path


def _settle(shelf: Shelf, knobs: Knobs) -> None:
    """Serve a column, note which of its reports no crawl can come to, and what is at the address it had before."""
    site = shelf.channel.site
    whole, beyond = out_of_reach(shelf.channel.publisher)
    _mark(shelf, _shut(knobs) or whole, beyond)
    if any(filed for _, filed, _ in shelf.rows):
        site.listed[shelf.url] = shelf.name
    incoming = _incoming(shelf) if knobs.inserted and len(shelf.rows) > knobs.per_page else None
    serve(shelf, knobs, incoming)
    _leave_behind(shelf)


def _shut(knobs: Knobs) -> str | None:
    """The kind of problem that a shut portal ends as."""
    return _GATE_KINDS.get(knobs.gate, "blocked") if knobs.gate else None


def _mark(shelf: Shelf, shut: str | None, beyond: str | None) -> None:
    """Note what no crawl comes to, and why: everything, or what stands beyond the first page."""
    site = shelf.channel.site
    for number, (_, filed, url) in enumerate(shelf.sorted_rows()):
        kind = shut or (beyond if number >= site.knobs.per_page else None)
        if filed is not None and kind is not None:
            filed.out_of_reach[url] = kind
        elif kind is not None:
            site.problems[:] = [problem for problem in site.problems if problem[0] != url]


def _incoming(shelf: Shelf) -> Row:
    day = date(2024, 6, 3)
    last = shelf.rows.copy()
    path = shelf.article("incoming", _INCOMING, paragraphs(_INCOMING, Random(0)), day)
    shelf.rows[:] = last
    return Row(shelf.href(path), _INCOMING, day)


def _leave_behind(shelf: Shelf) -> None:
    """What is at the old address of a column that moved."""
    if not shelf.moved_from or shelf.moved_from == shelf.path:
        return
    channel = shelf.channel
    old = next(move.old for url, move in channel.site.moves.items() if url == channel.url(shelf.moved_from))
    if old == "shell":
        channel.put_shell(shelf.moved_from, shelf.path, "replace")
    elif old == "other":
        channel.put(shelf.moved_from, "领导信箱", "<p>欢迎来信，我们将及时办理。</p>")


def _near_rows(shelf: Shelf) -> None:
    """Rows that look like reports: a notice, an interpretation, dead pages, a copy on a foreign host."""
    site, channel = shelf.channel.site, shelf.channel
    place, random = site.seat.division.name, Random(f"{site.seat.portal_id}/near")
    for offset in range(3):
        title = near_title(site.index + 2 * offset, place, 2021)
        path = shelf.article(f"near/{offset}", title, paragraphs(title, random), date(2022, 1, 5 + offset))
        site.not_reports.append(channel.url(path))
    day = date(2012, 2, 1)
    report = f"{place}{_LOST[site.index % len(_LOST)]}2011年政府信息公开工作年度报告"
    path = shelf.name_article("lost", day)
    kind = site.index % 4
    if kind == 3 and not channel.publisher.writes_hosts:
        kind = 2
    if kind == 1:
        channel.host.add(path, Answer(200, SOFT_404))
    if kind in {1, 2}:
        shelf.rows.append((Row(shelf.href(path), report, day), None, channel.url(path)))
        site.problems.append((channel.url(path), "not_found"))
    elif kind == 3:
        url = f"http://{MIRROR}{path}"
        site.problems.append((url, "foreign_host"))
        shelf.rows.append((Row(url, report, day), None, url))
