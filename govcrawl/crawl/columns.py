"""What a column page holds: reports, and ways on to more of them. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from govcrawl.discovery.hosts import same_page_key
from govcrawl.discovery.links import IN_COLUMN, LinkKind, classify_link, is_doubtful
from govcrawl.discovery.pages import confirms_column
from govcrawl.discovery.paths import Step, ways_on
from govcrawl.discovery.years import year_of_title
from govcrawl.model import Link
from govcrawl.platforms.base import BasePlatform
from govcrawl.platforms.page import Page


@dataclass(frozen=True, slots=True)
class Listing:
    """A column page, read."""

    reports: tuple[Link, ...]
    steps: tuple[Step, ...]
    inside: LinkKind | None = None
    """What the page is: a column whose name said too little, and which lists nothing of the kind, is none."""
    listed: frozenset[str] = frozenset()
    """Keys of all rows of the list, whatever they lead to."""
    spoken: frozenset[str] = frozenset()
    """Addresses of steps that only the platform's protocol reads."""

    @property
    def rows(self) -> frozenset[str]:
        """What is listed, to compare two pages of a list."""
        return self.listed or frozenset(link.url for link in self.reports)


def read_listing(
    page: Page, platform: BasePlatform, inside: LinkKind | None, years: frozenset[int], named: str = ""
) -> Listing:
    """The reports a page lists and the links that lead on; `named` is the text of the link that led to it.

    A row of a report column may be called by its agency or year alone; any other link of the page has to be named as
    a report in full. Report years other than those wanted stay in `reports`: they are listed, only not fetched.
    """
    if inside in IN_COLUMN and is_doubtful(named) and not confirms_column(page):
        inside = LinkKind.DISCLOSURE_INDEX
    found: dict[str, Link] = {}
    listed = platform.list_links(page) if inside in IN_COLUMN else []
    for link in listed:
        if classify_link(link, inside=inside) is LinkKind.REPORT:
            found.setdefault(same_page_key(link.url), link)
    is_page = page.is_whole or (page.request is None and page.body.lstrip()[:1] == b"<")
    links = page.links() if is_page else []
    for link in links:
        if classify_link(link) is LinkKind.REPORT:
            found.setdefault(same_page_key(link.url), link)
    found.pop(same_page_key(page.url), None)
    held = platform.columns(page)
    steps = ways_on([*links, *held], page_url=page.url, inside=inside, years=years, reached_by=named)
    return Listing(
        tuple(found.values()),
        tuple(step for step in steps if same_page_key(step.link.url) not in found),
        inside,
        frozenset(same_page_key(link.url) for link in listed),
        frozenset(link.url for link in held),
    )


def is_wanted(link: Link, years: frozenset[int]) -> bool:
    """Whether a report may be of a wanted year: a title that names none may be of any."""
    year = year_of_title(link.text) if years else None
    return year is None or year in years
