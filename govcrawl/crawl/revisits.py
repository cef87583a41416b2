"""Whether a known report is fetched again. Columns always are. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from govcrawl.store.records import KnownUrl


def conditions(known: KnownUrl | None, *, full: bool = False) -> Mapping[str, str] | None:
    """The request headers to ask for a report with: empty for an unconditional request, None for no request at all.

    Asked without conditions: a report never fetched, or fetched and not read before a kill, or whose row in its
    column changed since; and every one on a full run. A known one is confirmed where its server gave a validator,
    and else left; but a page that gave no report is always asked again, since it may give one by now.
    """
    if known is None or full or not known.read or known.listing_changed:
        return {}
    headers = {}
    if known.etag:
        headers["If-None-Match"] = known.etag
    if known.last_modified:
        headers["If-Modified-Since"] = known.last_modified
    return headers if headers or known.report_id is None else None
