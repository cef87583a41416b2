"""Shanxi."""

from __future__ import annotations

from spiders.province import ProvinceSpider


class ShanxiSpider(ProvinceSpider):
    """山西省: TRS for the province, 朔州, 长治 and 临汾, with the disclosure on a host of its own beside the portal
    (`szxxgk.`, `xxgk.`); 运城 and 河津 date by folder (`/doc/2021/03/15/…`). 临汾 moved in February 2023 and dated
    older reports anew."""

    name = "shanxi"
    province_code = "140000"
