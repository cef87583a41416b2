"""The series of a division held against each other."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import permutations

import pytest

from govcrawl.agencies import (
    Decision,
    Ruling,
    Series,
    agency_kind,
    identify,
    link_series,
    possible_divisions,
    review_series,
)
from govcrawl.agencies import series as held
from govcrawl.model import AgencyKind
from tests.agencies.places import DIVISIONS


def series(
    number: int, name: str, years: Iterable[int], columns: tuple[str, ...] = (), code: str | None = None
) -> Series:
    identity = identify(name, code, DIVISIONS)
    return Series(
        number,
        identity.key,
        identity.division_code,
        agency_kind(name),
        name,
        frozenset(years),
        frozenset(columns),
        possible_divisions(name, code, DIVISIONS),
    )


def test_a_body_of_the_reform_is_linked_with_the_one_that_took_it_over() -> None:
    trade = series(1, "远山县工商局", range(2016, 2019))
    food = series(2, "远山县食品药品监督管理局", range(2016, 2019))
    market = series(3, "远山县市场监管局", range(2019, 2022))
    links = link_series([trade, food, market], DIVISIONS)
    assert [(link.earlier_id, link.later_id, link.kind, link.year) for link in links] == [
        (1, 3, Ruling.MERGED, 2019),
        (2, 3, Ruling.MERGED, 2019),
    ]
    assert all(link.reason and "国务院机构改革方案" in link.evidence for link in links)


def test_a_link_stays_within_its_division() -> None:
    earlier, later = series(1, "远山县工商局", [2018]), series(2, "云山市市场监管局", [2019])
    assert link_series([earlier, later], DIVISIONS) == []


def test_what_reports_on_is_not_merged() -> None:
    earlier, later = series(1, "远山县国土资源局", [2018, 2019, 2020]), series(2, "远山县自然资源局", [2019, 2020])
    assert link_series([earlier, later], DIVISIONS) == []


def test_a_merged_division_links_its_agencies_with_those_of_its_heir() -> None:
    gone, heir = series(1, "白石县教育局", [2018, 2019]), series(2, "远山县教育局", range(2016, 2023))
    other = series(3, "远山县财政局", range(2016, 2023))
    (link,) = link_series([gone, heir, other], DIVISIONS)
    assert (link.earlier_id, link.later_id, link.kind, link.year) == (1, 2, Ruling.MERGED, 2020)
    assert "白石县" in link.evidence


def test_names_alike_of_series_that_follow_each_other_wait_for_a_decision() -> None:
    water = [series(1, "远山县水利局", [2018, 2019, 2020]), series(2, "远山县水务局", [2021, 2022])]
    (review,) = review_series(water, [])
    assert (review.agency_id, review.other_id, review.reason, review.score) == (1, 2, "alike", 0.5)


@pytest.mark.parametrize(
    "other",
    [
        series(2, "远山县水务局", [2019, 2021]),
        series(2, "远山县水务局", [2024]),
        series(2, "云山市水务局", [2021]),
        series(2, "远山县退役军人事务局", [2021]),
        series(2, "远山县水利中心", [2021]),
    ],
    ids=["same years", "a long gap", "another division", "another name", "another kind"],
)
def test_others_do_not(other: Series) -> None:
    assert review_series([series(1, "远山县水利局", [2018, 2019, 2020]), other], []) == []


def test_numbers_tell_schools_apart() -> None:
    schools = [series(1, "远山县第一中学", [2018]), series(2, "远山县第二中学", [2019])]
    assert review_series(schools, []) == []


def test_a_decision_that_two_are_different_ends_the_question() -> None:
    archives = [series(1, "远山县档案馆", [2018]), series(2, "远山县档案局", [2019])]
    assert {each.kind for each in archives} == {AgencyKind.DEPARTMENT}
    assert review_series(archives, []) == []


def test_a_column_of_two_agencies_alone_says_more_than_their_names() -> None:
    pair = [
        series(1, "远山县招商局", [2020, 2021], ("http://www.yuanshan.test/zs/",)),
        series(2, "远山县投资促进局", [2022], ("http://www.yuanshan.test/zs/",)),
    ]
    (review,) = review_series(pair, [])
    assert review.reason == "column"
    assert review.score >= 0.5
    third = series(3, "远山县教育局", [2020], ("http://www.yuanshan.test/zs/",))
    assert review_series([*pair, third], []) == []


def test_a_linked_pair_is_not_asked_for_again() -> None:
    pair = [series(1, "远山县国土资源局", [2018]), series(2, "远山县自然资源局", [2019])]
    links = link_series(pair, DIVISIONS)
    assert len(links) == 1
    assert review_series(pair, links) == []


def test_a_name_of_several_divisions_is_offered_to_each_of_them() -> None:
    unsure = series(1, "鼓台区教育局", [2019], code="970000")
    one, two = series(2, "云山市鼓台区教育局", [2020]), series(3, "霁原市鼓台区教育局", [2020])
    found = review_series([unsure, one, two], [])
    assert [(review.agency_id, review.other_id, review.reason) for review in found] == [
        (1, 2, "division"),
        (1, 3, "division"),
    ]


def test_a_branch_is_offered_to_the_bureau_that_ended() -> None:
    bureau = series(1, "远山县环境保护局", [2018, 2019])
    branch = series(2, "云山市生态环境局远山分局", [2020, 2021])
    (review,) = review_series([bureau, branch], [])
    assert (review.agency_id, review.other_id, review.reason, review.score) == (1, 2, "division", 0.5)


@pytest.mark.parametrize("ruling", [Ruling.RENAMED, Ruling.DIFFERENT])
def test_a_decision_settles_also_a_pair_of_two_divisions(ruling: Ruling, monkeypatch: pytest.MonkeyPatch) -> None:
    decided = Decision(
        ruling, re.compile("生态环境局"), "生态环境局远山分局", "It is the branch now", "编办公告", "970121", "970100"
    )
    monkeypatch.setattr(held, "load_decisions", lambda: (decided,))
    pair = [series(1, "远山县环境保护局", [2018, 2019]), series(2, "云山市生态环境局远山分局", [2020, 2021])]
    links = link_series(pair, DIVISIONS)
    assert [(link.earlier_id, link.later_id, link.kind, link.year) for link in links] == (
        [(1, 2, Ruling.RENAMED, 2020)] if ruling is Ruling.RENAMED else []
    )
    assert review_series(pair, links) == []


def test_the_order_of_the_series_does_not_matter() -> None:
    held = [
        series(1, "远山县工商局", [2017, 2018]),
        series(2, "远山县市场监管局", [2019]),
        series(3, "远山县水利局", [2018]),
        series(4, "远山县水务局", [2019]),
    ]
    links = [link_series(order, DIVISIONS) for order in permutations(held)]
    reviews = [review_series(order, links[0]) for order in permutations(held)]
    assert all(each == links[0] for each in links)
    assert all(each == reviews[0] for each in reviews)


def test_an_agency_without_a_year_is_left_out() -> None:
    held = [series(1, "远山县水利局", []), series(2, "远山县水务局", [2021])]
    assert link_series(held, DIVISIONS) == review_series(held, []) == []
