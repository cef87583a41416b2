"""100: the body is kept before it is parsed."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import Any

from govcrawl.crawl.items import Fetched
from govcrawl.model import Capture
from pipelines.base import Pipeline


class ArchivePipeline(Pipeline):
    """Appends the capture to the WARC and gives it its row. The same body as last time is noted, not kept twice."""

    name = "archive"

    def process_item(self, item: Any) -> Any:
        if not isinstance(item, Fetched):
            return item
        capture = replace(item.capture, body_sha256=hashlib.sha256(item.capture.body).hexdigest())
        known = self.writers.store.known(capture.url)
        if known is not None and known.body_sha256 == capture.body_sha256:
            item.capture, item.capture_id, item.same_body = capture, known.capture_id, known.read
            item.known_report = known.report_id is not None
            self.count("same_body")
            return item
        item.capture = self._keep(capture, item.headers)
        item.capture_id = self.writers.store.save_capture(item.capture)
        self.count(str(capture.role))
        return item

    def _keep(self, capture: Capture, headers: tuple[tuple[str, str], ...]) -> Capture:
        fetched_at = capture.fetched_at or self.now()
        file, offset = self.writers.archive.write(
            capture.url, capture.status, headers, capture.body, fetched_at, sha256=capture.body_sha256
        )
        return replace(capture, fetched_at=fetched_at, warc_file=file, warc_offset=offset)
