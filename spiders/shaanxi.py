"""Shaanxi."""

from __future__ import annotations

from spiders.province import ProvinceSpider


class ShaanxiSpider(ProvinceSpider):
    """陕西省: most cities share a platform of the province whose articles are 19-digit numbers that hold the time
    of entry, not of publication, listed in `1.html`, `2.html` …; 安康 has `/Content-<id>.html`, 宝鸡 Hanweb, 汉中
    UCAP, 商洛 VSB, 铜川 `/resources/site/<n>/`. 杨陵区 publishes at an address without a name."""

    name = "shaanxi"
    province_code = "610000"
    allowed_hosts = ("61.150.65.235",)
