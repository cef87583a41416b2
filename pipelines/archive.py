"""100: the body is kept before it is parsed, and so are those attached to it."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import Any

from govcrawl.crawl.items import Fetched
from govcrawl.model import Capture
from pipelines.base import Pipeline


class ArchivePipeline(Pipeline):
    """Appends captures to the WARC. The same body as last time has a revisit record, and is not kept twice."""

    name = "archive"

    def process_item(self, item: Any) -> Any:
        if not isinstance(item, Fetched):
            return item
        same = [self._keep(piece) for piece in item.pieces]
        item.same_body = all(same)
        return item

    def _keep(self, item: Fetched) -> bool:
        """Archive a body; gives whether it is that of last time, and was read."""
        capture = item.capture
        sha256 = hashlib.sha256(capture.body).hexdigest()
        known = self.writers.store.known(capture.url)
        if known is not None and known.body_sha256 == sha256:
            item.capture = replace(capture, body_sha256=sha256)
            item.capture_id = known.capture_id
            item.known_report = known.report_id is not None
            self.keep_revisit(capture.url, known, capture.status, item.headers, capture.fetched_at or self.now())
            self.count("same_body")
            return known.read
        item.capture = self._append(capture, sha256, item.headers)
        self.count(str(capture.role))
        return False

    def _append(self, capture: Capture, sha256: str, headers: tuple[tuple[str, str], ...]) -> Capture:
        fetched_at = capture.fetched_at or self.now()
        file, offset = self.writers.archive.write(
            capture.url, capture.status, headers, capture.body, fetched_at, sha256=sha256
        )
        return replace(capture, body_sha256=sha256, fetched_at=fetched_at, warc_file=file, warc_offset=offset)
