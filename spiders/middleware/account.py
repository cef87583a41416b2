"""The run's account: every request is charged to it, and none is made once it is spent or the network is down."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Self

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.http import Response

from govcrawl.crawl.settings import RunSettings
from govcrawl.crawl.writers import writers_of
from govcrawl.model import Problem, ProblemKind
from govcrawl.store import PortalState
from spiders.middleware.refusals import LeftAlone, withdraw_queued


class RunAccount:
    """Stands where a request is counted, behind retries, redirects and robots.txt: nothing gets by it."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.writers = writers_of(crawler, RunSettings.of(crawler.settings))
        self.shared = self.writers.shared
        crawler.signals.connect(self._response_downloaded, signal=signals.response_downloaded)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Charge a request, or refuse it."""
        why = self.shared.why_not()
        if why is not None:
            raise LeftAlone(ProblemKind.BUDGET, why)
        self.shared.account.charge()

    def process_response(self, request: Request, response: Response) -> Response:
        """The network works: what was held back is true."""
        problems, silent = self.shared.network.answered()
        for problem in problems:
            self._tell(problem)
        for portal_id in silent:
            self.writers.store.mark_portal(portal_id, PortalState.FAILING, datetime.now(UTC))
            self.crawler.stats.inc_value(f"govcrawl/portals/{PortalState.FAILING}")
        return response

    def _tell(self, problem: Problem) -> None:
        self.writers.store.save_problem(problem, datetime.now(UTC))
        self.crawler.stats.inc_value(f"govcrawl/store/problem/{problem.kind}")

    def _response_downloaded(self, response: Response, request: Request, spider: Spider) -> None:
        """Where time is up, take back what waits for the host; it was charged, and is not made."""
        why = self.shared.why_not()
        if why is not None and self.shared.account.budget.seconds is not None:
            withdraw_queued(self.crawler, request, why, ProblemKind.BUDGET)
