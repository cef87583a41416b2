from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from govcrawl.model import Figure, Finding, Portal, Severity
from govcrawl.store import Corpus, Store, open_corpus

sys.path.insert(0, str(Path(__file__).parents[2]))  # `tests.store.builders` under every way of starting pytest

from tests.store.builders import DIVISIONS, PORTAL, at, capture, figure, quirky_report, report

LONG = "长" * 40_000
"""A text that no cell of Excel holds, and that is longer than Stata's texts of fixed width."""
HOSTILE = '=HYPERLINK("http://evil.test/","云山市")'
OTHER = Portal("970100-jiaoyu", "云山市教育局", "970100", "http://jy.yunshan.test/")


@pytest.fixture(scope="session")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus with figures, fractions, blanks, hostile and long texts, in two years. The places are invented."""
    path = tmp_path_factory.mktemp("corpus") / "govcrawl.db"
    kept = [
        quirky_report(),
        report(
            "二〇二一",
            form="form2021",
            template_version="2021",
            report_year=2021,
            title="云山市教育局2021年政府信息公开工作年度报告",
            published_on=date(2022, 1, 31),
            applications={"denied_state_secret": {"natural_person": 2, "total": 2}, "other_residual": {"total": 5}},
            disclosure={"admin_fees_amount": 12.5, "rules_issued": None},
        ),
        report(
            LONG,
            agency="云岭省人民政府",
            division_code="970000",
            title=HOSTILE,
            report_year=2021,
            published_on=None,
            applications={"new_received": {"total": 123_456_789_012_345}},
            findings=(Finding("balance", Severity.ERROR, "applications/total", "a\x01b\tc\rd\ne\"f,'", 10, "九"),),
            disclosure={"rules_made": -5},
        ),
        report(
            "统计",
            form="stat2014",
            template_version="2014",
            report_year=2018,
            applications={},
            statistics={
                "t14_received": figure(7),
                "t14_fees_10k_yuan": Figure(0.25, "0.25", "万元"),
            },
        ),
    ]
    with Store.open(path, extractor_version="0.1.0") as store:
        store.save_divisions(DIVISIONS)
        store.save_portals([PORTAL, OTHER])
        for number, each in enumerate(kept):
            url = f"http://www.yunshan.test/nianbao/{number}.html"
            key = store.save_capture(capture(url, f"<html>{number}".encode(), number))
            store.save_report(each, key, url, PORTAL.id, at(number))
    return path


@pytest.fixture
def corpus(place: Path) -> Iterator[Corpus]:
    with open_corpus(place) as opened:
        yield opened
