"""200: bytes to documents."""

from __future__ import annotations

from typing import Any

from govcrawl.crawl.bundles import read_bodies
from govcrawl.crawl.items import Fetched
from govcrawl.workers import is_heavy
from pipelines.base import Pipeline


class ReadPipeline(Pipeline):
    """Reads what was linked as a report, and what is attached to it. Files and large pages are read by workers."""

    name = "read"

    async def process_item(self, item: Any) -> Any:
        if not isinstance(item, Fetched) or not item.expects_report or item.same_body:
            return item
        heavy = sum(is_heavy(piece.capture.body, self.run.heavy) for piece in item.pieces)
        if heavy:
            with self.writers.store.atomic():
                for piece in item.pieces:
                    self.keeper.keep(piece)
            self.stats.inc_value("govcrawl/read/in_worker", heavy)
        await read_bodies(item, self.writers.workers, self.run.heavy)
        for piece in item.pieces:
            if piece.documents:  # what failed is counted where it is told
                self.count(str(piece.documents[0].kind))
        return item
