"""Hebei."""

from __future__ import annotations

from spiders.province import ProvinceSpider


class HebeiSpider(ProvinceSpider):
    """河北省: the province and 石家庄 name columns and articles by UUID (`/columns/<uuid>/…`), and everything of
    the province is dated 2023-08-21, when it moved. Every other city has software of its own, 定州 with
    milliseconds for addresses (`/col/1640833208130/`), 承德 and 衡水 Hanweb; bureaus list by themselves
    (`gxt.hebei.gov.cn`)."""

    name = "hebei"
    province_code = "130000"
