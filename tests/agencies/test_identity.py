"""Which names are one body: the own name in full, in the division as of today."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govcrawl.agencies import identify, load_decisions, own_name, possible_divisions
from tests.agencies.places import DIVISIONS

Printed = tuple[str, str | None]


def who(name: str, division_code: str | None = None) -> tuple[str, str | None]:
    identity = identify(name, division_code, DIVISIONS)
    return identity.key, identity.division_code


@pytest.mark.parametrize(
    "names",
    [
        [
            ("远山县人民政府", "970121"),
            ("远山县政府", "970121"),
            ("远山县", "970121"),
            ("云山市远山县人民政府（本级）", None),
        ],
        [("云山市发展和改革委员会", "970100"), ("市发改委", "970100"), ("云岭省云山市发展改革委", None)],
        [("远山县教育局", None), ("县教育局", "970121"), ("教育局", "970121"), ("远山教育局", "970121")],
        [("松渡县教育局", "970122"), ("松渡市教育局", "970181"), ("县教育局", "970181"), ("教育局", "970122")],
        [("青栾县教育局", "970121"), ("远山县教育局", "970121")],
        [("云山市卫生和计划生育委员会", "970100"), ("云山市卫健委", "970100"), ("云山市卫生健康局", "970100")],
        [("远山县环保局", "970121"), ("远山县生态环境局", "970121")],
        [("远山县扶贫办", "970121"), ("远山县乡村振兴局", "970121")],
        [("国家税务总局远山县税务局", None), ("远山县税务局", "970121")],
        [("云山市场监督管理局", "970100"), ("云山市市场监督管理局", "970100"), ("市场监管局", "970100")],
        [("远山县青石镇人民政府", "970121"), ("青石镇政府", "970121")],
        [("某某局", None), ("某某局（本级）", None)],
    ],
)
def test_one_body_under_many_names_has_one_identity(names: list[Printed]) -> None:
    assert len({who(*name) for name in names}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("远山县人民政府", "970121"), ("远山县人民政府办公室", "970121")),
        (("云山市教育局", "970100"), ("远山县教育局", "970121")),
        (("白石县教育局", "970123"), ("远山县教育局", "970121")),
        (("远山县国土资源局", "970121"), ("远山县自然资源局", "970121")),
        (("教育局", None), ("教育局", "970121")),
        (("鼓台区教育局", "970102"), ("鼓台区教育局", "970202")),
        (("远山教育局", None), ("远山县教育局", None)),
    ],
)
def test_two_bodies_have_two_identities(one: Printed, other: Printed) -> None:
    assert who(*one) != who(*other)


def test_a_name_that_may_mean_several_divisions_is_joined_with_none_and_says_which_it_may_be() -> None:
    assert who("鼓台区教育局", "970000") == ("鼓台区教育局", "970000")
    assert possible_divisions("鼓台区教育局", "970000", DIVISIONS) == (("教育局", "970102"), ("教育局", "970202"))
    assert possible_divisions("远山县教育局", None, DIVISIONS) == ()


@pytest.mark.parametrize("name", ["云山市生态环境局远山分局", "云山市生态环境局远山县分局", "云山市环保局青栾县分局"])
def test_a_branch_may_be_the_bureau_that_the_county_had_before(name: str) -> None:
    assert possible_divisions(name, "970100", DIVISIONS) == (("生态环境局", "970121"),)
    assert who(name, "970100")[1] == "970100"


@pytest.mark.parametrize("name", ["云山市公安局交通警察分局", "云山市公安局霁原分局", "远山县公安局"])
def test_a_branch_of_no_lower_division_is_none(name: str) -> None:
    assert possible_divisions(name, None, DIVISIONS) == ()


@pytest.mark.parametrize(
    ("name", "code", "level"),
    [
        ("云岭省教育厅", None, "province"),
        ("云山市教育局", None, "prefecture"),
        ("远山县教育局", None, "county"),
        ("远山县青石镇人民政府", None, "township"),
        ("某某局", None, None),
    ],
)
def test_the_level_is_that_of_the_division_or_a_townships(name: str, code: str | None, level: str | None) -> None:
    assert identify(name, code, DIVISIONS).level == level


@pytest.mark.parametrize(
    ("name", "code", "full"),
    [
        ("远山县教育局", None, True),
        ("远山县发改局", None, False),
        ("县教育局", "970121", False),
        ("远山教育局", "970121", False),
        ("教育局", "970121", False),
    ],
)
def test_a_full_name_says_its_division_and_is_not_short(name: str, code: str | None, full: bool) -> None:
    assert identify(name, code, DIVISIONS).is_full is full


@given(
    st.text(alphabet="云山市远县松渡鼓台区教育局人民政府办（本级）", max_size=12),
    st.sampled_from([None, *(division.code for division in DIVISIONS)]),
)
def test_an_identity_lies_in_a_division_of_today_and_its_shown_name_means_the_same(name: str, code: str | None) -> None:
    identity = identify(name, code, DIVISIONS)
    assert identity.division_code not in {"970122"}
    again = identify(identity.shown, identity.division_code, DIVISIONS)
    assert again.division_code == identity.division_code


def test_every_decision_has_its_reason_and_its_evidence_and_says_something() -> None:
    for decision in load_decisions():
        assert len(decision.reason) > 20
        assert len(decision.evidence) > 8
        assert "http" not in decision.evidence


def test_the_patterns_of_decisions_are_of_names_in_full() -> None:
    named = [
        "卫生计划生育委员会",
        "环境保护局",
        "国土资源局",
        "工商行政管理局",
        "国家税务局",
        "扶贫开发办公室",
        "林业局",
    ]
    for name in named:
        assert own_name(name) == name
        assert any(decision.pattern.fullmatch(name) for decision in load_decisions())
