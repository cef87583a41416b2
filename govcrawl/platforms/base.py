"""What every platform module can say of a page. Pure: page in, links and further requests out."""

from __future__ import annotations

from dataclasses import dataclass, replace

from parsel import Selector

from govcrawl.model import Link
from govcrawl.platforms.articles import find_attachments, find_body, links_files
from govcrawl.platforms.page import Page
from govcrawl.platforms.rows import rows, stated_total


@dataclass(frozen=True, slots=True)
class ListRequest:
    """How a further page of a list is asked for: by GET, or by POST where there is a form or a JSON body."""

    url: str
    form: tuple[tuple[str, str], ...] | None = None
    json: str | None = None
    headers: tuple[tuple[str, str], ...] = ()

    @property
    def key(self) -> str:
        """What tells two requests to one address apart; empty for a plain GET."""
        if self.form is not None:
            return "&".join(f"{name}={value}" for name, value in self.form)
        return self.json or ""


@dataclass(frozen=True, slots=True)
class Pager:
    """How the pages of one list are numbered.

    `template` holds `{n}` where the number stands, as an absolute address. `second` is the number that page two
    carries: 1 where the platform counts from zero, else 2. `total` is the number of pages, where one is told.
    """

    template: str
    second: int
    total: int | None
    current: int = 1
    """Which page this is, from one."""

    def url(self, number: int) -> str:
        """The address of the list's page `number` (from two)."""
        return self.template.replace("{n}", str(number - 2 + self.second))

    def shifted(self) -> Pager:
        """The same list, numbered the other way."""
        return replace(self, second=3 - self.second)

    def following(self) -> list[str]:
        """The addresses of all pages after the current one."""
        return [self.url(number) for number in range(self.current + 1, (self.total or 0) + 1)]


class BasePlatform:
    """A portal platform: what its pages look like. A module overrides what is its own; the rest is every site's."""

    name: str = ""

    def recognise(self, page: Page) -> float:
        """How sure it is that the page is of this platform, 0 to 1."""
        raise NotImplementedError

    def list_links(self, page: Page) -> list[Link]:
        """All rows of the list on the page, in order, each address once."""
        return rows(page)

    def pager(self, page: Page) -> Pager | None:
        """How the list is numbered, where page two has to prove it."""
        return None

    def next_pages(self, page: Page) -> list[ListRequest]:
        """Further pages of the same list: all of them where their number is known, else the next."""
        return []

    def expected_total(self, page: Page) -> int | None:
        """How many rows the whole list has, where the page tells."""
        return stated_total(page)

    def columns(self, page: Page) -> list[Link]:
        """Columns the page holds otherwise than as plain hyperlinks, under their printed names."""
        return []

    def body(self, page: Page) -> Selector | None:
        """The container of the article."""
        return find_body(page)

    def attachments(self, page: Page) -> list[Link]:
        """The files attached to the article, named as a reader sees them."""
        return find_attachments(page, self.body(page)) if links_files(page) else []

    def may_have_siblings(self, page: Page) -> bool:
        """Whether a report's page may lead to other reports. Cheap: it is asked of every report, of any platform."""
        return False

    def siblings(self, page: Page) -> list[Link]:
        """Other reports that a report's own page leads to, by its drop-downs of years and agencies."""
        return []

    def unverified(self, page: Page) -> str | None:
        """Why what the page leads to is not asked for: no source says how. None where nothing is left out."""
        return None

    def needs_browser(self, page: Page) -> str | None:
        """Why the page's list exists only after its scripts ran. None where it is there."""
        return None
