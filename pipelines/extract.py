"""300: a document to a report."""

from __future__ import annotations

from typing import Any

from scrapy.exceptions import DropItem

from govcrawl.crawl.items import Fetched
from govcrawl.discovery import LinkKind, classify_link
from govcrawl.forms.read import read_report
from govcrawl.model import DocumentError, Link, ProblemKind
from pipelines.base import Pipeline
from pipelines.read import last_line


class ExtractPipeline(Pipeline):
    """Reads the forms. A page that is no report ends here, with its reason."""

    name = "extract"

    def process_item(self, item: Any) -> Any:
        if not isinstance(item, Fetched) or item.document is None:
            return item
        try:
            report = read_report(item.document, divisions=self.writers.divisions, portal=item.portal, link=item.link)
        except DocumentError as error:
            self.fail(item, error.kind, str(error))
            raise DropItem(f"{item.capture.url}: {error}", log_level="INFO") from error
        except Exception as error:
            self.fail(item, ProblemKind.EXTRACTION_FAILED, last_line(error))
            raise
        if report.form == "none" and not any(section.heading for section in report.sections):
            named = classify_link(Link(item.capture.url, report.title)) is LinkKind.REPORT
            kind = ProblemKind.NO_TABLE if named else ProblemKind.NOT_A_REPORT
            reason = report.reason or "neither a form nor the sections of a report"
            self.fail(item, kind, f"{reason}; it looks like: {item.seems}" if item.seems else reason)
            raise DropItem(f"{item.capture.url}: {report.reason}", log_level="INFO")
        item.report = report
        self.count(report.form)
        return item
