"""Yunnan."""

from __future__ import annotations

from spiders.province import ProvinceSpider


class YunnanSpider(ProvinceSpider):
    """云南省: 昆明 and its districts list their reports in static columns (`index_N.shtml`), and the city collects
    a year's reports on one page; 红河, 楚雄 and 普洱 run VSB, 丽江 UCAP, 大理 and 文山 pc/list, 临沧 names county
    and bureau in the address (`/zfxxgk_<county>_<bureau>/artview/`), 昭通 and 曲靖 have
    `/pub/description/<id>.html`."""

    name = "yunnan"
    province_code = "530000"
