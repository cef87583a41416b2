"""What a column page holds: reports, and ways on to more of them. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from govcrawl.discovery.hosts import same_page_key
from govcrawl.discovery.links import IN_COLUMN, LinkKind, bare_title, classify_link, is_agency, is_doubtful
from govcrawl.discovery.pages import confirms_column
from govcrawl.discovery.paths import Step, ways_on
from govcrawl.discovery.years import year_of_title
from govcrawl.model import Link
from govcrawl.platforms.base import BasePlatform
from govcrawl.platforms.headings import headed_links
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
    found: dict[str, Link] = {}
    listed = platform.list_links(page) if inside in IN_COLUMN or page.request is not None else []
    if inside in IN_COLUMN and listed and is_doubtful(named) and not confirms_column(page, listed):
        inside, listed = LinkKind.DISCLOSURE_INDEX, []
    for link in listed:
        if classify_link(link, inside=inside, beside=page.url) is LinkKind.REPORT:
            found.setdefault(same_page_key(link.url), link)
    is_page = page.is_whole or (page.request is None and page.body.lstrip()[:1] == b"<")
    links = page.links() if is_page else []
    for link in links:
        if classify_link(link) is LinkKind.REPORT or (inside in IN_COLUMN and _is_agencys(link, inside, page.url)):
            found.setdefault(same_page_key(link.url), link)
    found.pop(same_page_key(page.url), None)
    held = platform.columns(page)
    shown = [*links, *headed_links(page), *held] if is_page else held
    chosen = _choices(page) if is_page and inside in IN_COLUMN else []
    steps = ways_on([*shown, *chosen], page_url=page.url, inside=inside, years=years, reached_by=named)
    return Listing(
        tuple(found.values()),
        tuple(step for step in steps if same_page_key(step.link.url) not in found),
        inside,
        frozenset(same_page_key(link.url) for link in listed),
        frozenset(link.url for link in held),
    )


def _is_agencys(link: Link, inside: LinkKind | None, beside: str) -> bool:
    """Whether a link of a column is an agency's report under the agency's name, of which nothing else says so."""
    named = is_agency(bare_title(link.text))
    return named and classify_link(link, inside=inside, beside=beside) is LinkKind.REPORT


def _choices(page: Page) -> list[Link]:
    """The years of a column that are chosen in a select box."""
    return [link for link in page.choices() if classify_link(link, inside=LinkKind.COLUMN) is LinkKind.YEAR_COLUMN]


def is_wanted(link: Link, years: frozenset[int]) -> bool:
    """Whether a report may be of a wanted year: a title that names none may be of any."""
    year = year_of_title(link.text) if years else None
    return year is None or year in years
