"""500: the same content at another address is one report with two sources."""

from __future__ import annotations

from typing import Any

from govcrawl.crawl.items import Fetched
from pipelines.base import Pipeline


class DeduplicatePipeline(Pipeline):
    """Notes content that is stored from another address already; the store keeps one row of it."""

    name = "deduplicate"

    def process_item(self, item: Any) -> Any:
        if isinstance(item, Fetched):
            for found in item.found:
                url = found.urls[0] if found.urls else item.capture.url
                elsewhere = self.writers.store.is_elsewhere(found.report.content_hash, url)
                item.duplicates += elsewhere
                self.count("duplicate" if elsewhere else "distinct")
        return item
