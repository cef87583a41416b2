"""Anhui."""

from __future__ import annotations

from spiders.province import ProvinceSpider


class AnhuiSpider(ProvinceSpider):
    """安徽省: Lonsun for the province and most cities (`/public/column/<agency>?type=3` are the reports, also by
    year); openness for 宣城, 亳州, 铜陵, 池州, 阜阳 and 马鞍山 (`/XxgkAnnualReport/show/<id>.html`); 安庆 keeps its
    old `gknb_show.php`. 合肥 (521) and 黄山 (412) turn crawlers away city-wide, and the province answers 403 from
    abroad."""

    name = "anhui"
    province_code = "340000"
