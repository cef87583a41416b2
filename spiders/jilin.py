"""Jilin."""

from __future__ import annotations

from spiders.province import ProvinceSpider


class JilinSpider(ProvinceSpider):
    """吉林省: TRS all over, but not on the portals: the province discloses on `xxgk.jl.gov.cn` (`/szf/bgtndbg/`),
    长春 on `zwgk.changchun.gov.cn` with a column for each agency, counties on `xxgk.<county>.gov.cn`, 船营区 of
    吉林市 at an address without a name. The agency's folder in an address often names another body."""

    name = "jilin"
    province_code = "220000"
    allowed_hosts = ("122.137.242.24:8080",)
