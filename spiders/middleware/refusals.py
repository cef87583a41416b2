"""Why a request was not made, or its answer not taken, with the kind of problem it is."""

from __future__ import annotations

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest

from govcrawl.model import ProblemKind


class Refused(IgnoreRequest):
    """Raised by the middlewares of this package; read by the spiders' errback."""

    def __init__(self, kind: ProblemKind, detail: str) -> None:
        super().__init__(detail)
        self.kind = kind
        self.detail = detail


class FileRefused(Refused):
    """Raised for a file behind a captcha; the portal's other files are not asked for, its pages are."""


class LeftAlone(Refused):
    """Raised for a request to a host or a portal that was given up earlier; its problem was told then."""


def withdraw_queued(crawler: Crawler, request: Request, why: str, kind: ProblemKind = ProblemKind.BLOCKED) -> None:
    """Take back what waits in the downloader for the host of a request, of all crawlers; it passed the guard before."""
    from spiders.middleware.slots import HOSTS  # which raises these itself

    slot = HOSTS.of(request)
    if slot is not None:
        HOSTS.withdraw(slot, kind, why)
