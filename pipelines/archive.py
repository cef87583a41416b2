"""100: the body is kept before it is parsed."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import Any

from govcrawl.crawl.items import Fetched
from govcrawl.model import Capture
from pipelines.base import Pipeline


class ArchivePipeline(Pipeline):
    """Appends the capture to the WARC. The same body as last time is noted, not kept twice."""

    name = "archive"

    def process_item(self, item: Any) -> Any:
        if not isinstance(item, Fetched):
            return item
        capture = item.capture
        sha256 = hashlib.sha256(capture.body).hexdigest()
        known = self.writers.store.known(capture.url)
        if known is not None and known.body_sha256 == sha256:
            item.capture = replace(capture, body_sha256=sha256)
            item.capture_id, item.same_body = known.capture_id, known.read
            item.known_report = known.report_id is not None
            self.count("same_body")
            return item
        item.capture = self._append(capture, sha256, item.headers)
        self.count(str(capture.role))
        return item

    def _append(self, capture: Capture, sha256: str, headers: tuple[tuple[str, str], ...]) -> Capture:
        fetched_at = capture.fetched_at or self.now()
        file, offset = self.writers.archive.write(
            capture.url, capture.status, headers, capture.body, fetched_at, sha256=sha256
        )
        return replace(capture, body_sha256=sha256, fetched_at=fetched_at, warc_file=file, warc_offset=offset)
