"""How the demo judges by addresses, by the simulator's log, and after a night."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from govcrawl.demo.corpus import Holdings, Stored
from govcrawl.demo.coverage import cover
from govcrawl.demo.night import judge_night
from govcrawl.demo.traffic import Traffic

URL, COLUMN = "http://www.yunyan.test/nb/1.html", "http://www.yunyan.test/nb/"
HELD = Holdings({"a": Stored("a", "云砚县教育局", "960121", 2022, "年报")}, {URL: ["a"]}, [], [], set())
NOTHING = Holdings({}, {}, [], [], set())


def report(**changes: Any) -> dict[str, Any]:
    """A report of the truth."""
    plain = {
        "id": "r",
        "agency": "云砚县教育局",
        "year": 2022,
        "division_code": "960121",
        "urls": [URL],
        "columns": [COLUMN],
        "files": [],
        "portals": ["yunyan"],
        "unreachable": None,
    }
    return plain | changes


def truth(*reports: dict[str, Any], vanished: tuple[dict[str, Any], ...] = ()) -> dict[str, Any]:
    return {"reports": list(reports), "vanished": list(vanished)}


def entry(path: str, begun: float, ended: float, status: int = 200, host: str = "www.yunyan.test") -> dict[str, Any]:
    """A line of the simulator's log."""
    return {"host": host, "path": path, "status": status, "time": begun, "end": ended, "scheme": "http"}


def test_a_report_at_its_address_with_agency_year_and_division_is_right() -> None:
    result = cover(truth(report()), HELD)
    assert result.right
    assert (result.found, result.reachable, result.all_right, result.superfluous) == (1, 1, 1, [])


def test_a_wrong_agency_year_or_division_is_noticed() -> None:
    for name, value in (("agency", "云砚县水务局"), ("year", 2021), ("division_code", "960122")):
        result = cover(truth(report(**{name: value})), HELD)
        assert not result.right
        assert (result.found, result.all_right, len(result.wrong)) == (1, 0, 1)


def test_a_miss_that_no_problem_explains_is_wrong() -> None:
    result = cover(truth(report()), NOTHING)
    assert not result.right
    assert len(result.missed) == len(result.unexplained) == 1


def test_a_miss_is_explained_by_its_own_address_its_list_or_its_portal() -> None:
    for problem in (("", URL, "not_found"), ("", COLUMN, "incomplete_list"), ("yunyan", "http://x.test/", "blocked")):
        assert cover(truth(report()), replace(NOTHING, problems=[problem])).unexplained == []
    other = replace(NOTHING, problems=[("yunyan", "http://www.yunyan.test/other/", "not_found")])
    assert cover(truth(report()), other).unexplained != []


def test_what_cannot_be_reached_does_not_count_but_must_be_explained() -> None:
    hidden = report(unreachable="blocked")
    silent = cover(truth(hidden), NOTHING)
    assert (silent.reachable, silent.missed, len(silent.unexplained), silent.right) == (0, [], 1, False)
    assert cover(truth(hidden), replace(NOTHING, problems=[("yunyan", COLUMN, "blocked")])).right


def test_what_is_stored_and_nobody_published_is_superfluous_unless_it_vanished() -> None:
    assert cover(truth(), HELD).superfluous == ["年报 (a)"]
    assert cover(truth(vanished=(report(),)), HELD).superfluous == []


def test_requests_are_counted_by_what_they_were_for() -> None:
    traffic = Traffic([entry("/robots.txt", 0, 1), entry("/nb/", 1, 2), entry("/nb/1.html", 2, 3)])
    assert traffic.kinds([URL]) == {"columns": 1, "reports": 1, "robots": 1}


def test_two_requests_at_once_on_a_host_overlap() -> None:
    one, other = entry("/a", 0.0, 2.0), entry("/b", 1.0, 3.0)
    assert Traffic([one, other]).overlaps() == 1
    assert Traffic([one, {**other, "host": "www.other.test"}]).overlaps() == 0
    assert Traffic([one, entry("/b", 2.0, 3.0)]).overlaps() == 0


def test_a_host_that_refused_is_watched_and_others_are_not() -> None:
    log = [entry("/", 0, 1, 412), entry("/nb/", 2, 3, 412), entry("/", 4, 5, 412, "www.other.test")]
    assert Traffic(log).asked_again(["www.yunyan.test"]) == {"www.yunyan.test": 1}
    assert Traffic(log[:1]).asked_again(["www.yunyan.test"]) == {}
    assert Traffic([entry("/robots.txt", 0, 1, 412), log[1]]).asked_again(["www.yunyan.test"]) == {}


def test_a_night_is_right_when_everything_that_changed_was_found() -> None:
    changes = {
        "new": ["r"],
        "edited": ["e"],
        "silent": [],
        "vanished": ["v"],
        "moved": [{"from": COLUMN, "to": f"{COLUMN}2/", "old": "gone"}],
    }
    edited = report(id="e", agency="云砚县水务局", urls=["http://www.yunyan.test/nb/2.html"])
    gone = report(id="v", urls=["http://www.yunyan.test/nb/3.html"])
    before = Holdings({}, {gone["urls"][0]: ["v"]}, [], [], set())
    found = replace(HELD, superseded=[("云砚县水务局", 2022)], vanished=set(gone["urls"]))
    traffic = Traffic([entry("/nb/2/", 0, 1)])
    now = truth(report(), edited, vanished=(gone,))
    assert judge_night(changes, now, before, found, traffic).right
    blind = judge_night(changes, now, before, NOTHING, Traffic([]))
    assert blind.found == {"new": 0, "edited": 0, "moved": 0, "vanished": 0}
    assert len(blind.missed) == 4
