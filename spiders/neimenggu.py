"""Inner Mongolia."""

from __future__ import annotations

from spiders.province import ProvinceSpider


class NeimengguSpider(ProvinceSpider):
    """内蒙古自治区: no common platform. The region switches four tabs of one page by query (`zfxxgkml/?gk=N`).
    兴安盟's banners share `/<site>/YYYY-MM/DD/article_<id>.html`, whose ids are the hour of the move in April 2024;
    包头 is `.jhtml`, 呼伦贝尔 openness, 锡林郭勒 and 乌海 folders named by id; 乌拉特前旗 publishes at an address
    without a name."""

    name = "neimenggu"
    province_code = "150000"
    allowed_hosts = ("1.25.240.11:8082",)
