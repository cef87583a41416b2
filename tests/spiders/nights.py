"""Sets of simulated hosts as they are on several nights, each made to show what a later night has to put right."""

from __future__ import annotations

from nations import page, portal, report, row

from govcrawl.simulator.answers import Answer, Host

_LINK = '<a href="{}">政府信息公开年报</a>'


def _listing(host: Host, folder: str, *numbers: int) -> Host:
    """A column of a host and its reports."""
    rows = "".join(row(f"/info/1/{n}.htm", f"云砚县第{n}局2022年政府信息公开年报") for n in numbers)
    host.add(folder, page("年报", f"<ul>{rows}</ul>"))
    for number in numbers:
        host.add(f"/info/1/{number}.htm", report(f"云砚县第{number}局", seed=number))
    return host


def up() -> list[Host]:
    """A portal as it should be."""
    return [_listing(portal("www.down.test", ""), "/nb/", 1, 2), portal("www.other.test", "")]


def down() -> list[Host]:
    """The same on a bad night: nothing of it answers."""
    host = Host("www.down.test")
    for path in ("/", "/nb/", "/info/1/1.htm", "/info/1/2.htm", "/robots.txt"):
        host.add(path, Answer(dropped=True))
    return [host, portal("www.other.test", "")]


def here() -> list[Host]:
    """A column at one address."""
    return [_listing(portal("www.back.test", ""), "/nb/", 1, 2)]


def there() -> list[Host]:
    """The same column at another."""
    host = Host("www.back.test")
    host.add("/", page("门户", _LINK.format("/gk/nb/")))
    return [_listing(host, "/gk/nb/", 1, 2)]


def shared() -> list[Host]:
    """A report that two portals list, each under a title of its own."""
    one = _listing(portal("www.one.test", ""), "/nb/", 1, 2)
    two = portal("www.two.test", f"<ul>{row('http://www.one.test/info/1/1.htm', '第1局2022年度年报')}</ul>")
    return [one, two]


def left_to_one() -> list[Host]:
    """The same, when only the second portal lists the report."""
    one = _listing(portal("www.one.test", ""), "/nb/", 2)
    one.add("/info/1/1.htm", report("云砚县第1局", seed=1))
    two = portal("www.two.test", f"<ul>{row('http://www.one.test/info/1/1.htm', '第1局2022年度年报')}</ul>")
    return [one, two]


def kept() -> list[Host]:
    """Three reports."""
    return [_listing(portal("www.error.test", ""), "/nb/", 1, 2, 3)]


def lost() -> list[Host]:
    """Two of them gone: readers are sent to the page that tells of an error, or to the home page."""
    host = _listing(portal("www.error.test", ""), "/nb/", 1, 2, 3)
    host.add("/info/1/1.htm", Answer(302, headers={"Location": "/404.html"}))
    host.add("/info/1/2.htm", Answer(302, headers={"Location": "/404.html"}))
    host.add("/404.html", Answer(404, b"<html><title>404</title>Not Found</html>"))
    return [host]


def open_column() -> list[Host]:
    """A column, and a home page that shows the latest reports too."""
    return [_listing(_newsy(), "/nb/", 1, 2, 3)]


def sent_home() -> list[Host]:
    """The column sends its readers to the home page."""
    host = _listing(_newsy(), "/old/", 1, 2, 3)
    host.add("/nb/", Answer(302, headers={"Location": "/"}))
    return [host]


def _newsy() -> Host:
    latest = "".join(row(f"/info/1/{n}.htm", f"云砚县第{n}局2022年政府信息公开年报") for n in (1, 2))
    return portal("www.newsy.test", "", home=f"<ul>{latest}</ul>")


def one_missing() -> list[Host]:
    """A list of three reports, of which one is not there."""
    host = _listing(portal("www.error.test", ""), "/nb/", 1, 2, 3)
    host.add("/info/1/1.htm", Answer(404, b"<html><title>404</title>Not Found</html>"))
    return [host]
