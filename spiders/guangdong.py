"""Guangdong."""

from __future__ import annotations

from spiders.province import ProvinceSpider


class GuangdongSpider(ProvinceSpider):
    """广东省: the only province with gkmlpt, the disclosure half of one platform whose portals are NFCMS
    (`/content/post_<id>.html`): an agency's reports are a category of `<site>/gkmlpt/annualreport`, listed by its
    JSON interface. 广州 gathers its departments by year; 深圳's TLS fails where http works; 梅州 answers 521, 清远
    412."""

    name = "guangdong"
    province_code = "440000"
