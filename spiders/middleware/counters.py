"""The counters of a spider, without Scrapy's watch over their callers."""

from __future__ import annotations

from scrapy.statscollectors import MemoryStatsCollector


class Counters(MemoryStatsCollector):
    """Scrapy wraps the methods of its own, to warn of an argument nobody here gives; a page counts seventeen times."""

    __getattribute__ = object.__getattribute__
