"""400: a report to its findings."""

from __future__ import annotations

from typing import Any

from govcrawl.checks import check_report
from govcrawl.crawl.items import Fetched
from govcrawl.model import ProblemKind
from pipelines.base import Pipeline
from pipelines.read import last_line


class CheckPipeline(Pipeline):
    """Appends the findings of every check; values are never changed."""

    name = "check"

    def process_item(self, item: Any) -> Any:
        if not isinstance(item, Fetched) or item.report is None:
            return item
        try:
            findings = check_report(item.report)
        except Exception as error:
            self.fail(item, ProblemKind.EXTRACTION_FAILED, last_line(error))
            raise
        item.report = item.report.with_findings(findings)
        for finding in item.report.findings:
            self.count(str(finding.severity))
        return item
