"""Ningxia."""

from __future__ import annotations

from spiders.province import ProvinceSpider


class NingxiaSpider(ProvinceSpider):
    """宁夏回族自治区: TRS in 银川 and 固原, with one numbered column of reports for each department
    (`xxgkml/<body>/xxgknb_1840/`). The region's own portal stands behind a slider (NWAF) and is left alone."""

    name = "ningxia"
    province_code = "640000"
