"""Whether a known report is fetched again. Columns always are. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from govcrawl.store.records import KnownUrl

RECENT = timedelta(days=60)
"""After its publication a report is corrected most."""
LATELY = timedelta(days=730)
SEASON = range(1, 5)
"""Months in which the reports of the year before are published, moved and corrected."""

OFTEN = timedelta(days=3)
WEEKLY = timedelta(days=7)
MONTHLY = timedelta(days=30)
SELDOM = timedelta(days=180)
DAILY = timedelta(days=1)
GRACE = timedelta(hours=6)
"""A nightly run does not come at the same minute every night."""


@dataclass(frozen=True, slots=True)
class Revisits:
    """When known reports are asked for again, apart from those whose row changed."""

    by_age: bool = False
    """Ask for those that are due by their age; else for all that their server can confirm cheaply."""
    look_back: timedelta | None = None
    """Ask for all that were not confirmed for so long, instead of by their age."""

    def wants(self, known: KnownUrl, now: datetime) -> bool:
        """Whether a report is due, that was read and whose row is unchanged."""
        if self.look_back is None and not self.by_age:
            return known.report_id is None or bool(known.etag or known.last_modified)
        if known.checked_at is None:
            return True
        if self.look_back is not None:
            return known.checked_at <= now - self.look_back
        return now - known.checked_at >= patience(known, now) - GRACE

    def gives_up(self, gone_at: datetime | None, now: datetime) -> bool:
        """Whether a listed page that answered that there is nothing is left for now: it is looked for weekly."""
        patient = self.by_age and self.look_back is None
        return patient and gone_at is not None and now - gone_at < WEEKLY - GRACE


CONFIRM = Revisits()
"""What `govcrawl crawl` does."""


def conditions(
    known: KnownUrl | None, now: datetime, *, full: bool = False, revisits: Revisits = CONFIRM
) -> Mapping[str, str] | None:
    """The request headers to ask for a report with: empty for an unconditional request, None for no request at all.

    Asked without conditions: a report never fetched, or fetched and not read before a kill, or whose row in its
    column changed since; and every one on a full run. Any other is asked for when the policy wants it, on condition
    that it changed where its server gave a validator.
    """
    if known is None or full or not known.read or known.listing_changed:
        return {}
    if not revisits.wants(known, now):
        return None
    headers = {}
    if known.etag:
        headers["If-None-Match"] = known.etag
    if known.last_modified:
        headers["If-Modified-Since"] = known.last_modified
    return headers


def patience(known: KnownUrl, now: datetime) -> timedelta:
    """How long a page is trusted after it was confirmed: the younger the report, the shorter.

    Spread by its address over the second half of the interval, so that what was fetched in one night does not fall
    due in one night. A page that gave no report is looked at daily while it is young, and then weekly: it may be
    replaced by one.
    """
    age = now.date() - _published(known, now.date())
    if known.report_id is None:
        return DAILY if age <= RECENT else WEEKLY
    if age <= RECENT:
        interval = OFTEN
    elif now.month in SEASON and known.report_year == now.year - 1:
        interval = WEEKLY
    else:
        interval = MONTHLY if age <= LATELY else SELDOM
    return interval * (0.5 + _share(known.url) / 2)


def _published(known: KnownUrl, today: date) -> date:
    """When the report appeared, as well as is known; what a list showed first today may be years old."""
    if known.published_on or known.listed_on:
        return known.published_on or known.listed_on or today
    if known.report_year is not None:
        return date(known.report_year + 1, 3, 31)
    return known.first_seen_at.date() if known.first_seen_at else today


def _share(url: str) -> float:
    """A number from 0 to 1, always the same for an address."""
    return hashlib.sha256(url.encode("utf-8", "replace")).digest()[0] / 255
