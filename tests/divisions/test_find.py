"""Which division an agency's name begins with."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govcrawl.divisions import Divisions, load_divisions
from govcrawl.model import Division, Heir

DIVISIONS = load_divisions()
EVERY = tuple(division for division in DIVISIONS if division.valid_to is None)
FORMER = tuple(division for division in DIVISIONS if division.valid_to is not None)


@pytest.mark.parametrize(
    ("name", "code", "matched", "rest"),
    [
        ("北京市密云区融媒体中心", "110118", "北京市密云区", "融媒体中心"),
        ("甘肃省天水市秦安县教育局", "620522", "甘肃省天水市秦安县", "教育局"),
        ("甘肃省秦安县教育局", "620522", "甘肃省秦安县", "教育局"),
        ("景泰县人民政府", "620423", "景泰县", "人民政府"),
        ("景泰县2020年政府信息公开工作年度报告", "620423", "景泰县", "2020年政府信息公开工作年度报告"),
        ("张店区融媒体中心", "370303", "张店区", "融媒体中心"),
        ("石林彝族自治县财政局", "530126", "石林彝族自治县", "财政局"),
        ("石林县财政局", "530126", "石林县", "财政局"),
        ("石林县委宣传部", "530126", "石林县", "县委宣传部"),
        ("中共石林县委宣传部", "530126", "石林县", "县委宣传部"),
        ("积石山县教育局", "622927", "积石山县", "教育局"),
        ("东乡县教育局", "622926", "东乡县", "教育局"),
        ("双江县政府", "530925", "双江县", "政府"),
        ("隆林县教育局", "451031", "隆林县", "教育局"),
        ("恩施州教育局", "422800", "恩施州", "教育局"),
        ("巴音郭楞州教育局", "652800", "巴音郭楞州", "教育局"),
        ("巴州教育局", "652800", "巴州", "教育局"),
        ("巴州区教育局", "511902", "巴州区", "教育局"),
        ("管城区教育局", "410104", "管城区", "教育局"),
        ("广西壮族自治区教育厅", "450000", "广西壮族自治区", "教育厅"),
        ("内蒙古自治区教育厅", "150000", "内蒙古自治区", "教育厅"),
        ("吉林市教育局", "220200", "吉林市", "教育局"),
        ("海南州教育局", "632500", "海南州", "教育局"),
        ("东莞市教育局", "441900", "东莞市", "教育局"),
        ("兰州市兰州新区管委会", "620171", "兰州市兰州新区", "管委会"),
        ("南京市鼓楼区教育局", "320106", "南京市鼓楼区", "教育局"),
        ("北京市 密云区\n融媒体中心", "110118", "北京市密云区", "融媒体中心"),
        ("景泰县上沙沃镇人民政府", "620423", "景泰县", "上沙沃镇人民政府"),
        ("国家税务总局景泰县税务局", "620423", "景泰县", "税务局"),
    ],
)
def test_a_name_begins_with_its_division(name: str, code: str, matched: str, rest: str) -> None:
    match = DIVISIONS.find(name)
    assert match is not None
    assert (match.division and match.division.code, match.matched, match.rest, match.bare) == (
        code,
        matched,
        rest,
        False,
    )


@pytest.mark.parametrize(
    ("name", "code", "rest"),
    [
        ("秦安教育局", "620522", "教育局"),
        ("甘肃天水秦安教育局", "620522", "教育局"),
        ("广西教育厅", "450000", "教育厅"),
        ("吉林教育厅", "220000", "教育厅"),
        ("吉林船营区教育局", "220204", "教育局"),
    ],
)
def test_a_name_without_suffix_is_found_where_one_division_bears_it(name: str, code: str, rest: str) -> None:
    match = DIVISIONS.find(name)
    assert match is not None
    assert match.division is not None
    assert (match.division.code, match.rest) == (code, rest)


def test_a_name_without_suffix_is_flagged() -> None:
    match = DIVISIONS.find("秦安教育局")
    assert match is not None
    assert match.bare


@pytest.mark.parametrize(
    "name",
    ["公安局", "合作交流办公室", "资源局", "秦安镇人民政府", "城关镇人民政府", "矿区管理局", "教育局", "", "  ", "X"],
)
def test_words_that_look_like_divisions_are_none(name: str) -> None:
    assert DIVISIONS.find(name) is None


def test_namesakes_are_named_and_not_guessed() -> None:
    match = DIVISIONS.find("鼓楼区教育局")
    assert match is not None
    assert match.division is None
    assert match.ambiguous == ("320106", "320302", "350102", "410204")
    assert match.rest == "教育局"


@pytest.mark.parametrize(
    ("within", "code"),
    [
        ("320106", "320106"),
        ("320100", "320106"),
        ("320113", "320106"),
        ("350000", "350102"),
        ("320000", None),
        ("110000", None),
        ("999999", None),
    ],
)
def test_the_portal_decides_between_namesakes(within: str, code: str | None) -> None:
    match = DIVISIONS.find("鼓楼区教育局", within)
    assert match is not None
    assert (match.division.code if match.division else None) == code
    assert bool(match.ambiguous) == (code is None)


def test_a_name_of_one_division_stands_against_a_distant_portal() -> None:
    match = DIVISIONS.find("景泰县教育局", "110000")
    assert match is not None
    assert match.division is not None
    assert match.division.code == "620423"


@pytest.mark.parametrize(
    ("name", "within", "code", "rest"),
    [
        ("市教育局", "620400", "620400", "教育局"),
        ("市教育局", "620423", "620400", "教育局"),
        ("县科技局", "620423", "620423", "科技局"),
        ("区政府办", "370303", "370303", "政府办"),
        ("县委宣传部", "620423", "620423", "县委宣传部"),
        ("省教育厅", "620423", "620000", "教育厅"),
        ("市政府办公室", "620400", "620400", "政府办公室"),
        ("省市场监督管理局", "620000", "620000", "市场监督管理局"),
        ("县教育局", "530126", "530126", "教育局"),
    ],
)
def test_a_bare_level_means_the_portals_division(name: str, within: str, code: str, rest: str) -> None:
    match = DIVISIONS.find(name, within)
    assert match is not None
    assert match.division is not None
    assert (match.division.code, match.rest) == (code, rest)


@pytest.mark.parametrize(
    ("name", "within"),
    [("市教育局", None), ("市场监督管理局", "620400"), ("区域合作办公室", "370303"), ("区教育局", "620423")],
)
def test_a_bare_level_means_nothing_without_such_a_division(name: str, within: str | None) -> None:
    assert DIVISIONS.find(name, within) is None


@pytest.mark.parametrize(
    ("name", "code", "rest"),
    [
        ("兰州市场监督管理局", "620100", "市场监督管理局"),
        ("兰州市市场监督管理局", "620100", "市场监督管理局"),
        ("景泰乡村振兴局", "620423", "乡村振兴局"),
        ("景泰县城市管理局", "620423", "城市管理局"),
    ],
)
def test_a_word_that_begins_like_a_suffix_belongs_to_the_agency(name: str, code: str, rest: str) -> None:
    match = DIVISIONS.find(name, code)
    assert match is not None
    assert match.division is not None
    assert (match.division.code, match.rest) == (code, rest)


def test_a_bare_level_and_a_bare_name_of_other_years_mean_the_division_of_today() -> None:
    divisions = Divisions(
        [
            Division("970000", "云泽省", "云泽省", "province", None, "970000"),
            Division("970121", "青栾县", "云泽省青栾县", "county", "970000", "970000", heirs=(Heir("970181", True),)),
            Division("970181", "青栾市", "云泽省青栾市", "county", "970000", "970000"),
            Division("970122", "松渡县", "云泽省松渡县", "county", "970000", "970000", former_names=("古渡县",)),
        ]
    )
    found = [divisions.find("县教育局", "970181"), divisions.find("古渡教育局")]
    assert [(each.division.code, each.rest) for each in found if each and each.division] == [
        ("970181", "教育局"),
        ("970122", "教育局"),
    ]


def test_every_full_name_finds_its_division() -> None:
    found = {division.code: DIVISIONS.find(division.full_name) for division in EVERY}
    assert {
        code for code, match in found.items() if not match or (match.division.code, match.rest) != (code, "")
    } == set()


@pytest.mark.parametrize(
    ("name", "code", "rest"),
    [("保定市容城县教育局", "130629", "教育局"), ("保定市容环境卫生局", "130600", "市容环境卫生局")],
)
def test_a_county_may_begin_with_what_a_bureau_of_the_city_does(name: str, code: str, rest: str) -> None:
    match = DIVISIONS.find(name)
    assert match is not None
    assert (match.division.code, match.rest) == (code, rest)


@given(st.sampled_from(EVERY), st.sampled_from(["人民政府", "教育局", "融媒体中心", "公安局"]))
def test_every_own_name_finds_its_division_at_its_own_portal(division: Division, body: str) -> None:
    match = DIVISIONS.find(division.name + body, division.code)
    assert match is not None
    assert match.division == division
    assert match.rest == body


@given(st.text(alphabet="北京市密云区县秦安石林彝族自治委局朝阳 ", max_size=14), st.sampled_from([None, "110118"]))
def test_what_matched_and_the_rest_make_up_the_name(name: str, within: str | None) -> None:
    match = DIVISIONS.find(name, within)
    if match is not None:
        text = "".join(name.split())
        shared = match.matched[-1] if match.matched + match.rest != text else ""
        assert match.matched + match.rest.removeprefix(shared) == text
        assert (match.division is None) == bool(match.ambiguous)


@given(st.sampled_from(FORMER))
def test_a_former_division_is_found_by_its_full_name_unless_another_bears_it_now(division: Division) -> None:
    match = DIVISIONS.find(division.full_name)
    assert match is not None
    assert match.division is not None
    assert match.division.name == division.name
    assert match.division == division or match.division.valid_to is None


@pytest.mark.parametrize(
    ("name", "within", "code"),
    [
        ("江干区教育局", None, "330104"),
        ("莱芜市教育局", None, "371200"),
        ("芜湖县教育局", "340200", "340221"),
        ("弋江区教育局", "340200", "340209"),
        ("富阳教育局", None, "330111"),
        ("邢台市桥东区教育局", None, "130502"),
        ("加格达奇区教育局", None, "232761"),
        ("东乡县教育局", "361000", "361029"),
        ("东乡县教育局", None, "622926"),
        ("重庆市江北区教育局", None, "500105"),
        ("重庆市两江新区教育局", None, "500171"),
        ("济源示范区教育局", None, "419001"),
        ("第八师石河子市教育局", None, "659001"),
        ("石河子市教育局", None, "659001"),
        ("新疆生产建设兵团教育局", None, "660000"),
        ("兵团教育局", "660000", "660000"),
        ("科右中旗教育局", None, "152222"),
        ("国家税务总局浙江省教育局", "100000", "330000"),
    ],
)
def test_names_of_other_years_and_of_the_corps_are_found(name: str, within: str | None, code: str) -> None:
    match = DIVISIONS.find(name, within)
    assert match is not None
    assert match.division is not None
    assert (match.division.code, match.rest) == (code, "教育局")


def test_a_gazetteer_of_invented_places_works_alike() -> None:
    divisions = Divisions(
        [
            Division("970000", "云泽省", "云泽省", "province", None, "970000"),
            Division("970100", "松渡市", "云泽省松渡市", "prefecture", "970000", "970000"),
            Division("970121", "青栾苗族自治县", "云泽省松渡市青栾苗族自治县", "county", "970100", "970000"),
        ]
    )
    match = divisions.find("青栾县教育局")
    assert match is not None
    assert match.division is not None
    assert match.division.code == "970121"
    assert [child.code for child in divisions.children("970000")] == ["970100"]
