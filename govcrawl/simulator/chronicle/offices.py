"""What departments are called, how they are called for short, and what became of them in the reform of 2018/2019.

The reform renamed and joined departments everywhere, so whoever knows it knows who is who. Local renamings
(`doubtful`) follow no rule: only somebody who was told can say that both names are one body's.
"""

from __future__ import annotations

from dataclasses import dataclass

REFORM = 2019
"""The first report year that most departments wrote under their new names."""


@dataclass(frozen=True, slots=True)
class Office:
    """A department as the places of one level have it."""

    name: str
    """The name in force when the years begin."""
    short: str = ""
    """How its name is cut, too."""
    later: str = ""
    later_short: str = ""
    since: int = 0
    """The first report year of the later name, or of the office; 0 where it was there all along."""
    joined: str = ""
    """The office it became a part of in `since`; its own reports end."""
    doubtful: bool = False
    """The later name is local: nobody can know it by rule."""
    branch: bool = False
    """In a county it became a branch of the city's office in `since`."""


COUNTY = (
    Office("教育局"),
    Office("财政局"),
    Office("卫生和计划生育局", "卫计局", "卫生健康局", "卫健局", REFORM),
    Office("发展和改革局", "发改局"),
    Office("人力资源和社会保障局", "人社局"),
    Office("工商行政管理局", "工商局", since=REFORM, joined="市场监督管理局"),
    Office("市场监督管理局", "市监局", since=REFORM),
    Office("国土资源局", "", "自然资源局", "", REFORM),
    Office("水利局", "", "水务局", "", 2021, doubtful=True),
    Office("住房和城乡建设局", "住建局"),
    Office("农业局", "", "农业农村局", "", REFORM),
    Office("安全生产监督管理局", "安监局", "应急管理局", "应急局", REFORM),
    Office("交通运输局", "交通局"),
    Office("民政局"),
    Office("食品药品监督管理局", "食药监局", since=REFORM, joined="市场监督管理局"),
    Office("科学技术局", "科技局", "科技和工业信息化局", "科工局", 2020, doubtful=True),
    Office("环境保护局", "环保局", "生态环境局", "", REFORM, branch=True),
    Office("审计局"),
    Office("医疗保障局", "医保局", since=REFORM),
    Office("扶贫开发办公室", "扶贫办", "乡村振兴局", "", 2021),
    Office("招商局", "", "投资促进局", "", 2022, doubtful=True),
    Office("退役军人事务局", since=REFORM),
    Office("司法局"),
    Office("粮食局", "", "粮食和物资储备局", "粮储局", REFORM),
)
"""In counties; a county has some of them."""

PREFECTURE = (
    Office("教育局"),
    Office("发展和改革委员会", "发改委"),
    Office("卫生和计划生育委员会", "卫计委", "卫生健康委员会", "卫健委", REFORM),
    Office("财政局"),
    Office("环境保护局", "环保局", "生态环境局", "", REFORM),
    Office("工商行政管理局", "工商局", since=REFORM, joined="市场监督管理局"),
    Office("质量技术监督局", "质监局", since=REFORM, joined="市场监督管理局"),
    Office("市场监督管理局", "市监局", since=REFORM),
    Office("住房和城乡建设局", "住建局"),
    Office("文化局", "", "文化广电和旅游局", "文旅局", 2020, doubtful=True),
    Office("人力资源和社会保障局", "人社局"),
    Office("国有资产监督管理委员会", "国资委"),
    Office("城市管理局", "城管局", "城市管理和综合执法局", "城管执法局", 2021, doubtful=True),
    Office("司法局"),
    Office("公安局"),
)
"""In prefectures."""

PROVINCE = (
    Office("教育厅"),
    Office("发展和改革委员会", "发改委"),
    Office("国土资源厅", "", "自然资源厅", "", REFORM),
    Office("水利厅"),
    Office("民政厅"),
    Office("卫生和计划生育委员会", "卫计委", "卫生健康委员会", "卫健委", REFORM),
)
"""In provinces."""

OFFICES = {"county": COUNTY, "prefecture": PREFECTURE, "province": PROVINCE}
