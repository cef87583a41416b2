"""Tibet."""

from __future__ import annotations

from spiders.province import ProvinceSpider


class XizangSpider(ProvinceSpider):
    """西藏自治区: the region's TRS gathers the reports of its departments and prefectures under one column with a
    folder a year (`/zwgk/xxgk_424/xxgknb/2020nb/`); it refuses clients that send no browser's name. 昌都 and 那曲
    are UCAP; 当雄 serves the article itself as JSON; reports for years before 2018 are dated 2019-02."""

    name = "xizang"
    province_code = "540000"
