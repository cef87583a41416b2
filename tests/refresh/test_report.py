"""The run report: what it says, what breaks a threshold, which exit code it gives."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from govcrawl.crawl.budget import Budget
from govcrawl.refresh.night import judge, left_over
from govcrawl.refresh.plans import RefreshPlan
from govcrawl.refresh.report import RefreshReport, figures_of
from govcrawl.refresh.text import MOST_LINES, page, subject
from govcrawl.refresh.thresholds import Thresholds
from spiders.run import RunReport
from tests.refresh.builders import FINISHED, GANSU, STARTED, figures, report

MARCH, JUNE = date(2024, 3, 5), date(2024, 6, 5)


@pytest.mark.parametrize(
    ("limits", "told"),
    [
        ({"max_failing_share": 0.05}, "1 of 10 portals visited failed; 5% are allowed"),
        ({"max_blocked_share": 0.0}, "1 of 10 portals visited block; 0% are allowed"),
        ({"max_coverage_drop": 0.02}, "coverage of 甘肃省 fell from 80.0% to 75.0%"),
        ({"max_vanished": 0}, "3 reports vanished; 0 are allowed"),
        ({"max_new_problems": 0}, "1 problems are new; 0 are allowed"),
        ({"min_new_in_season": 6}, "5 reports are new or changed; in the season at least 6 are expected"),
    ],
)
def test_a_limit_that_is_broken_is_told(limits: dict[str, Any], told: str) -> None:
    assert list(Thresholds(**limits).broken(figures(vanished_count=3), MARCH)) == [told]


@pytest.mark.parametrize(
    "limits",
    [
        {},
        {"max_failing_share": 0.1, "max_blocked_share": 0.1, "max_coverage_drop": 0.06},
        {"max_vanished": 3, "max_new_problems": 1, "min_new_in_season": 5},
    ],
)
def test_a_limit_that_is_kept_is_not(limits: dict[str, Any]) -> None:
    assert list(Thresholds(**limits).broken(figures(vanished_count=3), MARCH)) == []


def test_out_of_season_nothing_new_is_expected() -> None:
    assert list(Thresholds(min_new_in_season=6).broken(figures(), JUNE)) == []


def test_a_run_that_visited_nothing_breaks_no_share() -> None:
    limits = Thresholds(max_failing_share=0.0, max_blocked_share=0.0, max_coverage_drop=0.0)
    coverage = (replace(GANSU, before=None), replace(GANSU, expected=0))
    assert list(limits.broken(figures(portals={}, coverage=coverage), MARCH)) == []


@pytest.mark.parametrize(
    ("reasons", "counts", "errors", "code", "told"),
    [
        ({"gansu": "finished"}, {}, (), 0, None),
        ({"gansu": "could not start"}, {}, (), 1, "gansu did not finish"),
        ({"gansu": "shutdown"}, {}, (), 130, "interrupted"),
        ({"gansu": "store_failed"}, {}, ("the disk is full",), 4, "the disk is full"),
        ({"gansu": "finished"}, {"govcrawl/portals/silent": 7}, (), 4, "none of the 7 portals"),
        ({"gansu": "finished"}, {"govcrawl/portals/silent": 7, "downloader/response_count": 1}, (), 0, None),
    ],
)
def test_the_end_of_the_crawl_decides_the_exit_code(
    reasons: dict[str, str], counts: dict[str, int], errors: tuple[str, ...], code: int, told: str | None
) -> None:
    done = RunReport(counts, reasons, 1.0, errors)
    found = judge(RefreshPlan(""), figures(), done, STARTED, FINISHED)
    assert found.exit_code == code
    assert (told in found.trouble[0]) if told else found.trouble == ()


def test_a_broken_threshold_gives_exit_code_1() -> None:
    plan = RefreshPlan("nightly", thresholds=Thresholds(max_new_problems=0))
    found = judge(plan, figures(), RunReport({}, {"gansu": "finished"}, 1.0), STARTED, FINISHED)
    assert (found.exit_code, len(found.thresholds_broken)) == (1, 1)


@pytest.mark.parametrize(
    ("budget", "left"),
    [
        (Budget(), ""),
        (Budget(requests=400), "79 requests"),
        (Budget(requests=321), ""),
        (Budget(seconds=3600), "20.0 min"),
        (Budget(seconds=60), ""),
    ],
)
def test_what_is_left_of_the_budget_is_told(budget: Budget, left: str) -> None:
    assert left_over(budget, figures()) == left


def lines(found: RefreshReport) -> str:
    return "\n".join(page(found))


def test_the_subject_says_how_it_went() -> None:
    assert subject(report()) == "govcrawl refresh nightly: fine; 3 new, 2 changed, 0 vanished, 1 new problems"
    assert "nightly: exit code 1;" in subject(report(exit_code=1))


def test_the_page_has_every_part() -> None:
    run = figures(
        vanished_count=1,
        vanished=({"title": "年报", "vanished": "row", "url": "http://a.test/1"},),
        columns=({"portal_id": "a", "state": "moved", "url": "http://a.test/nb/", "moved_to": "http://a.test/x/"},),
        portals_in_trouble=({"id": "b", "state": "blocked", "reason": "blocked: status 412"},),
        portals_left=("c",),
        problems_named=({"kind": "blocked", "url": "http://b.test/", "detail": "status 412"},),
    )
    text = lines(
        report(
            run, budget="400", budget_left="79 requests", thresholds_broken=("too few",), trouble=("the disk is full",)
        )
    )
    for part in (
        "TROUBLE    the disk is full",
        "THRESHOLD  too few",
        "3 new, 2 changed, 1 at a further address, 44 confirmed unchanged",
        "年报 (row gone) http://a.test/1",
        "a moved: http://a.test/nb/ -> http://a.test/x/",
        "b blocked: blocked: status 412",
        "blocked: http://b.test/ (status 412)",
        "new: 1 blocked; mended: none; open: 5",
        "甘肃省: 150 of 200 (75.0%, 80.0% last time)",
        "400, 79 requests left over",
        "1 portals not finished",
    ):
        assert part in text


@pytest.mark.parametrize(("language", "told"), [("en", "a broken: "), ("zh", "a 没有内容: ")])
def test_a_column_that_leads_nowhere_now_is_told_without_a_new_place(
    monkeypatch: pytest.MonkeyPatch, language: str, told: str
) -> None:
    monkeypatch.setenv("GOVCRAWL_LANG", language)
    column = {"portal_id": "a", "state": "broken", "url": "http://a.test/nb/", "moved_to": None}
    assert f"- {told}http://a.test/nb/\n" in lines(report(figures(columns=(column,))))


def test_a_long_list_is_cut_and_what_is_cut_is_counted() -> None:
    gone = tuple({"title": str(n), "vanished": "page", "url": "u"} for n in range(200))
    text = lines(report(figures(vanished=gone, vanished_count=500)))
    assert text.count("(page gone)") == MOST_LINES
    assert f"and {500 - MOST_LINES} more" in text


def test_the_json_holds_every_figure() -> None:
    found = json.loads(json.dumps(report(exit_code=1).to_dict(), ensure_ascii=False))
    assert found["plan"] == "nightly"
    assert found["exit_code"] == 1
    assert found["new"] == 3
    assert found["coverage"][0]["share"] == 0.75
    assert found["started_at"] == "2024-03-05T02:30:00+00:00"


def test_figures_come_from_the_counters_and_the_store() -> None:
    counts = {
        "downloader/request_count": 40,
        "govcrawl/reports/listed": 30,
        "govcrawl/reports/due": 9,
        "govcrawl/store/new": 2,
        "govcrawl/store/revised": 1,
        "govcrawl/store/unchanged": 1,
        "govcrawl/store/not_modified": 3,
        "govcrawl/store/same_report": 2,
    }
    changes = {
        "vanished_count": 0,
        "vanished": [],
        "problems_new": {},
        "problems_named": [],
        "problems_mended": {"unreachable": 2},
        "problems_open": {},
        "columns": [],
        "portals": {"working": 1},
        "portals_in_trouble": [],
        "coverage": [{"province_code": "620000", "name": None, "expected": 4, "found": 3}],
    }
    found = figures_of(counts, 12.5, changes, {"620000": 0.5}, ["late"])
    assert (found.requests, found.listed, found.due) == (40, 30, 9)
    assert (found.new, found.changed, found.unchanged) == (2, 1, 6)
    assert found.coverage[0].name == "620000"
    assert (found.coverage[0].share, found.coverage[0].before) == (0.75, 0.5)
    assert found.portals_left == ("late",)
    assert found.brought_anything
