"""Hubei."""

from __future__ import annotations

from spiders.province import ProvinceSpider


class HubeiSpider(ProvinceSpider):
    """湖北省: TRS in most places, by year and then by sort of agency (`gb2022/2022szbm/`), and a form of its own
    for report years 2019 and 2020. The province gives every year an address, up to 2018 with `nb` at its end, and
    turns crawlers away (412, on a second visit 400). 孝感 is `.jhtml`, 荆门 Hanweb, 黄冈 Lonsun."""

    name = "hubei"
    province_code = "420000"
