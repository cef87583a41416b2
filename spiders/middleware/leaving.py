"""Giving up a host: for all crawlers, for the portals that live on it, and in the database where it lasts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, cast

from scrapy import Request
from scrapy.crawler import Crawler

from govcrawl.discovery import host_of
from govcrawl.model import Portal, Problem, ProblemKind, StoreError
from govcrawl.store import HostMemory
from pipelines.giving_up import give_up
from spiders.middleware.slots import HOSTS, HostSlot

if TYPE_CHECKING:
    from spiders.province import ProvinceSpider


def spider_of(crawler: Crawler) -> ProvinceSpider:
    """The spider of a crawler, as what it is here."""
    return cast("ProvinceSpider", crawler.spider)


def is_home(slot: HostSlot, portal: Portal) -> bool:
    """Whether a host is the one a portal lives on."""
    return host_of(portal.homepage).partition(":")[0] == slot.name


def leave(crawler: Crawler, request: Request, kind: ProblemKind, why: str) -> None:
    """Ask nothing more of the host of a request in this run, nor of its portal where it lives there."""
    slot = HOSTS.of(request)
    if slot is None:
        return
    first = slot.left is None
    HOSTS.give_up(slot, kind, why)
    visit = request.cb_kwargs.get("visit")
    if visit is None:
        return
    if is_home(slot, visit.portal):
        spider_of(crawler).memory(visit.portal).leave(why, blocked=kind is ProblemKind.BLOCKED)
    if first and kind is ProblemKind.RESTING:
        remember(crawler, slot, lambda known: replace(known, failures=known.failures + 1, last_error=why))


def block(crawler: Crawler, request: Request, why: str) -> None:
    """The host blocked: it rests from now on, in later runs too."""
    slot = HOSTS.of(request)
    if slot is not None and slot.left is None:
        remember(crawler, slot, lambda known: known.blocked(datetime.now(UTC), why))
        leave(crawler, request, ProblemKind.BLOCKED, why)


def remember(crawler: Crawler, slot: HostSlot, change: Callable[[HostMemory], HostMemory]) -> None:
    """Change what the database remembers of a host; where that cannot be kept the run ends, as for a report."""
    slot.memory = change(slot.memory or HostMemory(slot.name))
    spider = spider_of(crawler)
    try:
        spider.writers.store.save_host(slot.memory, datetime.now(UTC))
    except StoreError as error:
        give_up(crawler, spider.writers, error, f"http://{slot.name}/")


def tell(crawler: Crawler, problem: Problem) -> None:
    """Store a problem that no page's own answer is."""
    spider = spider_of(crawler)
    try:
        spider.writers.store.save_problem(problem, datetime.now(UTC))
    except StoreError as error:
        give_up(crawler, spider.writers, error, problem.url, problem.portal_id)
    else:
        crawler.stats.inc_value(f"govcrawl/store/problem/{problem.kind}")
