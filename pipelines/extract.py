"""300: documents to reports, proven."""

from __future__ import annotations

from typing import Any

from scrapy.exceptions import DropItem

from govcrawl.crawl.bundles import NoReportError, extract, last_line
from govcrawl.crawl.items import Fetched
from govcrawl.model import ProblemKind, StoreError
from pipelines.base import Pipeline


class ExtractPipeline(Pipeline):
    """Reads the forms of a page and its attachments together. What holds no report ends here, with its reason."""

    name = "extract"

    def process_item(self, item: Any) -> Any:
        if not isinstance(item, Fetched) or not item.expects_report or item.same_body:
            return item
        try:
            extract(item, self.writers.divisions)
        except NoReportError as error:
            self.count(str(error.kind))
            self.keeper.fail_with(item, error)
            raise DropItem(f"{item.capture.url}: {error}", log_level="INFO") from error
        except StoreError:
            raise
        except Exception as error:
            self.keeper.fail(item, ProblemKind.EXTRACTION_FAILED, last_line(error))
            raise
        for report in item.reports:
            self.count(report.form)
        return item
