"""How a host is reached: by http or https, with modern TLS or old; found out once, used from then on, remembered."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.utils.httpobj import urlparse_cached

from govcrawl.model import ProblemKind
from spiders.failures import explain, is_of_the_network
from spiders.middleware.leaving import remember
from spiders.middleware.refusals import Refused
from spiders.middleware.slots import HOSTS, HostSlot
from spiders.middleware.tls import is_tls_error

_OTHER = {"http": "https", "https": "http"}
_OF_THE_ATTEMPT = frozenset({"retry_times", "dont_retry", "legacy_tls"})
log = logging.getLogger(__name__)


class TlsFallback:
    """Stands nearer to the network than the retries, since asking again in the same way is in vain."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls()

    def process_exception(self, request: Request, exception: Exception) -> Request | None:
        """Where TLS fails, try what old servers need, once; then it cannot be had."""
        slot = HOSTS.of(request)
        if slot is None or not is_tls_error(exception):
            return None
        if slot.tls == "modern":
            slot.tls = "legacy"
            log.info("%s: TLS failed (%s); trying what old servers need", slot.name, exception)
        if "legacy_tls" not in request.meta:
            return request.replace(meta={**request.meta, "legacy_tls": True}, dont_filter=True)
        request.meta["dont_retry"] = True
        return None


class SchemeFallback:
    """Stands behind the retries: a host that has not answered by one scheme is tried by the other."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_exception(self, request: Request, exception: Exception) -> Request | None:
        """Ask by the other scheme, unless the host answered before, or that failed too."""
        slot = HOSTS.of(request)
        if slot is None or slot.answered or slot.left is not None or not is_of_the_network(exception):
            return None
        kind, detail = explain(exception)
        scheme = urlparse_cached(request).scheme
        slot.dead.setdefault(scheme, (kind, detail))
        if _OTHER[scheme] in slot.dead:
            return None
        log.info("%s does not answer by %s (%s); trying %s", slot.name, scheme, detail, _OTHER[scheme])
        slot.scheme = None
        return by_scheme(request, _OTHER[scheme])

    def process_response(self, request: Request, response: Response) -> Response:
        """Remember what worked where something else had failed."""
        slot = HOSTS.of(request)
        if slot is not None and (slot.dead or slot.tls != "modern"):
            self._worked(slot, urlparse_cached(request).scheme)
        return response

    def _worked(self, slot: HostSlot, scheme: str) -> None:
        if _OTHER[scheme] in slot.dead:
            slot.scheme = scheme
        failed = slot.dead.get("https")
        tls = "none" if failed is not None and failed[0] is ProblemKind.TLS else slot.tls
        known = slot.memory
        if (slot.scheme, tls) != ((known.scheme, known.tls) if known else (None, "modern")):
            detail = "; ".join(f"{dead}: {why}" for dead, (_, why) in slot.dead.items())
            log.info("%s is reached by %s (TLS: %s)", slot.name, slot.scheme or scheme, tls)
            reached = slot.scheme
            remember(
                self.crawler,
                slot,
                lambda old: replace(old, scheme=reached, tls=tls, last_error=detail or old.last_error),
            )


def by_known_scheme(request: Request, slot: HostSlot) -> Request | None:
    """The request by the scheme that is known to work, None where it is asked for so.

    Raises:
        Refused: neither scheme works, or the one that does sends to the other.
    """
    if len(slot.dead) == len(_OTHER) and not slot.answered:
        failed = any(kind is ProblemKind.TLS for kind, _ in slot.dead.values())
        kind = ProblemKind.TLS if failed else ProblemKind.UNREACHABLE
        raise Refused(kind, "; ".join(f"{scheme}: {why}" for scheme, (_, why) in sorted(slot.dead.items())))
    scheme = urlparse_cached(request).scheme
    if slot.scheme is None or scheme == slot.scheme:
        return None
    other = by_scheme(request, slot.scheme)
    if other.url not in request.meta.get("redirect_urls", ()):
        return other
    if scheme in slot.dead:
        kind, why = slot.dead[scheme]
        raise Refused(kind, f"{slot.scheme} sends to {scheme}, by which the host cannot be reached: {why}")
    slot.scheme = None
    return None


def by_scheme(request: Request, scheme: str) -> Request:
    """The request by another scheme; the address as asked stays known, as of a redirect."""
    meta = {key: value for key, value in request.meta.items() if key not in _OF_THE_ATTEMPT}
    meta["redirect_urls"] = [*meta.get("redirect_urls", ()), request.url]
    return request.replace(url=f"{scheme}:{request.url.partition(':')[2]}", meta=meta, dont_filter=True)
