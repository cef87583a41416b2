"""500: the same content at another address is one report with two sources."""

from __future__ import annotations

from typing import Any

from govcrawl.crawl.items import Fetched
from pipelines.base import Pipeline


class DeduplicatePipeline(Pipeline):
    """Notes content that is stored from another address already; the store keeps one row of it."""

    name = "deduplicate"

    def process_item(self, item: Any) -> Any:
        if isinstance(item, Fetched) and item.report is not None:
            item.duplicate = self.writers.store.is_elsewhere(item.report.content_hash, item.capture.url)
            self.count("duplicate" if item.duplicate else "distinct")
        return item
