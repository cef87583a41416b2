"""Shandong."""

from __future__ import annotations

from spiders.province import ProvinceSpider


class ShandongSpider(ProvinceSpider):
    """山东省: Hanweb's annual-report page serves any agency on any host (its `area` decides), Zibo and Liaocheng
    share a platform of the province, Qingdao and Zaozhuang are TRS. Some districts lay their reports out as
    page-turning books at an address without a name."""

    name = "shandong"
    province_code = "370000"
    allowed_hosts = ("180.76.149.248:88",)
