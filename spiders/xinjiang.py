"""Xinjiang."""

from __future__ import annotations

from spiders.province import ProvinceSpider


class XinjiangSpider(ProvinceSpider):
    """新疆维吾尔自治区: UCAP from the region down to most counties, often behind a jump page; the reports are a
    template of their own (`zfxxgk_gknbz.shtml`) or a plain column. 疏勒 keeps all years on one page
    (`zwgk_cont.shtml`), 博州 runs VSB, 阿勒泰 Epoint. The cities of the corps are the business of `bingtuan`."""

    name = "xinjiang"
    province_code = "650000"
