"""What looking for the links of a page would cost, told from its bytes before it is parsed."""

from __future__ import annotations

from govcrawl.documents import Limits
from govcrawl.documents.sniff import refuse_costly_markup
from govcrawl.model import DocumentError
from govcrawl.platforms import Page

LIMITS = Limits(bytes=4_000_000)
"""Bounds on a page of links; the largest home pages have some 500 KB."""
_SMALL = 32768
"""Bytes below which no page costs much."""


def cost_of_links(page: Page) -> str | None:
    """Why the links of a page would cost more than a page of links ever does; None where they would not."""
    if len(page.body) > LIMITS.bytes:
        return f"{len(page.body):,} bytes, more than the limit of {LIMITS.bytes:,}"
    if len(page.body) < _SMALL:
        return None
    try:
        refuse_costly_markup(page.utf8(), LIMITS)
    except DocumentError as error:
        return str(error)
    return None
