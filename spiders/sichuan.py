"""Sichuan."""

from __future__ import annotations

from spiders.province import ProvinceSpider


class SichuanSpider(ProvinceSpider):
    """四川省: nothing in common: the province numbers its columns (`/10462/`), 遂宁 and 广元 have
    `/gongkai/show/<id>.html`, 达州 xxgk-list, 内江 and 甘孜 UCAP, 眉山 VSB, 巴中 and two counties of 绵阳 Lonsun
    with a column page for each year, 资阳 a page for each department and year
    (`gk.ziyang.gov.cn/year_details.aspx`). 成都 and 广元 turn crawlers away city-wide."""

    name = "sichuan"
    province_code = "510000"
