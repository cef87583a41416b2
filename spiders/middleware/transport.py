"""Scrapy's download handler, with TLS per host."""

from __future__ import annotations

from typing import Any

from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler

from spiders.middleware.tls import PerHostTls

_IDLE = 65
"""Seconds an unused connection is kept: a little more than the longest usual pause, and not Twisted's four minutes,
for which a nation of hosts has more sockets than a process may open."""


class HostHandler(HTTP11DownloadHandler):
    """For both schemes; what is odd about a host's TLS is known to its slot."""

    lazy = True

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        policy: Any = PerHostTls(self._contextFactory)
        self._contextFactory = policy
        self._pool.cachedConnectionTimeout = _IDLE
