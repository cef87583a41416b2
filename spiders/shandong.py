"""Shandong."""

from __future__ import annotations

from spiders.province import ProvinceSpider


class ShandongSpider(ProvinceSpider):
    """山东省: Hanweb's annual-report page serves any agency on any host (its `area` decides), 淄博, 济南 and 聊城
    share a platform of the province whose lists exist only after a script (`/gongkai/`), 青岛 and 枣庄 are TRS,
    德州 chains of `nN`. The province's portal answers on http, not on https. Some districts lay their reports out
    as page-turning books at an address without a name."""

    name = "shandong"
    province_code = "370000"
    allowed_hosts = ("180.76.149.248:88",)
