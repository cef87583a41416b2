"""500: the same content at another address is one report with two sources."""

from __future__ import annotations

from typing import Any

from govcrawl.crawl.items import Fetched
from pipelines.base import Pipeline


class DeduplicatePipeline(Pipeline):
    """Notes content that this run has met already, at whichever address; the store keeps one row of it."""

    name = "deduplicate"

    def open_spider(self) -> None:
        self.met: dict[str, str] = {}

    def process_item(self, item: Any) -> Any:
        if isinstance(item, Fetched) and item.report is not None:
            first = self.met.setdefault(item.report.content_hash, item.capture.url)
            item.duplicate = first != item.capture.url
            self.count("duplicate" if item.duplicate else "distinct")
        return item
