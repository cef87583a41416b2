"""A printed name without what is not its own, and its full form."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govcrawl.agencies import is_short, own_name, plain_name


@pytest.mark.parametrize(
    ("name", "text", "qualifiers"),
    [
        ("云山市教育局", "云山市教育局", ()),
        ("云山市 教育\u3000局", "云山市教育局", ()),
        ("云山市人民政府（本级）", "云山市人民政府", ("本级",)),
        ("云山市人民政府(全市汇总)", "云山市人民政府", ("全市汇总",)),
        ("云山市人民政府汇总", "云山市人民政府", ("汇总",)),
        ("云岭省审计厅【机关】", "云岭省审计厅", ("机关",)),
        ("云山市教育局（语言文字工作委员会办公室）", "云山市教育局", ()),
        ("云山市第三中学（东校区）", "云山市第三中学（东校区）", ()),
        ("（汇总）", "（汇总）", ()),
        ("本级", "本级", ()),
    ],
)
def test_brackets_that_are_no_part_of_a_name_fall_off(name: str, text: str, qualifiers: tuple[str, ...]) -> None:
    plain = plain_name(name)
    assert (plain.text, plain.qualifiers) == (text, qualifiers)


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("政府", "人民政府"),
        ("", "人民政府"),
        ("政府办", "人民政府办公室"),
        ("府办", "人民政府办公室"),
        ("人民政府办公厅", "人民政府办公室"),
        ("发改委", "发展和改革委员会"),
        ("发展改革委", "发展和改革委员会"),
        ("卫健局", "卫生健康局"),
        ("人社局", "人力资源和社会保障局"),
        ("教体局", "教育和体育局"),
        ("教育体育局", "教育和体育局"),
        ("文广旅局", "文化广电和旅游局"),
        ("科工局", "科学技术和工业信息化局"),
        ("国资委", "国有资产监督管理委员会"),
        ("市监局", "市场监督管理局"),
        ("交通局", "交通运输局"),
        ("扶贫办", "扶贫开发办公室"),
        ("残联", "残疾人联合会"),
        ("青石镇政府", "青石镇人民政府"),
        ("青石镇", "青石镇人民政府"),
        ("东门街道", "东门街道办事处"),
        ("东门街道办", "东门街道办事处"),
        ("高新区管委会", "高新区管理委员会"),
        ("县委宣传部", "委员会宣传部"),
        ("中共市委办公厅", "区委办公室"),
        ("纪委监委", "纪律检查委员会"),
    ],
)
def test_a_short_form_and_the_full_one_are_one_name(short: str, full: str) -> None:
    assert own_name(short) == own_name(full)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("人民政府", "人民政府办公室"),
        ("青石镇人民政府", "青石乡人民政府"),
        ("青石镇人民政府", "青石镇党政办"),
        ("国土资源局", "自然资源局"),
        ("第一中学", "第二中学"),
        ("政府采购中心", "人民政府"),
        ("委宣传部", "委组织部"),
        ("和平街道", "平街道"),
        ("委员会", "委员会办公室"),
        ("民政局", "财政局"),
    ],
)
def test_what_are_two_bodies_keep_two_names(one: str, other: str) -> None:
    assert own_name(one) != own_name(other)


WORDS = [
    "发改",
    "人社",
    "卫健",
    "教体",
    "文广旅",
    "市监",
    "财政",
    "人力资源和社会保障",
    "青石镇",
    "东门街道",
    "县委宣传部",
]
ENDINGS = ["局", "委", "委员会", "办", "政府", "政府办", "", "分局"]


@given(st.sampled_from(WORDS), st.sampled_from(ENDINGS))
def test_a_full_form_is_its_own_full_form(word: str, ending: str) -> None:
    once = own_name(word + ending)
    assert own_name(once) == once


def test_a_short_form_is_known_as_one() -> None:
    assert [is_short(name) for name in ("发改委", "发展和改革委员会", "政府", "人民政府")] == [True, False, True, False]
