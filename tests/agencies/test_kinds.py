from __future__ import annotations

import pytest

from govcrawl.agencies import agency_kind
from govcrawl.model import AgencyKind

KINDS = {
    AgencyKind.GOVERNMENT: """
        云岭省人民政府 云山市人民政府 远山县政府 北原盟行政公署 云山高新技术产业开发区管理委员会
        云山新区管委会 云山市人民政府（本级） 云岭生产建设兵团
    """,
    AgencyKind.OFFICE: """
        云岭省人民政府办公厅 云山市人民政府办公室 远山县政府办 北原地区行署办公室
    """,
    AgencyKind.TOWNSHIP: """
        远山县青石镇人民政府 远山县白水乡人民政府 云山区东门街道办事处 东门街道 青石镇
        白水民族乡人民政府 青石镇人民政府办公室 北原苏木人民政府
    """,
    AgencyKind.DEPARTMENT: """
        云山市教育局 云山市发展和改革委员会 云岭省财政厅 国家云岭税务局
        云山市国有资产监督管理委员会 云山市公安局交通警察支队 云山市发改委 远山县机关事务服务处
        云岭省审计厅（机关） 云山海关 信访办公室 金融工作办公室
    """,
    AgencyKind.PARTY: """
        中共云山市委宣传部 云山市委组织部 远山县委办公室 中国共产党云山市纪律检查委员会 远山县委
    """,
    AgencyKind.INSTITUTION: """
        云山市第一人民医院 远山县第二中学 云山市融媒体中心 云山供水公司 云山大学
        云山市残疾人联合会 云山市住房公积金管理中心
    """,
    AgencyKind.OTHER: """
        云山 某某
    """,
}


@pytest.mark.parametrize(("name", "kind"), [(name, kind) for kind, names in KINDS.items() for name in names.split()])
def test_the_name_of_an_agency_tells_its_kind(name: str, kind: AgencyKind) -> None:
    assert agency_kind(name) is kind


def test_blanks_inside_a_name_do_not_matter() -> None:
    assert agency_kind("云山市 教 育 局") is AgencyKind.DEPARTMENT


def test_a_nameless_body_is_other() -> None:
    assert agency_kind("") is AgencyKind.OTHER
