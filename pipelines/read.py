"""200: bytes to a document."""

from __future__ import annotations

import traceback
from typing import Any

from scrapy.exceptions import DropItem

from govcrawl.crawl.items import Fetched
from govcrawl.documents import read_document
from govcrawl.model import Document, DocumentError, ProblemKind, StoreError
from govcrawl.workers import read_heavy
from pipelines.base import Pipeline


class ReadPipeline(Pipeline):
    """Reads what was linked as a report. Large bodies are read in a worker process."""

    name = "read"

    async def process_item(self, item: Any) -> Any:
        if not isinstance(item, Fetched) or not item.expects_report or item.same_body:
            return item
        try:
            item.document = await self._read(item)
        except DocumentError as error:
            self.fail(item, error.kind, str(error))
            raise DropItem(f"{item.capture.url}: {error}", log_level="INFO") from error
        except StoreError:
            raise
        except Exception as error:
            self.fail(item, ProblemKind.EXTRACTION_FAILED, last_line(error))
            raise
        self.count(str(item.document.kind))
        return item

    async def _read(self, item: Fetched) -> Document:
        capture = item.capture
        if len(capture.body) > self.run.heavy:
            self.count("in_worker")
            self.keep(item)
            return await read_heavy(capture.body, url=capture.url, content_type=capture.content_type)
        return read_document(capture.body, url=capture.url, content_type=capture.content_type)


def last_line(error: BaseException) -> str:
    """The last line of a traceback, with the place it came from."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f" ({frames[-1].filename.rpartition('/')[2]}:{frames[-1].lineno})" if frames else ""
    return traceback.format_exception_only(error)[-1].strip() + where
