"""400: what the checks found."""

from __future__ import annotations

from typing import Any

from govcrawl.crawl.items import Fetched
from pipelines.base import Pipeline


class CheckPipeline(Pipeline):
    """Counts findings and proven tables. Reports are proven where they are read, since sources are chosen by it."""

    name = "check"

    def process_item(self, item: Any) -> Any:
        if isinstance(item, Fetched):
            for report in item.reports:
                for finding in report.findings:
                    self.count(str(finding.severity))
                for table in report.tables.values():
                    self.count(str(table.proof))
        return item
