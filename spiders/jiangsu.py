"""Jiangsu."""

from __future__ import annotations

from spiders.province import ProvinceSpider


class JiangsuSpider(ProvinceSpider):
    """江苏省: five ways of listing serve the whole province: Hanweb's jpage, its disclosure module, its gateway,
    truecms (南通, 连云港) and Epoint (徐州); the rest is static. 南京 is TRS and gathers the districts' reports,
    and those of their bureaus, under `gqzf_72697/`; 苏州 and 宿迁 are UCAP; in 常州 and 淮安 a column is a frame
    around the real list."""

    name = "jiangsu"
    province_code = "320000"
