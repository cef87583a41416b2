"""Focused discovery: which links of a page lead on to reports, and as what their pages are to be read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from govcrawl.discovery.hosts import host_of, registrable, same_page_key
from govcrawl.discovery.links import FOLLOWED, IN_COLUMN, LinkKind, classify_link, has_agencies_below
from govcrawl.discovery.years import year_of_title
from govcrawl.model import Link

_INDEXES_OF_HOME = 8
_NOISE = LinkKind.NOISE
_LEADS = {
    None: {LinkKind.COLUMN, LinkKind.YEAR_COLUMN, LinkKind.DISCLOSURE_INDEX},
    LinkKind.DISCLOSURE_INDEX: FOLLOWED,
    LinkKind.AGENCY_COLUMN: FOLLOWED,
    LinkKind.COLUMN: FOLLOWED - {LinkKind.DISCLOSURE_INDEX},
    LinkKind.YEAR_COLUMN: FOLLOWED - {LinkKind.DISCLOSURE_INDEX},
}
"""What is followed from a page of each kind; None is a portal's home page. A year's column whose name says that it is
one of reports may stand anywhere, also on a topic page."""


@dataclass(frozen=True, slots=True)
class Step:
    """A link to follow, and what the page behind it is taken for."""

    link: Link
    kind: LinkKind


def ways_on(
    links: Iterable[Link],
    *,
    page_url: str,
    inside: LinkKind | None,
    years: frozenset[int] = frozenset(),
    reached_by: str = "",
) -> list[Step]:
    """The links of a page that lead on to reports, each address once, in reading order.

    Args:
        links: every link of the page.
        page_url: the page's own address; links to itself are left out, agencies are followed on its domain only.
        inside: what the page is (None: a home page).
        years: report years wanted; columns of other years are left out. A report is published in the year after
            the one it is about, and columns are named by either. Empty: all years.
        reached_by: the name of the link that led here. From the page of one bureau no other agencies are followed:
            they are links to its peers and superiors, listed where it was listed.
    """
    leads = _LEADS[inside]
    if reached_by and not has_agencies_below(reached_by):
        leads = leads - {LinkKind.AGENCY_COLUMN}
    here, domain = same_page_key(page_url), registrable(host_of(page_url))
    steps: dict[str, Step] = {}
    for link in links:
        kind = classify_link(link, inside=inside, beside=page_url)
        if kind is _NOISE or kind not in leads:
            continue
        key = same_page_key(link.url)
        if key == here or key in steps or not _wanted(link, kind, domain, years):
            continue
        steps[key] = Step(link, _read_as(link, kind, inside))
    if inside is not None:
        return list(steps.values())
    return _best_of_home(list(steps.values()))


def _wanted(link: Link, kind: LinkKind, domain: str, years: frozenset[int]) -> bool:
    if kind is LinkKind.AGENCY_COLUMN:
        return registrable(host_of(link.url)) == domain
    if kind is LinkKind.YEAR_COLUMN and years:
        year = year_of_title(link.text)
        return year is None or year in years or year - 1 in years
    return bool(host_of(link.url))


def _read_as(link: Link, kind: LinkKind, inside: LinkKind | None) -> LinkKind:
    """An agency listed in a column of reports has its column there; an agency with a site of its own has a home."""
    if kind is not LinkKind.AGENCY_COLUMN:
        return kind
    if urlsplit(link.url).path in ("", "/"):
        return LinkKind.DISCLOSURE_INDEX
    return LinkKind.COLUMN if inside in IN_COLUMN else kind


def _best_of_home(steps: list[Step]) -> list[Step]:
    columns = [step for step in steps if step.kind in IN_COLUMN]
    indexes = [step for step in steps if step.kind not in IN_COLUMN]
    return columns + indexes[:_INDEXES_OF_HOME]
